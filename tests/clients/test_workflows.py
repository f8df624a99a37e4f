"""zizmor, an auditor of workflows, finds nothing in those of this repository."""

import json
import unittest

from support import PYTHON_PROGRAMS, run


class Workflows(unittest.TestCase):
    def test_nothing_is_unsafe(self):
        audit = ["--offline", "--persona", "auditor", "--strict-collection", "--format", "json"]
        ended = run(PYTHON_PROGRAMS / "zizmor", *audit, ".github", "action.yml")
        self.assertIn(ended.returncode, [0, *range(10, 15)], ended.stderr)
        told = set()
        for finding in json.loads(ended.stdout):
            [place, *_] = [at for at in finding["locations"] if at["symbolic"]["kind"] == "Primary"]
            file = place["symbolic"]["key"]["Local"]["verbatim_path"]
            line = place["concrete"]["location"]["start_point"]["row"] + 1
            told.add(f"{file}:{line}: {finding['ident']}: {finding['desc']}")
        self.assertEqual(told, set())


if __name__ == "__main__":
    unittest.main()
