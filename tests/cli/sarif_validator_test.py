#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Holds the format sarif against Microsoft's validator, its rules for GitHub's code scanning included.

Usage: sarif_validator_test.py RDNSGATE_BINARY [unittest arguments]

`ci/packages.sh validators` fetches the validator into .cache/validators; it runs without a network. Skipped where it is not.
"""
import json
import os
import platform
import subprocess
import sys
import unittest
from pathlib import Path

import offline
from example_case import ROOT, ExampleCase

TOOL = ROOT / ".cache/validators/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool"
# What it warns of and we know: there is no page of the project's to point to.
KNOWN = {"SARIF2005"}
HOSTILE = "\\u0000\\u001b[31m<b>&amp;{0}{{}}[x](http://a.example) ]]> :: %0A\\u202e\\\"'`\\\\"


class Validated(ExampleCase):
    def setUp(self):
        # Microsoft builds it for this one; ci/packages.sh does not fetch it elsewhere.
        if platform.machine() != "x86_64":
            self.skipTest("Microsoft's validator is built for x86_64 only")
        if not TOOL.exists():
            self.skipTest("only npm's registry has the validator of SARIF: `ci/packages.sh validators` fetches it where that can be reached")
        super().setUp()

    def sarif(self, *arguments, code):
        done = self.run_tool(*arguments, "-q", "--output", "sarif=r.sarif")
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return self.folder / "r.sarif"

    def complaints(self, path):
        """Errors and warnings of the validator, each as its rule and what it is about."""
        out = self.folder / "validated.sarif"
        # It is a .NET program, which would otherwise want ICU.
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
        done = subprocess.run(offline.command([TOOL, "validate", path, "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning",
                               "--output", out, "--log", "ForceOverwrite"], local=True), env=environment, capture_output=True,
                              text=True, timeout=120, check=False)
        self.assertIn("1 files scanned", done.stdout, done.stderr)
        run = json.loads(out.read_text())["runs"][0]
        for invocation in run.get("invocations", []):
            self.assertEqual(invocation.get("toolConfigurationNotifications", []), [])
            self.assertTrue(invocation["executionSuccessful"])
        found = [(result["ruleId"], *result["message"].get("arguments", []), result["message"].get("text", ""))
                 for result in run.get("results", [])]
        # It says nothing of a file that it cannot read; what it always says shows that it read this one.
        if not KNOWN & {rule for rule, *_ in found}:
            found.append(("unread", done.stdout))
        return [complaint for complaint in found if complaint[0] not in KNOWN]

    def assert_valid(self, path):
        self.assertEqual(self.complaints(path), [])

    def test_findings_are_valid(self):
        self.assert_valid(self.sarif("check", "--zone-files", "example/zones", "inventory.yaml", code=1))

    def test_a_clean_run_is_valid(self):
        self.inventory.write_text(self.inventory.read_text().replace("helo: bulk.example.com", 'helo: "{ptr}"'))
        self.assert_valid(self.sarif("lint", "inventory.yaml", code=0))

    def test_what_nobody_answered_is_valid(self):
        path = self.sarif("check", "--vantage", "127.0.0.9", "--timeout", "200ms", "inventory.yaml", code=3)
        self.assertTrue(json.loads(path.read_text())["runs"][0]["invocations"][0]["toolExecutionNotifications"])
        self.assert_valid(path)

    def test_trouble_with_the_inventory_is_valid(self):
        self.inventory.write_text("version: 1\nsenders: [\n")
        self.assert_valid(self.sarif("lint", "inventory.yaml", code=2))

    def test_waivers_and_baselines_are_valid(self):
        self.inventory.write_text(self.inventory.read_text() + "waivers:\n"
                                  f"  - {{rule: helo-unresolvable, target: bulk, reason: \"for {HOSTILE}\", expires: 9999-12-31}}\n")
        path = self.sarif("check", "--zone-files", "example/zones", "inventory.yaml", code=1)
        self.assertTrue([r for r in json.loads(path.read_text())["runs"][0]["results"] if r.get("suppressions")])
        self.assert_valid(path)

    def test_hostile_text_is_valid(self):
        self.inventory.write_text("version: 1\nsenders:\n"
                                  f"  - {{name: mx1, helo: mx1.example.com, addresses: [192.0.2.1], \"{HOSTILE}\": \"{HOSTILE}\"}}\n"
                                  f"  - {{name: \"{HOSTILE}{'x' * 65536}\", helo: mx2.example.com, addresses: [\"{HOSTILE}\"]}}\n")
        path = self.sarif("lint", "inventory.yaml", code=2)
        self.assertTrue(json.loads(path.read_text())["runs"][0]["results"])
        self.assert_valid(path)

    def test_it_would_complain(self):
        path = self.sarif("check", "--zone-files", "example/zones", "inventory.yaml", code=1)
        text = path.read_text()

        def spoilt(spoil):
            document = json.loads(text)
            spoil(document["runs"][0]["results"][0])
            path.write_text(json.dumps(document))
            return [rule for rule, *_ in self.complaints(path)]

        self.assertIn("SARIF1009", spoilt(lambda result: result.update(ruleIndex=4711)))
        self.assertIn("JSON1002", spoilt(lambda result: result.pop("message")))
        self.assertEqual(["unread"], spoilt(lambda result: result["locations"][0]["physicalLocation"]["region"].update(startLine="one")))


if __name__ == "__main__":
    ExampleCase.binary = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
