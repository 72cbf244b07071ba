#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""The formats of the gate, as a pipeline reads them: from the files that the program writes.

Usage: formats_test.py RDNSGATE_BINARY [unittest arguments]
"""
import json
import re
import shutil
import sys
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path

from example_case import ExampleCase


class Formats(ExampleCase):
    def reports(self, *arguments, place=None, code=1, text=None):
        """What one run writes in the four formats for machines."""
        out = self.folder / "out"
        done = self.run_tool(*arguments, "-q", "--output", f"json={out}/r.json", "--output", f"sarif={out}/r.sarif", "--output",
                             f"junit={out}/r.xml", "--output", f"gitlab={out}/gl.json", place=place, text=text)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return (json.loads((out / "r.json").read_text()), json.loads((out / "r.sarif").read_text())["runs"][0],
                xml.parse(out / "r.xml").getroot(), json.loads((out / "gl.json").read_text()))

    def check(self, **options):
        return self.reports("check", "--zone-files", "example/zones", "inventory.yaml", **options)

    def test_they_say_the_same(self):
        report, sarif, junit, quality = self.check()
        found = [(f["rule"], f.get("record", f["location"])["line"]) for f in report["findings"]]
        self.assertTrue(any("record" in f for f in report["findings"]))
        self.assertEqual(sorted(found), sorted((e["check_name"], e["location"]["lines"]["begin"]) for e in quality))
        self.assertEqual(sorted(found), sorted((r["ruleId"], r["locations"][0]["physicalLocation"]["region"]["startLine"])
                                               for r in sarif["results"]))
        self.assertEqual(int(junit.get("failures")), report["summary"]["errors"])
        self.assertTrue(sarif["invocations"][0]["executionSuccessful"])

    def test_every_rule_and_target_is_a_case_and_keeps_its_name(self):
        before = self.check()[2]
        names = [(case.get("classname"), case.get("name")) for case in before.iter("testcase")]
        self.assertEqual(len(names), len(set(names)))
        self.assertEqual(len(names), int(before.get("tests")))
        self.assertIn(("rdnsgate.ptr-missing", "2001:db8::11"), names)
        zone = self.folder / "example/zones/2.0.192.in-addr.arpa.zone"
        zone.write_text(zone.read_text().replace("mail.example.com.", "mx1.example.com."))
        after = self.check()[2]
        self.assertEqual(set(names), {(case.get("classname"), case.get("name")) for case in after.iter("testcase")})
        self.assertEqual(int(after.get("failures")), int(before.get("failures")) - 1)

    def test_fingerprints_stay_when_lines_move(self):
        def fingerprints():
            report, sarif, _, quality = self.check()
            return ([f["fingerprint"] for f in report["findings"]], [r["partialFingerprints"] for r in sarif["results"]],
                    [e["fingerprint"] for e in quality], [f["location"]["line"] for f in report["findings"]])

        before = fingerprints()
        text = self.inventory.read_text()
        self.inventory.write_text("# a comment\n# and another\n" + text.replace("senders:", "\n\nsenders:"))
        after = fingerprints()
        self.assertNotEqual(before[3], after[3])
        self.assertEqual(before[:3], after[:3])

    def test_paths_are_those_of_the_repository(self):
        (self.folder / ".git").mkdir()
        place = self.folder / "dns"
        place.mkdir()
        shutil.move(self.inventory, place)
        shutil.move(self.folder / "example", place)
        _, sarif, junit, quality = self.check(place=place)
        files = {"dns/inventory.yaml", "dns/example/zones/2.0.192.in-addr.arpa.zone", "dns/example/zones/8.b.d.0.1.0.0.2.ip6.arpa.zone"}
        self.assertEqual({e["location"]["path"] for e in quality}, files)
        self.assertEqual({r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in sarif["results"]}, files)
        self.assertEqual(junit[0].get("name"), "dns/inventory.yaml")
        annotations = self.run_tool("check", "--zone-files", "example/zones", "-f", "github", "inventory.yaml", place=place).stdout
        self.assertIn("file=dns/inventory.yaml,", annotations)

    def test_trouble_with_the_inventory_is_said_in_each(self):
        self.inventory.write_text("version: 1\nsenders: [\n")
        report, sarif, junit, quality = self.check(code=2)
        self.assertEqual([f["rule"] for f in report["findings"]], ["inventory-syntax"])
        self.assertEqual([r["ruleId"] for r in sarif["results"]], ["inventory-syntax"])
        self.assertFalse(sarif["invocations"][0]["executionSuccessful"])
        self.assertEqual([e["check_name"] for e in quality], ["inventory-syntax"])
        self.assertEqual((junit.get("tests"), junit.get("errors")), ("1", "1"))
        self.assertIn("inventory-syntax", junit.find(".//error").text)

    def test_trouble_with_a_zone_file_is_said_in_each(self):
        zone = self.folder / "example/zones/example.com.zone"
        zone.write_text(zone.read_text() + "mx9 IN A 192.0.2.300\n")
        report, sarif, junit, quality = self.check(code=2)
        for rules in ([f["rule"] for f in report["findings"]], [r["ruleId"] for r in sarif["results"]],
                      [e["check_name"] for e in quality]):
            self.assertEqual(rules, ["zone-file"])
        self.assertEqual(junit.get("errors"), "1")

    def test_what_nobody_answered_has_not_passed(self):
        report, sarif, junit, quality = self.reports("check", "--vantage", "127.0.0.9", "--timeout", "200ms", "inventory.yaml", code=3)
        self.assertEqual(report["verdict"], "inconclusive")
        self.assertFalse(sarif["invocations"][0]["executionSuccessful"])
        self.assertEqual([r["ruleId"] for r in sarif["results"]], ["helo-ptr-mismatch"])  # what lint says too
        self.assertGreater(len(sarif["invocations"][0]["toolExecutionNotifications"]), 0)
        self.assertEqual({e["severity"] for e in quality if e["check_name"] != "helo-ptr-mismatch"}, {"info"})
        self.assertEqual(junit.get("failures"), "0")
        self.assertGreater(int(junit.get("errors")), 0)
        passed = {case.get("classname") for case in junit.iter("testcase") if len(case) == 0}
        self.assertNotIn("rdnsgate.ptr-missing", passed)
        self.assertIn("rdnsgate.addr-network-or-broadcast", passed)

    def test_an_inventory_on_standard_input(self):
        report, sarif, _, quality = self.reports("lint", "-", text="version: 1\nsenders: []\nsendrs: []\n", code=2)
        self.assertEqual(report["findings"][0]["location"]["path"], "<stdin>")
        self.assertEqual(sarif["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "%3Cstdin%3E")
        self.assertEqual(quality[0]["location"]["path"], "<stdin>")

    def test_an_editor_says_what_it_has_in_memory(self):
        wrong = ["lint", "-", "--stdin-filename", "dns/inventory.yaml"]
        report, sarif, junit, quality = self.reports(*wrong, text="version: 1\nsendrs: []\n", code=2)
        paths = {f["location"]["path"] for f in report["findings"]} | {e["location"]["path"] for e in quality}
        paths |= {f["target"]["id"] for f in report["findings"]} | {report["inventory"]["path"], junit[0].get("name")}
        self.assertEqual(paths, {"dns/inventory.yaml"})
        self.assertEqual(sarif["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "dns/inventory.yaml")
        report, *_ = self.reports(*wrong, text=self.inventory.read_text(), code=0)
        self.assertEqual(report["inventory"]["path"], "dns/inventory.yaml")
        self.assertEqual({f["location"]["path"] for f in report["findings"]}, {"dns/inventory.yaml"})
        # The run is about the file of that name: a waiver may say so, and one of another name says nothing.
        waiver = "waivers:\n  - {rule: ptr-missing, target: TARGET, reason: why, expires: 9999-12-31}\n"
        for target, expected in (("dns/inventory.yaml", False), ("inventory.yaml", True)):
            report, *_ = self.reports(*wrong, text=self.inventory.read_text() + waiver.replace("TARGET", target), code=0)
            self.assertEqual("hygiene-waiver-unreachable" in {f["rule"] for f in report["findings"]}, expected, target)
        named = self.run_tool("lint", "--stdin-filename", "a.yaml", "inventory.yaml")
        self.assertEqual(named.returncode, 2)
        self.assertIn("is for an inventory on standard input", named.stderr)

    def test_a_clean_run_is_a_clean_report(self):
        self.inventory.write_text(self.inventory.read_text().replace("helo: bulk.example.com", 'helo: "{ptr}"'))
        report, sarif, junit, quality = self.reports("lint", "inventory.yaml", code=0)
        self.assertEqual((report["findings"], sarif["results"], quality), ([], [], []))
        self.assertEqual((junit.get("failures"), junit.get("errors")), ("0", "0"))
        self.assertGreater(int(junit.get("tests")), 20)


class Plugin(ExampleCase):
    """`--format nagios`, by the guidelines of monitoring plugins: a line on standard output, performance data, an exit code."""

    PERFORMANCE = re.compile(r"'?[^'= ]+'?=-?[0-9.]+(s|%|B|c)?(;[^; ]*){0,4}")

    def plugin(self, *arguments, text=None):
        done = self.run_tool(*arguments, text=text)
        line = done.stdout.splitlines()[0]
        said = re.fullmatch(r"RDNSGATE (OK|WARNING|CRITICAL|UNKNOWN) - ([^|]+?)(?: \| ([^|]+))?", line)
        self.assertTrue(said, done.stdout)
        self.assertEqual(["OK", "WARNING", "CRITICAL", "UNKNOWN"][done.returncode], said[1], line)
        figures = said[3].split(" ") if said[3] else []
        for one in figures:
            self.assertTrue(self.PERFORMANCE.fullmatch(one), one)
        return said[1], said[2], dict(one.split(";")[0].split("=") for one in figures)

    def check(self, *arguments, text=None):
        return self.plugin("check", "--format", "nagios", "--zone-files", "example/zones", *arguments, text=text)

    def test_states_and_figures(self):
        state, said, figures = self.check("inventory.yaml")
        report = json.loads(self.run_tool("check", "--format", "json", "--zone-files", "example/zones", "inventory.yaml").stdout)
        self.assertEqual(state, "CRITICAL")
        self.assertEqual([int(figures[name]) for name in ("errors", "warnings", "addresses", "questions")],
                         [report["summary"][name] for name in ("errors", "warnings", "addresses", "questions")])
        self.assertIn(f"{figures['errors']} error", said)
        self.assertEqual(self.check("--fail-on", "never", "inventory.yaml")[0], "WARNING")
        quiet = "version: 1\nsenders: [{name: a, helo: mx.corp-mail.net, addresses: [192.0.2.10]}]\nrules: {addr-documentation: off, dual-family-missing: off}\n"
        self.assertEqual(self.plugin("lint", "-f", "nagios", "-", text=quiet)[0], "OK")

    def test_what_cannot_be_judged_is_unknown_and_said_on_standard_output(self):
        self.assertEqual(self.plugin("check", "--format", "nagios", "--vantage", "127.0.0.9", "--timeout", "200ms", "inventory.yaml")[0], "UNKNOWN")
        self.assertIn("missing.yaml", self.check("missing.yaml")[1])
        self.assertIn("expected", self.check("--no-such", "inventory.yaml")[1])
        self.assertIn("expected", self.plugin("check", "-fnagios", "--no-such", "inventory.yaml")[1])
        self.assertIn("no command", self.plugin("chekc", "--format=nagios", "inventory.yaml")[1])
        self.assertIn("--shard", self.check("--shard", "4/3", "inventory.yaml")[1])
        self.assertIn("nothing was judged", self.check("-", text="version: 1\nsenders: [\n")[1])
        self.assertIn("--dry-run", self.plugin("lint", "--format", "nagios", "--dry-run", "inventory.yaml")[1])
        (self.folder / ".rdnsgate.yaml").write_text("color: mauve\n")
        self.assertIn("configuration", self.check("inventory.yaml")[1])

    def test_a_file_that_cannot_be_written_leaves_it_unknown(self):
        state = self.run_tool("check", "--format", "nagios", "--zone-files", "example/zones", "-o", "json=/dev/full", "inventory.yaml").returncode
        self.assertEqual(state, 3)

    def test_a_stored_report_is_one_too(self):
        (self.folder / "report.json").write_text(self.run_tool("check", "--format", "json", "--zone-files", "example/zones", "inventory.yaml").stdout)
        self.assertEqual(self.plugin("report", "show", "--format", "nagios", "report.json")[0], "CRITICAL")
        self.assertEqual(self.plugin("report", "show", "--format", "nagios", "missing.json")[0], "UNKNOWN")
        self.assertIn("missing.json", self.plugin("report", "merge", "--format", "nagios", "missing.json")[1])

    def test_other_formats_and_files_keep_their_exit_codes(self):
        done = self.run_tool("check", "--zone-files", "example/zones", "-o", "nagios=status.txt", "inventory.yaml")
        self.assertEqual(done.returncode, 1)
        self.assertTrue((self.folder / "status.txt").read_text().startswith("RDNSGATE CRITICAL - "))
        self.assertEqual(self.run_tool("check", "--no-such", "-o", "nagios=status.txt").returncode, 2)

    def test_the_configuration_may_ask_for_it(self):
        (self.folder / ".rdnsgate.yaml").write_text("check: {format: nagios}\n")
        self.assertEqual(self.plugin("check", "--zone-files", "example/zones", "inventory.yaml")[0], "CRITICAL")
        self.assertEqual(self.plugin("check", "--zone-files", "example/zones", "missing.yaml")[0], "UNKNOWN")


if __name__ == "__main__":
    ExampleCase.binary = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
