"""pre-commit runs the hook of this repository in another one, which holds only a registry."""

import os
import shutil
import unittest

from support import PYTHON_PROGRAMS, ROOT, Registry, run

CONFIG = """
default_install_hook_types: [pre-commit, pre-merge-commit]
repos:
  - repo: {repository}
    rev: {revision}
    hooks: [{{ id: registry-lint }}]
"""
FILE = "offerings/acme-chat.toml"


class PreCommit(unittest.TestCase):
    def setUp(self):
        self.registry = Registry(self)
        # What is tried is the last commit, since pre-commit fetches no other. Its build stays until the next one.
        revision = run("git", "rev-parse", "HEAD").stdout.strip()
        home = ROOT / "target/clients/hooks" / revision
        for other in home.parent.glob("*"):
            if other != home:
                shutil.rmtree(other)
        self.env = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
            **{f"GIT_{who}_{what}": "a@a.example" for who in ["AUTHOR", "COMMITTER"] for what in ["NAME", "EMAIL"]},
            "GIT_CONFIG_GLOBAL": os.devnull,
            "PRE_COMMIT_HOME": str(home),
            # The hook builds the linter in its own folder, which is faster so.
            "CARGO_PROFILE_XTASK_OPT_LEVEL": "0",
        }
        config = CONFIG.format(repository=ROOT, revision=revision)
        (self.registry.root / ".pre-commit-config.yaml").write_text(config)
        self.call("git", "init", "--quiet")
        self.call("git", "add", "--all")
        self.call("git", "commit", "--quiet", "--message=A registry")
        self.call(PYTHON_PROGRAMS / "pre-commit", "install")

    def call(self, *command, status=0):
        """Runs a program in the other repository, and returns what it wrote."""
        ended = run(*command, cwd=self.registry.root, env=self.env)
        text = ended.stdout + ended.stderr
        self.assertEqual(ended.returncode, status, text)
        return text

    def test_a_commit_is_accepted_and_a_fault_refused(self):
        text = self.registry.read(FILE)
        self.registry.write(FILE, text.replace("30 days", "thirty days"))
        accepted = self.call("git", "commit", "--all", "--message=Another note")
        self.assertRegex(accepted, r"\.\.Passed")

        line = text.count("\n", 0, text.index('status = "yes_sales_gated"')) + 1
        self.registry.write(FILE, text.replace('status = "yes_sales_gated"', 'status = "yes_public_too"', 1))
        refused = self.call("git", "commit", "--all", "--message=A fault", status=1)
        self.assertRegex(refused, r"\.\.Failed")
        self.assertIn(f"data/{FILE}:{line}:", refused)

        self.call("git", "commit", "--all", "--message=A fault", "--no-verify")
        everything = self.call(PYTHON_PROGRAMS / "pre-commit", "run", "--all-files", status=1)
        self.assertIn(f"data/{FILE}:{line}:", everything)

    def test_the_hook_is_declared_as_pre_commit_wants(self):
        self.call(PYTHON_PROGRAMS / "pre-commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml")
        self.call(PYTHON_PROGRAMS / "pre-commit", "validate-config")


if __name__ == "__main__":
    unittest.main()
