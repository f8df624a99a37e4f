"""The Python package and the hook package work where there is no cargo: in a registry of its own, at the top of a
repository and in a folder of a larger one, by git's own hooks, by pre-commit and by prek."""

import pathlib
import shutil
import sys
import tempfile
import unittest

from support import PYTHON_PROGRAMS, ROOT, run, wheel, without_cargo, xtask

CONFIG = """
repos:
  - repo: {repository}
    rev: v{version}
    hooks: [{{ id: registry-lint{arguments} }}]
"""
# What the guide of an own registry adds after `init`.
NEW = [
    ["organization", "globex", "--name", "Globex", "--homepage", "https://globex.example"],
    ["platform", "globex-cloud", "--name", "Globex Cloud", "--operator", "globex"],
    ["offering", "globex-chat", "--name", "Globex Chat", "--developer", "globex", "--platform", "globex-cloud"],
]


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.scratch = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.scratch)
        cls.wheel = wheel()
        [_, cls.version, *_] = cls.wheel.name.split("-")
        cls.fresh = cls.scratch / "fresh"
        cls.env = without_cargo()
        cls.called(sys.executable, "-m", "venv", cls.fresh)
        cls.called(cls.fresh / "bin/pip", "install", "--quiet", "--no-index", cls.wheel)
        # From here on the program is on the path, and cargo is not.
        cls.env = without_cargo(PATH=f"{cls.fresh}/bin:{cls.env['PATH']}")
        cls.hook = cls.hook_package()

    @classmethod
    def called(cls, *command, cwd=ROOT, status=0, env=None):
        """Runs a program, and returns what it wrote."""
        ended = run(*command, cwd=cwd, env=env or cls.env)
        text = ended.stdout + ended.stderr
        assert ended.returncode == status, f"{command}: {ended.returncode}\n{text}"
        return text

    @classmethod
    def hook_package(cls):
        """Makes a repository of the hook package, and returns its folder."""
        made = xtask("dist", "hook")
        assert made.returncode == 0, made.stderr
        archive = ROOT / f"dist/release/trustreg-pre-commit-{cls.version}.tar.gz"
        folder = cls.scratch / "hook"
        folder.mkdir()
        cls.called("tar", "--extract", "--strip-components=1", "--file", archive, cwd=folder)
        commit = ["commit", "--quiet", "--message=Hook"]
        for step in [["init", "--quiet"], ["add", "--all"], commit, ["tag", f"v{cls.version}"]]:
            cls.called("git", *step, cwd=folder)
        return folder

    def begin(self, name, inside="", hooks=True):
        """Begins a registry in a folder of a new repository, with one offering; returns the repository."""
        repository = self.scratch / name
        folder = repository / inside
        folder.mkdir(parents=True)
        self.called("git", "init", "--quiet", cwd=repository)
        self.called("trustreg", "init", "--name=Acme", *([] if hooks else ["--no-hook"]), cwd=folder)
        for what in NEW:
            self.called("trustreg", "new", *what, cwd=folder)
        self.called("git", "add", "--all", cwd=repository)
        self.called("git", "commit", "--quiet", "--message=Begin", cwd=repository)
        return repository

    def refuses_and_accepts(self, repository, inside="", env=None):
        """Checks that a faulty commit is refused at its line, and a good one accepted."""
        file = repository / inside / "data/offerings/globex-chat.toml"
        good = file.read_text()
        file.write_text(good.replace('"globex-cloud"', '"globex-clod"'))
        line = good.count("\n", 0, good.index('"globex-cloud"')) + 1
        refused = self.called("git", "commit", "--all", "--message=A fault", cwd=repository, status=1, env=env)
        self.assertIn(f"data/offerings/globex-chat.toml:{line}:", refused)
        self.assertIn("globex-cloud", refused)
        file.write_text(good.replace('"Globex Chat"', '"Globex Talk"'))
        self.called("git", "commit", "--all", "--message=Another name", cwd=repository, env=env)

    def test_the_program_says_what_it_is(self):
        said = self.called("trustreg", "--version", cwd=self.scratch)
        self.assertTrue(said.startswith(f"trustreg {self.version} ("), said)
        self.assertRegex(said, r"data schema \d+\)\n$")
        # It has the commands, too, that a first build of a clone leaves out.
        found = self.called("trustreg", "find", "true", "--format=ids", "--data", ROOT / "tests/fixtures/base")
        self.assertIn("acme-chat\n", found)

    def test_the_hooks_of_git_lint_a_repository_that_holds_only_a_registry(self):
        repository = self.begin("only")
        self.refuses_and_accepts(repository)
        self.called("trustreg", "ci", cwd=repository)

    def test_the_hooks_of_git_lint_a_registry_in_a_larger_repository(self):
        repository = self.begin("larger", "risk/ai")
        self.refuses_and_accepts(repository, "risk/ai")
        self.called("trustreg", "ci", cwd=repository / "risk/ai")

    def with_hook_package(self, program, inside):
        repository = self.begin(f"{program}-{inside.replace('/', '-')}", inside, hooks=False)
        arguments = f", args: [--data, {inside}/data]" if inside else ""
        config = CONFIG.format(repository=self.hook, version=self.version, arguments=arguments)
        (repository / ".pre-commit-config.yaml").write_text(config)
        self.called("git", "add", "--all", cwd=repository)
        # pip reads the first of these variables, uv the second.
        found = {f"{name}_FIND_LINKS": str(self.wheel.parent) for name in ["PIP", "UV"]}
        homes = {f"{name}_HOME": str(self.scratch / name.lower()) for name in ["PRE_COMMIT", "PREK"]}
        # Without the program on the path: the hook has its own.
        env = without_cargo(**found, **homes)
        self.called(PYTHON_PROGRAMS / program, "install", cwd=repository, env=env)
        self.called(PYTHON_PROGRAMS / program, "run", "--all-files", cwd=repository, env=env)
        self.refuses_and_accepts(repository, inside, env)

    def test_pre_commit_runs_the_hook_package(self):
        self.with_hook_package("pre-commit", "")

    def test_prek_runs_the_hook_package_in_a_larger_repository(self):
        self.with_hook_package("prek", "risk/ai")


if __name__ == "__main__":
    unittest.main()
