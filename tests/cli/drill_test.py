#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""`drill`: what it finds is what `check` finds in the altered facts, it asks nobody and writes only what it was told to.

Usage: drill_test.py RDNSGATE_BINARY [unittest arguments]
"""
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import jsonschema

import offline

ROOT = Path(__file__).resolve().parents[2]
BINARY = None
NOW = "2026-12-01T12:00:00Z"
EXAMPLE = ["--now", NOW, "--zone-files", str(ROOT / "example/zones"), str(ROOT / "inventory.example.yaml")]


class Drills(unittest.TestCase):
    def setUp(self):
        made = tempfile.TemporaryDirectory()
        self.addCleanup(made.cleanup)
        self.folder = Path(made.name).resolve()

    def run_it(self, *arguments, code=None):
        done = subprocess.run(offline.command([BINARY, *arguments]), cwd=self.folder, text=True, capture_output=True,
                              env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}, timeout=300, check=False)
        if code is not None:
            self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def json_of(self, *arguments, schema, code=None):
        document = json.loads(self.run_it(*arguments, "--format", "json", code=code).stdout)
        jsonschema.validate(document, json.loads((ROOT / f"schemas/{schema}.schema.json").read_text()))
        return document

    def names(self):
        return [one["name"] for one in self.json_of("drill", "list", schema="drill-list", code=0)["scenarios"]]

    def findings(self, snapshot):
        report = json.loads(self.run_it("check", "--replay", snapshot, "--now", NOW, "--format", "json",
                                        str(ROOT / "inventory.example.yaml")).stdout)
        return {(one["fingerprint"], one["severity"], one["certainty"], one["message"]) for one in report["findings"]}

    def test_what_it_finds_is_what_check_finds_in_the_altered_facts(self):
        # Of helo-reset the facts are those from before: the DNS knows nothing of it.
        self.run_it("drill", "run", "helo-reset", "--altered", "base.facts", *EXAMPLE, code=1)
        before = self.findings("base.facts")
        for name in self.names():
            with self.subTest(scenario=name):
                arguments = ["drill", "run", name, "--replay", "base.facts", "--now", NOW, "--altered", f"{name}.facts",
                             str(ROOT / "inventory.example.yaml")]
                drill = self.json_of(*arguments, schema="drill")["drills"][0]
                if not drill["fits"]:
                    self.assertIn(name, ("signatures-expired", "stale-cache"))
                    self.assertFalse((self.folder / f"{name}.facts").exists())
                    continue
                said = {(one["fingerprint"], one["severity"], one["certainty"], one["message"])
                        for one in drill["findings"] if not one["watch_only"]}
                self.assertEqual(said, self.findings(f"{name}.facts") - before)
                self.assertEqual(bool(said), name not in ("helo-reset", "resolver-slow"))

    def test_it_writes_nothing_but_what_it_was_told_to(self):
        for name in [*self.names(), "all"]:
            self.run_it("drill", "run", name, *EXAMPLE)
        self.assertEqual(list(self.folder.iterdir()), [])
        self.run_it("drill", "run", "all", "-o", "drills.jsonl", *EXAMPLE, code=1)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["drills.jsonl"])

    def test_all_are_played_and_kept_and_the_score_is_told(self):
        document = self.json_of("drill", "run", "all", "-o", "drills.jsonl", *EXAMPLE, schema="drill", code=1)
        self.assertEqual([one["scenario"] for one in document["drills"]], self.names())
        self.assertEqual(document["summary"]["scenarios"], len(self.names()))
        schema = json.loads((ROOT / "schemas/drill-record.schema.json").read_text())
        lines = (self.folder / "drills.jsonl").read_text().splitlines()
        self.assertEqual(len(lines), len(self.names()))
        for line in lines:
            jsonschema.validate(json.loads(line), schema)
        later = [NOW.replace("12-01", "12-02") if one == NOW else one for one in EXAMPLE]
        self.run_it("drill", "run", "all", "-o", "drills.jsonl", "--interval", "1h", *later, code=1)
        report = self.json_of("drill", "report", "drills.jsonl", schema="drill-report", code=0)
        by_name = {one["scenario"]: one for one in report["scenarios"]}
        self.assertEqual(by_name["ptr-lost"]["trend"], "slower")
        self.assertEqual(by_name["ptr-lost"]["played"], 2)
        self.assertIsNone(by_name["signatures-expired"]["would_notice"])
        self.assertIs(by_name["helo-reset"]["would_notice"], False)
        self.assertEqual([one["at"] for one in report["rounds"]], [NOW, NOW.replace("12-01", "12-02")])
        self.assertIn("Would we notice next time?", self.run_it("drill", "report", "drills.jsonl", code=0).stdout)
        self.assertIn("| scenario |", self.run_it("drill", "report", "-f", "markdown", "drills.jsonl", code=0).stdout)

    def test_the_same_twice(self):
        first = self.run_it("drill", "run", "all", *EXAMPLE, "-f", "json").stdout
        self.assertEqual(first, self.run_it("drill", "run", "all", *EXAMPLE, "-f", "json").stdout)

    def test_texts_say_what_happens_and_what_then(self):
        text = self.run_it("drill", "run", "ptr-lost", *EXAMPLE, code=0).stdout
        for part in ("ptr-lost: ", "happens   ", "[ptr-missing]", "noticed   1m to 6m30s", "Gmail [refused 550-5.7.25]",
                     "recovery  T+6m30s", "1 of 1 scenario would be noticed"):
            self.assertIn(part, text)
        page = self.run_it("drill", "run", "ptr-lost", "-f", "markdown", *EXAMPLE, code=0).stdout
        self.assertIn("## ptr\\-lost" if "ptr\\-lost" in page else "## ptr-lost", page)
        self.assertEqual(self.run_it("drill", "run", "all", "-qq", *EXAMPLE, code=1).stdout, "")
        self.assertEqual(len(self.run_it("drill", "run", "all", "-q", *EXAMPLE, code=1).stdout.splitlines()), len(self.names()))

    def test_wrong_usage_says_what_to_do(self):
        inventory = str(ROOT / "inventory.example.yaml")
        zones = ["--zone-files", str(ROOT / "example/zones")]
        for arguments, hint in ((["drill", "run", "ptr-lst", *zones, inventory], 'did you mean "ptr-lost"?'),
                                (["drill", "run", "ptr-lost", inventory], "--replay FILE takes a snapshot"),
                                (["drill", "run", "ptr-lost", *zones, "--target", "mx3", inventory], 'did you mean "mx1"?'),
                                (["drill", "run", "ptr-lost", *zones, "--interval", "soon", inventory], "--interval"),
                                (["drill", "run", "ptr-lost", *zones, "--confirm", "3/2", inventory], "--confirm"),
                                (["drill", "run", "all", *zones, "--altered", "x", inventory], "name the scenario"),
                                (["drill", "rnu"], 'did you mean "run"?'),
                                (["drill", "report", inventory], "drill run --record"),
                                (["drill", "run", "ptr-lost", "--replay", "none.facts", inventory], "check --record")):
            with self.subTest(arguments=arguments):
                self.assertIn(hint, self.run_it(*arguments, code=2).stderr)
        (self.folder / "empty.yaml").write_text("version: 1\n")
        self.assertIn("empty.yaml:1:1: error", self.run_it("drill", "run", "ptr-lost", *zones, "empty.yaml", code=2).stderr)

    def test_a_large_estate_is_played(self):
        count = 5_000
        (self.folder / "inventory.yaml").write_text(
            "version: 1\nzones: [{name: 10.in-addr.arpa, managed_by: nsupdate}, {name: mail.example, managed_by: nsupdate}]\n"
            "senders:\n  - name: pool\n    helo: mx.mail.example\n    addresses:\n" +
            "".join(f"      - {{ip: 10.{i >> 16}.{i >> 8 & 255}.{i & 255}, ptr: h{i}.mail.example}}\n" for i in range(count)) +
            "domains: [{name: mail.example, via: [pool]}]\n")
        (self.folder / "zones").mkdir()
        head = "$TTL 3600\n@ SOA ns.mail.example. h.mail.example. 1 7200 1800 1209600 300\n@ NS ns.mail.example.\n"
        (self.folder / "zones/10.in-addr.arpa.zone").write_text(
            head + "".join(f"{i & 255}.{i >> 8 & 255}.{i >> 16} PTR h{i}.mail.example.\n" for i in range(count)))
        (self.folder / "zones/mail.example.zone").write_text(
            head + "ns A 192.0.2.53\n" + "".join(f"h{i} A 10.{i >> 16}.{i >> 8 & 255}.{i & 255}\n" for i in range(count)))
        done = self.run_it("drill", "run", "ptr-lost", "--now", NOW, "--zone-files", "zones", "-f", "json", code=0)
        findings = json.loads(done.stdout)["drills"][0]["findings"]
        self.assertEqual({one["target"]["id"] for one in findings if one["rule"] == "ptr-missing"}, {"10.0.0.0"})


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
