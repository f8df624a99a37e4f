"""What the tests of clients share: where programs are, how they run, and copies of the example registry."""

import os
import pathlib
import shutil
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).parents[2]
PYTHON_PROGRAMS = ROOT / "target/clients/bin"
NODE_PACKAGES = ROOT / "tests/node_modules"
# The kinds of data files and of published documents.
KINDS = {"dimensions", "import-profile", "offering", "organization", "platform", "registry", "visits"}
DOCUMENTS = {"data", "dimension", "index", "offering", "organization", "platform", "visits"}
EXAMPLE = ROOT / "tests/fixtures/base"


def run(*command, cwd=ROOT, env=None):
    """Runs a program and returns what it wrote and its status."""
    command = [str(part) for part in command]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True)


def xtask(*arguments, **variables):
    """Runs a command of the toolkit, with these variables in its environment."""
    return run("cargo", "xtask", *arguments, env={**os.environ, **variables})


def wheel():
    """Builds the Python package of the program, quickly, and returns its file. A release builds it by another profile."""
    folder = ROOT / "target/clients/wheels"
    shutil.rmtree(folder, ignore_errors=True)
    quickly = ["--profile", "xtask", "--compatibility", "linux", "--out", folder]
    built = run(PYTHON_PROGRAMS / "maturin", "build", "--quiet", *quickly)
    assert built.returncode == 0, built.stderr
    [file] = folder.iterdir()
    return file


def without_cargo(**variables):
    """Returns an environment in which there is no cargo and no setting of git but these variables."""
    path = "/usr/local/bin:/usr/bin:/bin"
    assert shutil.which("cargo", path=path) is None, "cargo is in a folder of the system"
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "CARGO", "RUST"))},
        **{f"GIT_{who}_{what}": "a@a.example" for who in ["AUTHOR", "COMMITTER"] for what in ["NAME", "EMAIL"]},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "PATH": path,
        **variables,
    }


def schemas(folder, kinds):
    """Returns the schemas in a folder, which are those of these kinds."""
    found = {path.name.removesuffix(".schema.json"): path for path in folder.glob("*.json")}
    assert set(found) == kinds, sorted(found)
    return found


class Registry:
    """A copy of the example registry in a folder of its own, with the schemas and the settings of editors."""

    def __init__(self, case):
        self.root = pathlib.Path(tempfile.mkdtemp())
        case.addCleanup(shutil.rmtree, self.root)
        shutil.copytree(ROOT / "schema", self.root / "schema")
        for settings in ["tombi.toml", ".taplo.toml"]:
            shutil.copy(ROOT / settings, self.root)
        for source in EXAMPLE.rglob("*.toml"):
            # The example is two folders further from the schemas.
            text = source.read_text().replace("../../schema/", "schema/", 1)
            self.write(source.relative_to(EXAMPLE), text)

    @property
    def data(self):
        return self.root / "data"

    def read(self, file):
        return (self.data / file).read_text()

    def write(self, file, text):
        path = self.data / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
