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
# What a service wants beside the format itself: code scanning of GitHub, and advanced security of Azure DevOps, with
# what its pipelines tell a job of themselves.
SERVICES = {
    "Sarif;Ghas": {},
    "Sarif;Ado": {
        "TF_BUILD": "True",
        "SYSTEM_COLLECTIONURI": "https://dev.azure.com/acme/",
        "SYSTEM_TEAMPROJECTID": "937f0cd7-53ac-4bcc-9ff6-5945d6a8fc34",
        "SYSTEM_DEFINITIONID": "42",
        "BUILD_DEFINITIONNAME": "Lint",
        "SYSTEM_PHASEID": "3a3a2a60-14c7-570b-14a4-fa42ad92f52a",
        "SYSTEM_PHASENAME": "Job",
        "BUILD_SOURCEBRANCH": "refs/heads/main",
        "BUILD_BUILDID": "7",
    },
}
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

    def lint(self, name, data, **variables):
        """Returns the findings of a registry as JSON, and writes all other reports."""
        reports = [f"--output={format}={self.folder / name}.{format}" for format in ["sarif", "junit"]]
        ended = xtask("lint", "--data", data, "--format", "json", *reports, **variables)
        self.assertIn(ended.returncode, [0, 1], ended.stderr)
        return json.loads(ended.stdout)["findings"]

    def test_sarif_is_valid_for_its_services(self):
        for name, data in self.registries().items():
            has_address = "repository_url" in (data / "registry.toml").read_text()
            for rules, variables in SERVICES.items():
                with self.subTest(name, rules=rules):
                    self.assertTrue(self.lint(name, data, **variables))
                    results = self.validate(self.folder / f"{name}.sarif", rules)
                    told = [
                        f"{result['ruleId']} {result['message']['arguments']}"
                        for result in results
                        if has_address or result["ruleId"] not in WANT_ADDRESSES
                    ]
                    self.assertEqual(told, [])

    def validate(self, report, rules):
        """Returns what the multitool finds wrong in a report."""
        verdict = self.folder / "verdict.sarif"
        judge = ["--rule-kind", rules, "--level", "Error;Warning", "--log", "ForceOverwrite", "--output", verdict]
        ended = run(MULTITOOL, "validate", report, *judge)
        self.assertTrue(verdict.exists(), ended.stdout + ended.stderr)
        [judged] = json.loads(verdict.read_text())["runs"]
        return judged["results"]

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
