"""What `init` writes for a registry of its own: editors and zizmor find nothing in it."""

import json
import pathlib
import shutil
import tempfile
import unittest

from support import EXAMPLE, PYTHON_PROGRAMS, ROOT, run, xtask


class OwnRegistry(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.root)

    def begin(self, *arguments):
        ended = xtask("init", *arguments)
        self.assertEqual(ended.returncode, 0, ended.stderr)

    def accepts(self, folder, files):
        """Checks that the programs of editors judged the files of a folder, and found nothing in them."""
        for command, summary in [
            (["tombi", "lint", "--offline"], f"{files} files linted successfully"),
            (["tombi", "format", "--offline", "--check"], f"{files} files did not need formatting"),
            (["taplo", "lint"], f"found files total={files}"),
            (["taplo", "format", "--check"], f"found files total={files}"),
        ]:
            ended = run(PYTHON_PROGRAMS / command[0], *command[1:], cwd=folder)
            text = ended.stdout + ended.stderr
            self.assertEqual(ended.returncode, 0, text)
            self.assertIn(summary, text)

    def test_editors_accept_it_under_every_name(self):
        for arguments, folder in [
            ([self.root / "questions"], "questions"),
            ([self.root / "none", "--empty"], "none"),
            (["--data", self.root / "named/trust"], "named"),
        ]:
            with self.subTest(folder):
                self.begin(*arguments)
                self.accepts(self.root / folder, 2)

    def test_editors_check_the_files_of_entities(self):
        self.begin(self.root)
        for source in EXAMPLE.glob("*/*.toml"):
            file = self.root / "data" / source.relative_to(EXAMPLE)
            file.parent.mkdir(exist_ok=True)
            # The example is two folders further from the schemas.
            file.write_text(source.read_text().replace("../../schema/", "schema/", 1))
        files = len(list((self.root / "data").rglob("*.toml")))
        self.accepts(self.root, files)
        file = self.root / "data/offerings/acme-chat.toml"
        file.write_text(file.read_text().replace('status = "', 'status = "very_', 1))
        for command in [["tombi", "lint", "--offline"], ["taplo", "lint"]]:
            ended = run(PYTHON_PROGRAMS / command[0], *command[1:], cwd=self.root)
            self.assertNotEqual(ended.returncode, 0, command)
            self.assertIn("acme-chat.toml", ended.stdout + ended.stderr)

    def test_its_workflow_is_safe(self):
        self.begin(self.root)
        workflow = self.root / ".github/workflows/trustreg.yml"
        ended = run(PYTHON_PROGRAMS / "zizmor", "--offline", "--persona", "auditor", "--format", "json", workflow)
        self.assertEqual(json.loads(ended.stdout), [], ended.stderr)


if __name__ == "__main__":
    unittest.main()
