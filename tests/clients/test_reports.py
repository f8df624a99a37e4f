"""The reports of the linter, read by the programs that they are for."""

import json
import pathlib
import shutil
import tempfile
import unittest

from faults import seed
from junitparser import Error, Failure, JUnitXml, Skipped
from lxml import etree
from support import NODE_PACKAGES, ROOT, Registry, run, xtask

MULTITOOL = NODE_PACKAGES / "@microsoft/sarif-multitool-linux/Sarif.Multitool"
# The format itself, code scanning of GitHub, and advanced security of Azure DevOps.
PROFILES = "Sarif;Ghas;Ado"
# The rules that want addresses of pages, which a registry that does not say where it is published cannot have.
WANT_ADDRESSES = ["SARIF2005", "SARIF2012"]
JENKINS = ROOT / "tests/vendor/junit-10.xsd"


class Reports(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def registries(self):
        """Returns the registry itself, and a faulty one that says where it is published."""
        faulty = Registry(self)
        seed(faulty)
        about = faulty.read("registry.toml")
        faulty.write("registry.toml", about + 'repository_url = "https://registry.example/repository"\n')
        return {"data": ROOT / "data", "faults": faulty.data}

    def lint(self, name, data):
        """Returns the findings of a registry as JSON, and writes all other reports."""
        reports = [f"--output={format}={self.folder / name}.{format}" for format in ["sarif", "junit"]]
        ended = xtask("lint", "--data", data, "--format", "json", *reports)
        self.assertIn(ended.returncode, [0, 1], ended.stderr)
        return json.loads(ended.stdout)["findings"]

    def test_sarif_is_valid_for_its_services(self):
        for name, data in self.registries().items():
            with self.subTest(name):
                self.assertTrue(self.lint(name, data))
                verdict = self.folder / f"{name}.verdict"
                report = self.folder / f"{name}.sarif"
                validate = ["validate", report, "--rule-kind", PROFILES, "--level", "Error;Warning"]
                ended = run(MULTITOOL, *validate, "--output", verdict)
                self.assertTrue(verdict.exists(), ended.stdout + ended.stderr)
                [judged] = json.loads(verdict.read_text())["runs"]
                has_address = "repository_url" in (data / "registry.toml").read_text()
                wanted = [it for it in judged["results"] if has_address or it["ruleId"] not in WANT_ADDRESSES]
                told = [f"{result['ruleId']} {result['message']['arguments']}" for result in wanted]
                self.assertEqual(told, [], ended.stdout)

    def test_junit_is_valid_for_jenkins_and_counts_every_finding(self):
        schema = etree.XMLSchema(etree.parse(JENKINS))
        for name, data in self.registries().items():
            with self.subTest(name):
                findings = self.lint(name, data)
                report = self.folder / f"{name}.junit"
                cases = [case for suite in JUnitXml.fromfile(report) for case in suite]
                failed = [case for case in cases if any(type(it) in [Failure, Error] for it in case.result)]
                skipped = [case for case in cases if any(type(it) is Skipped for it in case.result)]
                errors = [finding for finding in findings if finding["severity"] == "error"]
                self.assertEqual((len(failed), len(skipped)), (len(errors), len(findings) - len(errors)))
                schema.validate(etree.parse(report))
                self.assertEqual({error.message for error in schema.error_log}, set())


if __name__ == "__main__":
    unittest.main()
