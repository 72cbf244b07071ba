#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Stored reports: shown again, joined from shards and from networks, and compared.

Shards are held against the run that they are shards of, over random inventories with every kind of finding: the merged
report is that of one run, octet for octet.

Usage: shards_test.py RDNSGATE_BINARY [unittest arguments]
"""
import gzip
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import jsonschema

import offline

ROOT = Path(__file__).resolve().parents[2]
BINARY = None
NOW = ["--now", "2027-03-01T08:00:00Z"]
HEAD = "$TTL {ttl}\n@ IN SOA ns1.example.com. h.example.com. 7 14400 3600 1209600 300\n@ IN NS ns1.example.com.\n"
FORMATS = ["text", "json", "github", "sarif", "junit", "gitlab", "markdown", "nagios"]


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def run_tool(self, *arguments, code=None, text=None):
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        environment.update({name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ})
        done = subprocess.run(offline.command([BINARY, *arguments]), cwd=self.folder, env=environment, capture_output=True, text=True,
                              input=text, timeout=120, check=False)
        if code is not None:
            self.assertEqual(done.returncode, code, f"{arguments}\n{done.stdout[-2000:]}{done.stderr}")
        return done

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def assert_same(self, one, other, about):
        if one == other:
            return
        lines, others = one.splitlines(), other.splitlines()
        at = next((i for i, (a, b) in enumerate(zip(lines, others)) if a != b), min(len(lines), len(others)))
        self.fail(f"{about}: line {at + 1}\n" + "\n".join(lines[max(0, at - 12):at + 12]) + "\n--- and not\n" + "\n".join(others[max(0, at - 12):at + 12]))


class Estate:
    """An inventory with zones that do not always say what it says, by a seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.hosts = self.random.randint(3, 14)
        self.pool = self.random.choice([0, 2, 3])

    def maybe(self, share):
        return self.random.random() < share

    def inventory(self):
        chosen = self.random
        lines = ["version: 1", "zones:", "  - {name: example.com, managed_by: zonefile, file: zones/example.com.zone}",
                 "  - {name: 2.0.192.in-addr.arpa, managed_by: ticket, contact: noc@hoster.example, min_ttl: 1h}",
                 *(["  - {name: gone.example, managed_by: zonefile}"] if self.maybe(0.5) else []), "senders:"]
        names = []
        for i in range(self.hosts):
            helo = f"mx{chosen.choice([i, i, 0, 1])}.example.com"
            names.append(f"s{i}")
            further = f', {{ip: 192.0.2.{100 + i}, ptr: other{i}.example.com}}' if self.maybe(0.4) else ""
            helos = f"[{helo}, mx{i}b.example.com]" if self.maybe(0.2) else helo
            lines.append(f"  - {{name: s{i}, helo: {helos}, addresses: [192.0.2.{10 + i}{further}]}}")
        if self.pool:
            names.append("bulk")
            lines += ["  - name: bulk", '    helo: "{ptr}"', f'    addresses: [{{range: 192.0.2.{64}/{32 - self.pool}, ptr: "out-{{4}}.example.com"}}]']
        lines += ["relays:", "  - {name: news, spf: 'include:spf.relay.example', addresses: [198.51.100.0/30], dkim: [k1]}",
                  "domains:", f"  - {{name: example.com, via: [{', '.join(names)}, news], dkim: [s1], dmarc: {{policy: reject}}}}",
                  f"  - {{name: sub.example.com, via: [{names[0]}]}}",
                  "standards: {latency: {warn: 20ms, fail: 1s}}"]
        lines += ["rules:", "  addr-documentation: off"]
        for rule in ("ptr-generic", "ttl-too-low-steady", "resolver-stale", "helo-ip-mismatch"):
            if self.maybe(0.15):
                lines.append(f"  {rule}: {chosen.choice(['off', 'info', 'error'])}")
        waivers = []
        for rule in ("ptr-missing", "ptr-mismatch", "fcrdns-mismatch", "helo-ip-mismatch", "resolver-stale", "resolver-latency", "ptr-lookup-failed",
                     "hygiene-waiver-unused"):
            for target in (f"192.0.2.{10 + chosen.randrange(self.hosts)}", "192.0.2.*", "one", "s0", "mx9.example.com"):
                if self.maybe(0.12):
                    expires = f", expires: {chosen.choice(['2026-01-31', '2027-05-31'])}"
                    waivers.append(f'  - {{rule: {rule}, target: "{target}", reason: "of long ago"{expires}}}')
        return "\n".join(lines + (["waivers:", *waivers] if waivers else [])) + "\n"

    def zones(self):
        chosen = self.random
        forward, reverse = ["ns1 A 192.0.2.53"], []
        for i in range(self.hosts):
            for host, last in ((f"mx{i}", 10 + i), (f"mx{i}b", 10 + i), (f"other{i}", 100 + i)):
                if self.maybe(0.85):
                    forward.append(f"{host} {chosen.choice(['', '', '60'])} A 192.0.2.{last if self.maybe(0.85) else 99}")
                elif self.maybe(0.3):
                    forward.append(f"{host} CNAME mx0")
                if self.maybe(0.9):
                    name = f"{host}.example.com." if self.maybe(0.85) else chosen.choice(["old.example.com.", "host-192-0-2-9.dyn.example.net."])
                    if not host.endswith("b"):
                        reverse.append(f"{last} PTR {name}")
        for last in range(64, 64 + 2 ** self.pool if self.pool else 64):
            forward.append(f"out-{last} A 192.0.2.{last}")
            reverse.append(f"{last} PTR out-{last}.example.com.")
        if self.maybe(0.6):
            forward.append('@ TXT "v=spf1 a include:spf.relay.example -all"')
        if self.maybe(0.5):
            forward.append('_dmarc TXT "v=DMARC1; p=none"')
        lines = HEAD.format(ttl=chosen.choice([3600, 86400]))
        return {"zones/example.com.zone": lines + "\n".join(forward) + "\n", "zones/2.0.192.in-addr.arpa.zone": lines + "\n".join(reverse) + "\n"}

    def facts(self, recorded):
        """The same world as three vantages see it, each with faults of its own."""
        head, *facts = map(json.loads, gzip.decompress(recorded).decode().splitlines())
        if self.maybe(0.7):  # else files answer in the vantages' place, as where they are laid over others
            facts = [{key: value for key, value in fact.items() if key != "zone_files"} for fact in facts]
        kinds = self.random.choice([["authoritative", "forward", "forward"], ["forward", "forward", "forward"], ["recursive", "forward", "forward"]])
        names = ["one", "two", "three"]
        head["vantages"] = [{"name": name, "kind": kind, "operator": name} for name, kind in zip(names, kinds)]
        self.calm = self.maybe(0.4)  # all is answered, so that it shows which waivers are unused
        dead = None if self.calm else self.random.choice([None, None, None, 1, 2])
        trouble = [0 if self.calm else self.random.choice([0, 0.02, 0.1, 0.5]) for _ in names]
        made = []
        for vantage in range(3):
            for fact in facts:
                made.append(self.seen(dict(fact, vantage=vantage), kinds[vantage], 1.0 if vantage == dead else trouble[vantage]))
        head["facts"] = len(made)
        return "".join(json.dumps(line) + "\n" for line in [head, *made])

    def seen(self, fact, kind, trouble):
        chosen = self.random
        if self.calm and fact["outcome"] == "unanswered":  # outside of the zone files
            fact = {key: fact[key] for key in ("vantage", "name", "type", "asked_at")} | {"outcome": "nxdomain", "rcode": 3}
        fact["rtt_us"] = chosen.choice([700, 900, chosen.randint(500, 60000)])
        if kind == "authoritative":
            fact["authoritative"] = True
        if self.maybe(trouble):
            fact = {key: fact[key] for key in ("vantage", "name", "type", "asked_at")} | {
                "outcome": chosen.choice(["timeout", "servfail", "refused"]), "server": "192.0.2.1#53", "tries": 2, "rtt_us": 0}
        elif kind == "forward" and self.maybe(0.04):
            fact["ede"] = chosen.choice([3, 15])
        elif kind == "forward" and fact["type"] == "A" and "answer" in fact and self.maybe(0.3):
            # One address more: no finding but that they differ, of the first subject that shares the name.
            fact["answer"] = [dict(rrset, rdata=[*rrset["rdata"], "192.0.2.250"]) for rrset in fact["answer"] if rrset["type"] == "A"] or fact["answer"]
        elif kind == "forward" and fact["type"] == "PTR" and "answer" in fact and not self.calm and self.maybe(0.1):
            fact["answer"] = [dict(rrset, rdata=["stale.example.com."]) for rrset in fact["answer"]]
        elif kind == "forward" and "answer" in fact and self.maybe(0.1):
            fact["answer"] = [dict(rrset, ttl=rrset["ttl"] + 9000) for rrset in fact["answer"]]
        return fact


class Estates(Folder):
    rounds = int(os.environ.get("ROUNDS", "12"))

    def make(self, seed):
        shutil.rmtree(self.folder)
        self.folder.mkdir()
        estate = Estate(seed)
        self.write("inventory.yaml", estate.inventory())
        for name, text in estate.zones().items():
            self.write(name, text)
        return estate

    def merged(self, seed, command, options, shards, normal=lambda text: text, formats=("json",)):
        """One run and its shards, in the order of a random draw; returns the rules that were found."""
        whole = self.run_tool(*command, *options, "--format", "json", "inventory.yaml")
        self.assertIn(whole.returncode, (0, 1, 3), whole.stderr)
        files = []
        for number in range(1, shards + 1):
            done = self.run_tool(*command, *options, "--shard", f"{number}/{shards}", "--format", "json", "inventory.yaml")
            self.assertIn(done.returncode, (0, 1, 3), done.stderr)
            self.write(f"shard-{number}.json", done.stdout)
            files.append(f"shard-{number}.json")
        random.Random(seed).shuffle(files)
        joined = self.run_tool("report", "merge", "--format", "json", *files)
        if joined.stdout:
            of_whole, of_joined = ({(f["rule"], f["target"]["id"], f["message"]) for f in json.loads(one.stdout)["findings"]} for one in (whole, joined))
            self.assertEqual(of_whole ^ of_joined, set(), f"seed {seed}, {shards} shards, {options}")
        self.assert_same(normal(whole.stdout), normal(joined.stdout), f"seed {seed}, {shards} shards, {options}{joined.stderr}")
        self.assertEqual(joined.returncode, whole.returncode, f"seed {seed}")
        for form in formats:
            once = self.run_tool(*command, *options, "--format", form, "inventory.yaml").stdout
            again = self.run_tool("report", "merge", "--format", form, *files).stdout
            self.assert_same(normal(once), normal(again), f"seed {seed}, {form}")
        return json.loads(whole.stdout)["findings"]


class Shards(Estates):
    def test_shards_of_recorded_answers_are_one_run(self):
        rules, statuses = set(), set()
        for seed in range(self.rounds):
            estate = self.make(seed)
            self.run_tool("check", "--zone-files", "zones", "--record", "world.facts", *NOW, "inventory.yaml")
            recorded = (self.folder / "world.facts").read_bytes()
            self.write("seen.facts", estate.facts(recorded))
            options = ["--replay", "seen.facts"]
            if seed % 3 == 1:
                options += ["--inconclusive", "fail", "--fail-on", "warning"]
            if seed % 3 == 2:
                report = self.run_tool("check", *options, "--format", "json", "inventory.yaml").stdout
                self.write("old.json", report)
                self.run_tool("baseline", "write", "old.json", "-o", "baseline.json", code=0)
                self.write("seen.facts", estate.facts(recorded))
                options += ["--baseline", "baseline.json"]
            # Text shows lines of the baseline, which is not at hand where reports are merged.
            formats = FORMATS if seed < 2 else ["markdown"] if seed % 3 == 2 else ["text"]
            found = self.merged(seed, ["check"], options, estate.random.choice([1, 2, 3, 5, 40]), formats=formats)
            rules.update(finding["rule"] for finding in found)
            statuses.update((finding["status"], finding["certainty"]) for finding in found)
        if self.rounds >= 12:
            for rule in ("resolver-stale", "resolver-filtered", "resolver-unreachable", "resolver-latency", "resolver-disagreement", "hygiene-waiver-unused",
                         "hygiene-waiver-expired", "ptr-missing", "ptr-mismatch", "fcrdns-mismatch"):
                self.assertIn(rule, rules)
            self.assertTrue({("open", "confirmed"), ("open", "inconclusive"), ("waived", "confirmed"), ("baseline", "confirmed")} <= statuses, statuses)

    def test_shards_of_zone_files_and_of_lint_are_one_run(self):
        times = re.compile(r'"p\d\d_ms": [\d.]+')
        for seed in range(100, 100 + self.rounds // 2):
            self.make(seed)
            self.merged(seed, ["check"], ["--zone-files", "zones", *NOW], seed % 4 + 1, lambda text: times.sub("", text))
            self.merged(seed, ["lint"], NOW, seed % 3 + 2, formats=["text"])

    def test_each_subject_falls_to_one_shard(self):
        self.make(7)
        whole = json.loads(self.run_tool("check", "--zone-files", "zones", "--format", "json", "inventory.yaml").stdout)
        judged = [json.loads(self.run_tool("check", "--zone-files", "zones", "--format", "json", "--shard", f"{i}/3", "inventory.yaml").stdout)
                  for i in (1, 2, 3)]
        self.assertEqual(sum(one["summary"]["addresses"] for one in judged), whole["summary"]["addresses"])
        self.assertTrue(all(one["summary"]["addresses"] < whole["summary"]["addresses"] for one in judged))
        targets = [{(f["rule"], f["target"]["id"], f["message"]) for f in one["findings"] if not f.get("provisional")} for one in judged]
        self.assertFalse(targets[0] & targets[1] or targets[1] & targets[2] or targets[0] & targets[2])
        # Whatever else is in the inventory, what falls where stays: a shard is a hash of what it is about.
        for one in judged:
            jsonschema.validate(one, json.loads((ROOT / "schemas/report.schema.json").read_text()))

    def test_a_shard_that_is_wrong_is_said(self):
        self.make(7)
        for given, message in (("0/3", "counted from 1"), ("4/3", "the last of 3 is 3/3"), ("3", "is not NUMBER/OF"), ("1/0", "there are 1 to"),
                               ("a/b", "is not NUMBER/OF"), ("1/3x", "is not NUMBER/OF"), ("-1/3", "is not NUMBER/OF"), ("1/99999999999", "is not NUMBER/OF")):
            done = self.run_tool("check", "--zone-files", "zones", f"--shard={given}", "inventory.yaml", code=2)
            self.assertIn(message, done.stderr)
            self.assertEqual(done.stdout, "")

    def shards(self, *numbers, of=3, options=()):
        for number in numbers:
            done = self.run_tool("check", "--zone-files", "zones", *options, *NOW, "--shard", f"{number}/{of}", "--format", "json", "inventory.yaml")
            self.write(f"{number}.json", done.stdout)

    def test_a_shard_that_is_missing_or_there_twice_is_said(self):
        self.make(7)
        self.shards(1, 2, 3)
        self.assertIn("shard 2 of 3 is missing", self.run_tool("report", "merge", "1.json", "3.json", code=2).stderr)
        self.assertIn("shards 1, 2 of 3 are missing", self.run_tool("report", "merge", "3.json", code=2).stderr)
        self.assertIn("shard 2 of 3 is there twice: 2.json and 2.json",
                      self.run_tool("report", "merge", "1.json", "2.json", "2.json", "3.json", code=2).stderr)

    def test_what_are_no_shards_of_one_run_is_said(self):
        self.make(7)
        self.shards(1, 2, 3)
        self.write("whole.json", self.run_tool("check", "--zone-files", "zones", "--format", "json", "inventory.yaml").stdout)
        self.assertIn("1.json is of a shard, and whole.json is not", self.run_tool("report", "merge", "1.json", "whole.json", code=2).stderr)
        self.shards(4, of=4)
        self.assertIn("4.json is shard 4 of 4, and 1.json is one of 3", self.run_tool("report", "merge", "1.json", "4.json", code=2).stderr)
        self.shards(2, options=["--fail-on", "info"])
        self.assertIn("1.json and 2.json were not judged by the same files and options",
                      self.run_tool("report", "merge", "1.json", "2.json", "3.json", code=2).stderr)
        inventory = self.folder / "inventory.yaml"
        text = inventory.read_text()
        inventory.write_text(text + "# another revision\n")
        self.shards(2)
        self.assertIn("1.json and 2.json are of different inventories", self.run_tool("report", "merge", "1.json", "2.json", "3.json", code=2).stderr)
        inventory.write_text(text)
        self.shards(2)
        self.write("elsewhere.yaml", text)
        inventory.write_text("version: 1\nsenders: [{name: a, helo: a.example.com, addresses: [192.0.2.10]}]\n")
        self.assertIn("inventory.yaml is not the inventory of the reports any more", self.run_tool("report", "merge", "1.json", "2.json", "3.json", code=2).stderr)
        self.assertIn(self.run_tool("report", "merge", "--inventory", "elsewhere.yaml", "1.json", "2.json", "3.json").returncode, (0, 1))


class Show(Estates):
    def test_what_is_shown_is_what_check_printed(self):
        for seed in range(self.rounds // 2):
            estate = self.make(seed)
            self.run_tool("check", "--zone-files", "zones", "--record", "world.facts", *NOW, "inventory.yaml")
            self.write("seen.facts", estate.facts((self.folder / "world.facts").read_bytes()))
            for options in (["check", "--replay", "seen.facts"], ["lint", *NOW]):
                self.write("report.json", self.run_tool(*options, "--format", "json", "inventory.yaml").stdout)
                for form in FORMATS:
                    if form == "junit":
                        continue  # what was judged and found right is not in the JSON
                    printed = self.run_tool(*options, "--format", form, "inventory.yaml").stdout
                    # What plugins end with is said by the report; with all others it is shown, whatever it says.
                    shown = self.run_tool("report", "show", "--format", form, "report.json", code=None if form == "nagios" else 0).stdout
                    self.assert_same(printed, shown, f"seed {seed}, {form}")
            printed = self.run_tool("lint", *NOW, "--group-by", "sender", "inventory.yaml").stdout
            self.assert_same(printed, self.run_tool("report", "show", "--group-by", "sender", "-", text=(self.folder / "report.json").read_text()).stdout, "stdin")

    def test_without_the_inventory_the_source_lines_are_not_shown(self):
        self.make(3)
        self.write("report.json", self.run_tool("check", "--zone-files", "zones", *NOW, "--format", "json", "inventory.yaml").stdout)
        with_lines = self.run_tool("report", "show", "report.json", code=0).stdout
        self.write("inventory.yaml", "changed: since\n")
        without = self.run_tool("report", "show", "report.json", code=0).stdout
        self.assertIn("^^^", with_lines)
        self.assertNotIn("^^^", without)
        messages = [line for line in with_lines.splitlines() if re.match(r"\S+:\d+:\d+: ", line)]
        self.assertEqual(messages, [line for line in without.splitlines() if re.match(r"\S+:\d+:\d+: ", line)])

    def test_what_is_no_report_is_said_with_its_place(self):
        self.make(3)
        good = json.loads(self.run_tool("check", "--zone-files", "zones", *NOW, "--format", "json", "inventory.yaml").stdout)
        self.assertTrue(good["findings"])

        def broken(change):
            report = json.loads(json.dumps(good))
            change(report)
            return json.dumps(report)
        for text, message in (("", "report.json:1:1: this is not JSON"), ("{", "this is not JSON"), ("[]", "report.json is no report"),
                              ('{"schema": "rdnsgate/plan/1"}', "report.json is no report: it says rdnsgate/plan/1"),
                              ('{"schema": "rdnsgate/report/2", "findings": []}', "report.json is of another version: rdnsgate/report/2"),
                              ('{"schema": "rdnsgate/report/1"}', "tool is missing"),
                              ("[" * 100, "deep in each other"),
                              (broken(lambda r: r.pop("summary")), "summary is missing"),
                              (broken(lambda r: r["summary"].update(errors=-1)), "summary.errors is no count"),
                              (broken(lambda r: r.update(findings={})), "findings is no list"),
                              (broken(lambda r: r["findings"].append(7)), "is no object"),
                              (broken(lambda r: r["findings"][0].pop("rule")), "findings[0].rule is missing"),
                              (broken(lambda r: r["findings"][0].update(severity="fatal")), "findings[0].severity is none of error, warning, info"),
                              (broken(lambda r: r["findings"][0]["target"].update(kind="planet")), "findings[0].target.kind is none of"),
                              (broken(lambda r: r["findings"][0].update(values={"a": {}})), "findings[0].values.a is neither"),
                              (broken(lambda r: r.update(started_at="yesterday")), "started_at is no time"),
                              (broken(lambda r: r.update(shard={"number": 4, "of": 3})), "shard.number is none from 1"),
                              ("not a report, but a name: inventory.yaml", "this is not JSON")):
            self.write("report.json", text)
            for command in (["show", "report.json"], ["merge", "report.json"], ["diff", "report.json", "report.json"]):
                done = self.run_tool("report", *command, code=2)
                self.assertIn(message, done.stderr)
                self.assertEqual(done.stdout, "")
        self.assertIn("missing.json", self.run_tool("report", "show", "missing.json", code=2).stderr)

    def test_what_a_newer_version_has_added_is_passed_over(self):
        self.make(3)
        text = self.run_tool("check", "--zone-files", "zones", *NOW, "--format", "json", "inventory.yaml").stdout
        report = json.loads(text)
        report["surprise"] = {"deep": [1]}
        report["findings"][0]["surprise"] = 1
        self.write("report.json", json.dumps(report))
        self.assert_same(text, self.run_tool("report", "show", "--format", "json", "report.json", code=0).stdout, "newer")


class Reports(Folder):
    def report(self, name, vantages, findings, **more):
        finding = {"severity": "error", "status": "open", "certainty": "confirmed", "scope": "universal", "message": "m", "expected": "e",
                   "observed": "o", "clears_at": None, "location": {"path": "inventory.yaml", "line": 3, "column": 5}, "fix": ""}
        report = {"schema": "rdnsgate/report/1", "tool": {"name": "rdnsgate", "version": "0.1.0"}, "inventory": {"path": "inventory.yaml", "sha256": "a" * 64},
                  "started_at": "2027-03-01T08:00:00Z", "finished_at": "2027-03-01T08:00:00Z", "verdict": "fail",
                  "summary": {"addresses": 2, "questions": 9, "errors": 0, "warnings": 0, "infos": 0, "waived": 0, "inconclusive": 0},
                  "vantages": [{"name": v, "kind": "forward", "questions": 9, "unanswered": 1, "p50_ms": 1.5, "p99_ms": 2.5} for v in vantages],
                  "findings": [finding | {"vantages": vantages, "fingerprint": format(ord(one["rule"][0]) * 7 + int(one.pop("ip", 10)), "032x"),
                                          "target": {"kind": "address", "id": "192.0.2.10"}} | one for one in findings]} | more
        self.write(name, json.dumps(report))
        return name


class Networks(Reports):
    def merge(self, *names, code):
        return json.loads(self.run_tool("report", "merge", "--format", "json", *names, code=code).stdout)

    def test_what_both_see_is_one_finding_of_all_vantages(self):
        merged = self.merge(self.report("a.json", ["office"], [{"rule": "ptr-missing"}]), self.report("b.json", ["cloud"], [{"rule": "ptr-missing"}]), code=1)
        (finding,) = merged["findings"]
        self.assertEqual((finding["vantages"], finding["scope"]), (["office", "cloud"], "universal"))
        self.assertEqual([one["name"] for one in merged["vantages"]], ["office", "cloud"])
        self.assertEqual((merged["summary"]["questions"], merged["summary"]["errors"], merged["summary"]["addresses"]), (18, 1, 2))

    def test_what_one_does_not_see_is_isolated_unless_its_lookup_failed(self):
        a = self.report("a.json", ["office"], [{"rule": "ptr-missing"}])
        (finding,) = self.merge(a, self.report("b.json", ["cloud"], []), code=1)["findings"]
        self.assertEqual((finding["scope"], finding["vantages"]), ("isolated", ["office"]))
        failed = {"rule": "lookup-failed", "certainty": "inconclusive", "severity": "warning"}
        missing, failed = self.merge(a, self.report("b.json", ["cloud"], [failed]), code=1)["findings"][::-1]
        self.assertEqual((missing["rule"], missing["scope"], failed["certainty"]), ("ptr-missing", "universal", "inconclusive"))

    def test_a_lookup_that_failed_confirms_nothing(self):
        one = {"rule": "ptr-missing", "certainty": "inconclusive"}
        merged = self.merge(self.report("a.json", ["office"], [dict(one)]), self.report("b.json", ["cloud"], [dict(one)]), code=3)
        self.assertEqual([f["certainty"] for f in merged["findings"]], ["inconclusive"])

    def test_the_most_certain_counts(self):
        merged = self.merge(self.report("a.json", ["office"], [{"rule": "ptr-missing", "certainty": "inconclusive"}]),
                            self.report("b.json", ["cloud"], [{"rule": "ptr-missing"}]), code=1)
        self.assertEqual([f["certainty"] for f in merged["findings"]], ["confirmed"])

    def test_what_caches_show_lasts_as_long_as_the_longest(self):
        def seen(certainty, clears_at):
            return {"rule": "ptr-missing", "certainty": certainty, "clears_at": clears_at}
        early, late = "2027-03-01T09:00:00Z", "2027-03-01T11:00:00Z"
        for one, other in ((early, late), (late, early)):
            (finding,) = self.merge(self.report("a.json", ["office"], [seen("transient", one)]),
                                    self.report("b.json", ["cloud"], [seen("transient", other)]), code=0)["findings"]
            self.assertEqual((finding["certainty"], finding["clears_at"]), ("transient", late))
        for one, other in ((seen("transient", late), seen("confirmed", None)), (seen("confirmed", None), seen("transient", late))):
            (finding,) = self.merge(self.report("a.json", ["office"], [one]), self.report("b.json", ["cloud"], [other]), code=1)["findings"]
            self.assertEqual((finding["certainty"], finding["clears_at"]), ("confirmed", None))

    def test_who_has_no_answer_does_not_contradict_and_who_differs_inside_stays_so(self):
        silent = [{"name": "cloud", "kind": "forward", "questions": 9, "unanswered": 9, "p50_ms": 0, "p99_ms": 0}]
        a = self.report("a.json", ["office"], [{"rule": "ptr-missing"}])
        b = self.folder / self.report("b.json", ["cloud"], [])
        b.write_text(json.dumps(json.loads(b.read_text()) | {"vantages": silent}))
        (finding,) = self.merge(a, "b.json", code=1)["findings"]
        self.assertEqual(finding["scope"], "universal")
        isolated = self.report("b.json", ["cloud"], [{"rule": "ptr-missing", "scope": "isolated"}])
        for names in ((a, isolated), (isolated, a)):
            (finding,) = self.merge(*names, code=1)["findings"]
            self.assertEqual(finding["scope"], "isolated")

    def test_the_joined_run_lasts_from_the_first_to_the_last_and_is_in_order(self):
        def at(line):
            return {"path": "inventory.yaml", "line": line, "column": 5}
        a = self.report("a.json", ["office"], [{"rule": "ptr-missing", "location": at(9)}], started_at="2027-03-01T08:00:05Z", finished_at="2027-03-01T08:00:09Z")
        b = self.report("b.json", ["cloud"], [{"rule": "helo-missing", "location": at(2)}], started_at="2027-03-01T08:00:01Z", finished_at="2027-03-01T08:00:30Z")
        for names in ((a, b), (b, a)):
            merged = self.merge(*names, code=1)
            self.assertEqual((merged["started_at"], merged["finished_at"]), ("2027-03-01T08:00:01Z", "2027-03-01T08:00:30Z"))
            self.assertEqual([one["location"]["line"] for one in merged["findings"]], [2, 9])

    def test_zone_files_are_in_every_network(self):
        merged = self.merge(self.report("a.json", ["office", "zone files"], []), self.report("b.json", ["cloud", "zone files"], []), code=0)
        self.assertIn("zone files", [one["name"] for one in merged["vantages"]])

    def test_what_is_observed_differently_stays_apart(self):
        merged = self.merge(self.report("a.json", ["office"], [{"rule": "ptr-missing"}]),
                            self.report("b.json", ["cloud"], [{"rule": "ptr-missing", "observed": "other"}]), code=1)
        self.assertEqual([(f["vantages"], f["scope"]) for f in merged["findings"]], [(["office"], "isolated"), (["cloud"], "isolated")])

    def test_a_waiver_is_unused_that_is_so_everywhere(self):
        for rule in ("hygiene-waiver-unused", "hygiene-baseline-stale"):
            with self.subTest(rule):
                self.judge_unused({"rule": rule, "severity": "warning", "vantages": []})

    def judge_unused(self, unused):
        both = self.merge(self.report("a.json", ["office"], [dict(unused)]), self.report("b.json", ["cloud"], [dict(unused)]), code=0)
        self.assertEqual(len(both["findings"]), 1)
        one = self.merge(self.report("a.json", ["office"], [dict(unused)]), self.report("b.json", ["cloud"], []), code=0)
        self.assertEqual(one["findings"], [])

    def test_two_networks_have_vantages_of_their_own_and_one_inventory(self):
        a = self.report("a.json", ["office"], [])
        done = self.run_tool("report", "merge", a, self.report("b.json", ["office"], []), code=2)
        self.assertIn('a.json and b.json both have a vantage "office"', done.stderr)
        self.assertIn("facts merge", done.stderr)
        done = self.run_tool("report", "merge", a, self.report("b.json", ["cloud"], [], inventory={"path": "inventory.yaml", "sha256": "b" * 64}), code=2)
        self.assertIn("a.json and b.json are of different inventories", done.stderr)
        self.assertIn("has judged nothing", self.run_tool(
            "report", "merge", a, self.report("b.json", ["cloud"], [], inventory={"path": "inventory.yaml", "sha256": ""}), code=2).stderr)


class Diff(Reports):
    def diff(self, before, now, *options, code=0):
        old, new = self.report("old.json", ["one"], before), self.report("new.json", ["one"], now)
        return self.run_tool("report", "diff", old, new, *options, code=code).stdout

    def test_what_came_went_and_changed(self):
        before = [{"rule": "ptr-missing"}, {"rule": "helo-missing"}, {"rule": "spf-missing"}]
        now = [{"rule": "ptr-missing"}, {"rule": "helo-missing", "severity": "warning", "observed": "p", "status": "waived", "waiver_reason": "r",
                                        "certainty": "transient"}, {"rule": "dkim-missing", "ip": 77}]
        report = json.loads(self.diff([dict(one) for one in before], [dict(one) for one in now], "--format", "json"))
        jsonschema.validate(report, json.loads((ROOT / "schemas/report-diff.schema.json").read_text()))
        self.assertEqual(report["counts"], {"came": 1, "went": 1, "changed": 1, "same": 1})
        self.assertEqual([f["rule"] for f in report["came"] + report["went"] + report["changed"]], ["dkim-missing", "spf-missing", "helo-missing"])
        self.assertEqual(report["changed"][0]["before"], {"severity": "error", "status": "open", "certainty": "confirmed", "observed": "o"})
        text = self.diff([dict(one) for one in before], [dict(one) for one in now])
        self.assertIn("came     error: address 192.0.2.10: m [dkim-missing]\n", text)
        self.assertIn("changed  warning: address 192.0.2.10: severity error before, warning now; status open before, waived now; ", text)
        self.assertTrue(text.endswith("1 came, 1 went, 1 changed, 1 as before\n"), text)
        markdown = self.diff([dict(one) for one in before], [dict(one) for one in now], "--format", "markdown")
        for part in ("## rdnsgate: 1 came, 1 went, 1 changed, 1 as before", "### Came: 1", "### Went: 1", "### Changed: 1"):
            self.assertIn(part, markdown)

    def test_it_exits_1_only_where_that_is_asked_for(self):
        one = {"rule": "ptr-missing"}
        self.diff([dict(one)], [], code=0)
        self.diff([dict(one)], [], "--exit-code", code=1)
        self.diff([dict(one)], [dict(one)], "--exit-code", code=0)

    def test_that_the_inventories_differ_is_said(self):
        old = self.report("old.json", ["one"], [])
        new = self.report("new.json", ["one"], [], inventory={"path": "inventory.yaml", "sha256": "b" * 64})
        self.assertIn("The inventories differ: ", self.run_tool("report", "diff", old, new, code=0).stdout)
        self.assertFalse(json.loads(self.run_tool("report", "diff", "--format", "json", old, new, code=0).stdout)["same_inventory"])

    def test_hostile_text_stays_text(self):
        evil = "\x1b[2J|`<b>\n::error::x"
        text = self.diff([], [{"rule": "ptr-missing", "message": evil, "target": {"kind": "address", "id": evil}}])
        self.assertNotIn("\x1b", text)
        self.assertEqual(len(text.splitlines()), 2)
        self.assertNotIn("<b>", self.diff([], [{"rule": "ptr-missing", "message": evil}], "--format", "markdown"))


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
