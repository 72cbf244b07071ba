#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""An old estate puts up the gate: what was there is accepted, what is new fails, and it only gets better.

Usage: baseline_test.py RDNSGATE_BINARY [unittest arguments]
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import offline

ROOT = Path(__file__).resolve().parents[2]
BINARY = None


class Baseline(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        shutil.copytree(ROOT / "example", self.folder / "example")
        shutil.copy(ROOT / "inventory.example.yaml", self.folder / "inventory.yaml")
        self.baseline = self.folder / ".rdnsgate-baseline.json"

    def run_tool(self, *arguments, code, text=None):
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        environment.update({name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ})
        done = subprocess.run(offline.command([BINARY, *arguments]), cwd=self.folder, env=environment, input=text, capture_output=True,
                              text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def check(self, *arguments, code):
        self.run_tool("check", "--zone-files", "example/zones", "--output", "json=report.json", *arguments, "inventory.yaml", code=code)
        return json.loads((self.folder / "report.json").read_text())

    def adopt(self):
        self.check(code=1)
        self.run_tool("baseline", "write", "report.json", "-o", self.baseline.name, code=0)

    def mend(self):
        zone = self.folder / "example/zones/2.0.192.in-addr.arpa.zone"
        zone.write_text(zone.read_text().replace("mail.example.com.", "mx1.example.com."))

    def test_what_was_there_is_shown_and_passes(self):
        self.adopt()
        report = self.check("--baseline", self.baseline.name, code=0)
        self.assertEqual(report["verdict"], "pass")
        self.assertEqual({f["status"] for f in report["findings"]}, {"baseline"})
        self.assertEqual(report["summary"]["baseline"], len(report["findings"]))
        self.assertEqual(report["summary"]["errors"], 0)

    def test_each_format_says_that_it_is_accepted(self):
        self.adopt()
        known = ["check", "--zone-files", "example/zones", "--baseline", self.baseline.name, "inventory.yaml", "-f"]
        text = self.run_tool(*known, "text", code=0).stdout
        self.assertIn("example/zones/2.0.192.in-addr.arpa.zone:7:1: baseline error: the PTR record of 192.0.2.10", text)
        self.assertIn("6 in the baseline", text)
        self.assertNotIn("fix:", text)
        self.assertEqual(self.run_tool(*known, "gitlab", code=0).stdout, "[]\n")
        annotations = self.run_tool(*known, "github", code=0).stdout
        self.assertEqual(annotations.count("\n"), 1)
        self.assertIn("6 in the baseline", annotations)
        sarif = json.loads(self.run_tool(*known, "sarif", code=0).stdout)
        self.assertEqual([r["suppressions"][0]["justification"] for r in sarif["runs"][0]["results"]], ["in the baseline"] * 6)
        junit = self.run_tool(*known, "junit", code=0).stdout
        self.assertIn('failures="0" errors="0" skipped="6"', junit)

    def test_what_is_new_fails(self):
        self.adopt()
        zone = self.folder / "example/zones/example.com.zone"
        zone.write_text("\n".join(line for line in zone.read_text().splitlines() if not line.startswith("mx1 ")) + "\n")
        report = self.check("--baseline", self.baseline.name, code=1)
        opened = {f["rule"] for f in report["findings"] if f["status"] == "open"}
        self.assertTrue(opened)
        self.assertIn("baseline", {f["status"] for f in report["findings"]})

    def test_what_is_mended_is_said_and_leaves_with_shrink(self):
        self.adopt()
        self.mend()
        report = self.check("--baseline", self.baseline.name, code=0)
        stale = [f for f in report["findings"] if f["rule"] == "hygiene-baseline-stale"]
        self.assertEqual([f["target"]["id"] for f in stale], ["ptr-mismatch 192.0.2.10"])
        self.assertEqual(stale[0]["location"]["path"], self.baseline.name)
        line = self.baseline.read_text().splitlines()[stale[0]["location"]["line"] - 1]
        self.assertIn('"ptr-mismatch"', line)
        self.check("--baseline", self.baseline.name, "--fail-on", "warning", code=1)
        self.run_tool("baseline", "write", "--shrink", "report.json", "-o", self.baseline.name, code=0)
        report = self.check("--baseline", self.baseline.name, "--fail-on", "info", code=0)
        self.assertEqual(len(report["findings"]), 5)

    def test_shrink_lets_nothing_new_in(self):
        self.run_tool("lint", "--output", "json=report.json", "inventory.yaml", code=0)
        done = self.run_tool("baseline", "write", "--shrink", "report.json", code=0)
        self.assertEqual(json.loads(done.stdout)["findings"], [])

    def test_lint_does_not_call_stale_what_only_the_dns_knows(self):
        self.adopt()
        done = self.run_tool("lint", "--baseline", self.baseline.name, "inventory.yaml", code=0)
        self.assertIn("1 in the baseline", done.stdout)
        self.assertNotIn("hygiene-baseline-stale", done.stdout)

    def test_lines_that_move_and_the_time_change_nothing(self):
        self.adopt()
        before = self.baseline.read_text()
        inventory = self.folder / "inventory.yaml"
        inventory.write_text("# a comment\n\n" + inventory.read_text())
        self.check("--now", "2031-01-01T00:00:00Z", code=1)
        self.run_tool("baseline", "write", "report.json", "-o", self.baseline.name, code=0)
        self.assertEqual(self.baseline.read_text(), before)

    def test_reports_are_joined_and_read_from_standard_input(self):
        self.check(code=1)
        self.run_tool("lint", "--output", "json=lint.json", "inventory.yaml", code=0)
        joined = self.run_tool("baseline", "write", "report.json", "lint.json", code=0).stdout
        alone = self.run_tool("baseline", "write", "-", text=(self.folder / "report.json").read_text(), code=0).stdout
        self.assertEqual(joined, alone)

    def test_what_cannot_be_used_is_refused(self):
        done = self.run_tool("lint", "--baseline", "nowhere.json", "inventory.yaml", code=2)
        self.assertIn("nowhere.json", done.stderr)
        self.assertIn("rdnsgate baseline write", done.stderr)
        self.baseline.write_text("{}")
        self.assertIn("is no baseline", self.run_tool("lint", "--baseline", self.baseline.name, "inventory.yaml", code=2).stderr)
        (self.folder / "broken.yaml").write_text("version: [\n")
        self.run_tool("lint", "--output", "json=broken.json", "broken.yaml", code=2)
        self.assertIn("has judged nothing", self.run_tool("baseline", "write", "broken.json", code=2).stderr)


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
