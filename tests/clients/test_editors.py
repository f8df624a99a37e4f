"""What TOML editors say of data files: tombi, and taplo, which Even Better TOML is made of."""

import collections
import json
import re
import unittest

from faults import seed
from support import KINDS, PYTHON_PROGRAMS, ROOT, Registry, run, xtask

DATA_FILES = len(list((ROOT / "data").rglob("*.toml")))


def tombi(command, *arguments, cwd=ROOT):
    return run(PYTHON_PROGRAMS / "tombi", command, "--offline", *arguments, cwd=cwd)


def taplo(command, *arguments, cwd=ROOT):
    return run(PYTHON_PROGRAMS / "taplo", command, *arguments, cwd=cwd)


class Editors(unittest.TestCase):
    def accepts(self, ended, summary):
        """Checks that a program judged the files and found nothing."""
        text = ended.stdout + ended.stderr
        self.assertEqual(ended.returncode, 0, text)
        self.assertIn(summary, text)
        self.assertIsNone(re.search(r"warning|error", text, re.IGNORECASE), text)

    def test_data_are_without_a_fault(self):
        self.accepts(tombi("lint"), f"{DATA_FILES} files linted successfully")
        self.accepts(taplo("lint"), f"found files total={DATA_FILES}")

    def test_every_field_is_accepted(self):
        registry = Registry(self)
        full = {path.stem: path.read_text() for path in (ROOT / "tests/fixtures/full").glob("*.toml")}
        cell = full.pop("cell")
        self.assertEqual(set(full), KINDS)
        for kind, text in full.items():
            cells = cell if kind in ["offering", "platform"] else ""
            registry.write(f"{kind}.toml", f"#:schema ../schema/editor/{kind}.schema.json\n\n{text}\n{cells}")
        self.accepts(tombi("lint", cwd=registry.root), "linted successfully")
        self.accepts(taplo("lint", cwd=registry.root), "found files")

    def test_data_are_in_the_layout_of_the_formatters(self):
        self.accepts(tombi("format", "--check"), f"{DATA_FILES} files did not need formatting")
        self.accepts(taplo("format", "--check"), f"found files total={DATA_FILES}")

    def test_formatters_leave_what_fmt_writes(self):
        registry = Registry(self)
        file = "offerings/acme-chat.toml"
        cell, text = "[cells.soc2_type2]", registry.read(file)
        for old, new in [
            ('scope = ["Acme API"]', "\n".join(sorted(lists_of_each_width()))),
            ('name = "Acme Chat"', "# why\nname = 'Acme \"Chat\"'  # beside"),
            ('tier = "self_serve"', 'tier = "self_serve"\nconfidence_reasons=[\n  # first\n  "inferred", # one\n]'),
            ("verified_on = 2026-06-01", 'verified_on = "2026-06-01"\nparts = {b="no",a="yes"}'),
            (cell, '# above\n\n# apart\n[cells.zzz]\nstatus="no"\n[cells.aaa]\nstatus = "no"\n\n\n' + cell),
            (cell, f'[[allow]]\nowner="o"\nreason="x"\nrule="cell/stale"\n{cell} # beside'),
        ]:
            self.assertIn(old, text)
            text = text.replace(old, new, 1)
        text += '\n[[cells.retention_zdr.exceptions]]\nfacts={b=1,a="x"}\nstatus="no"\nmodels=["z","a"]\n# the end\n'
        registry.write(file, text)
        written = xtask("fmt", "--data", registry.data)
        self.assertEqual(written.returncode, 0, written.stderr)
        self.assertNotEqual(registry.read(file), text)
        for check in [tombi, taplo]:
            ended = check("format", "--check", cwd=registry.root)
            self.assertEqual(ended.returncode, 0, ended.stdout + ended.stderr)

    def test_faults_are_reported_at_their_line(self):
        registry = Registry(self)
        expected = seed(registry)
        for reported in [lines_of_tombi(registry), lines_of_taplo(registry)]:
            self.assertEqual(set(reported), set(expected))
            for file, (name, line) in expected.items():
                with self.subTest(name):
                    self.assertIn(line, reported[file])


def lists_of_each_width():
    """Returns facts whose line is a little narrower or wider than where `fmt` breaks it."""
    for width in range(96, 104):
        for at, letter in enumerate("xé漢"):
            start, end = f'width_{"abc"[at]}_{width} = ["a", "', '"]'
            yield start + letter * (width - len(start) - len(end)) + end


def lines_of_tombi(registry):
    """Returns the lines at which tombi reports something, by file."""
    format = ["--quiet", "--diagnostics-format", "json-lines", "--diagnostics-file", "/dev/stdout"]
    lines = collections.defaultdict(set)
    for text in tombi("lint", *format, cwd=registry.root).stdout.splitlines():
        diagnostic = json.loads(text)
        lines[diagnostic["path"]].add(diagnostic["range"]["start"]["line"])
    return lines


def lines_of_taplo(registry):
    """Returns the lines at which taplo reports something, by file."""
    ended = taplo("lint", "--colors", "never", cwd=registry.root)
    lines = collections.defaultdict(set)
    for path, line in re.findall(r"┌─ (\S+?):(\d+):\d+", ended.stdout + ended.stderr):
        lines[path.removeprefix(f"{registry.root}/")].add(int(line))
    return lines


if __name__ == "__main__":
    unittest.main()
