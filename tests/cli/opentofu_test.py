#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""The files for OpenTofu of a plan: copied one over the other, each makes the changes of its phase and no other.

Usage: opentofu_test.py RDNSGATE_BINARY [unittest arguments]
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import offline

BINARY = None
TYPES = {"A": ("dns_a_record_set", "addresses"), "AAAA": ("dns_aaaa_record_set", "addresses"), "TXT": ("dns_txt_record_set", "txt"),
         "CNAME": ("dns_cname_record", "cname"), "NS": ("dns_ns_record_set", "nameservers"), "PTR": ("dns_ptr_record", "ptr")}
BLOCK = re.compile(r'(resource "(?P<type>[a-z_]+)" "(?P<label>[a-z0-9_-]+)"|import) \{\n(?P<body>(?:  .*\n)*)\}\n|#.*\n')

ZONES = {
    "mail.example": "n0 IN A 192.0.2.10\nn0 IN TXT \"v=spf1 a -all\"\nn2 IN A 192.0.2.12\nn2 IN A 198.51.100.7\n",
    "2.0.192.in-addr.arpa": "10 IN PTR n0.mail.example.\n12 IN PTR n2.mail.example.\n",
}


def zone(name, records):
    return (f"$ORIGIN {name}.\n$TTL 86400\n@ IN SOA ns.else.example. root.else.example. 1 14400 3600 1209600 3600\n"
            f"@ IN NS ns1.else.example.\n@ IN NS ns2.else.example.\n{records}")


def read(text):
    """Resources (their address to attributes) and what is imported."""
    resources, imports, at = {}, {}, 0
    while at < len(text):
        match = BLOCK.match(text, at)
        if not match:
            raise ValueError(f"no block at {text[at:at + 60]!r}")
        at = match.end()
        if match["body"] is None:
            continue
        attributes = dict(re.fullmatch(r"  (\w+) += (.*)", line).groups() for line in match["body"].splitlines())
        if match["type"] is None:
            imports[attributes["to"]] = json.loads(attributes["id"])
            continue
        address = f"{match['type']}.{match['label']}"
        assert address not in resources
        resources[address] = {name: json.loads(value) for name, value in attributes.items()}
    return resources, imports


def as_records(resources):
    """(name, type) to (TTL, values), as a plan has them."""
    types = {resource: kind for kind, (resource, _) in TYPES.items()}
    records = {}
    for address, found in resources.items():
        kind = types[address.split(".")[0]]
        values = found[TYPES[kind][1]]
        name = ".".join(filter(None, (found.get("name"), found["zone"].removesuffix("."))))
        records[name, kind] = (found["ttl"], sorted(values if isinstance(values, list) else [values]))
    return records


def after(records, steps, side="after"):
    records = dict(records)
    for step in steps:
        if step["type"] == "SOA":  # by hand
            continue
        key = step["owner"], step["type"]
        records.pop(key, None)
        if step[side]:
            records[key] = (step[side]["ttl"], sorted(json.loads(data) if step["type"] == "TXT" else data for data in step[side]["rdata"]))
    return records


class Estate(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        (self.folder / "zones").mkdir()
        for name, records in ZONES.items():
            (self.folder / f"zones/{name}.zone").write_text(zone(name, records))

    def plan(self, managed_by="nsupdate"):
        head = "version: 1\nzones:\n" + "".join(f"  - {{name: {name}, managed_by: {managed_by}}}\n" for name in ZONES)
        tail = "rules: {addr-documentation: off}\n"
        senders = "senders:\n  - {name: a, helo: n%d.mail.example, addresses: [192.0.2.10]}\n"
        (self.folder / "before.yaml").write_text(head + senders % 0 + "  - {name: b, helo: n2.mail.example, addresses: [192.0.2.12]}\n" + tail)
        (self.folder / "after.yaml").write_text(head + senders % 1 + "  - {name: b, helo: n2.mail.example, addresses: [192.0.2.22]}\nretired: [192.0.2.12]\n" + tail)
        done = self.run_it("plan", "--base", "before.yaml", "--zone-files", "zones", "-o", "change", "after.yaml")
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads((self.folder / "change/plan.json").read_text())

    def run_it(self, *arguments):
        return subprocess.run(offline.command([BINARY, *arguments]), cwd=self.folder, capture_output=True, text=True, timeout=60, check=False)


class OpenTofu(Estate):
    def test_each_file_makes_the_changes_of_its_phase(self):
        plan = self.plan()
        files = {path.parent.name: path.read_text() for path in (self.folder / "change").glob("*/opentofu.tf")}
        first, imports = read(files["00-preflight"])
        records = as_records(first)
        before = {}
        for phase in reversed(plan["phases"]):
            before = after(before, phase["steps"], "before")
        self.assertEqual(records, before)
        # Everything is taken over under its own name before anything is changed.
        self.assertEqual(set(imports), set(first))
        self.assertEqual({name for name in imports.values()}, {f"{name}." for name, _ in records})
        seen = 0
        for number, phase in enumerate(plan["phases"]):
            name = f"{number:02}-{phase['id']}"
            self.assertEqual(name in files, number == 0 or bool(phase["steps"]), name)
            if number == 0 or not phase["steps"]:
                continue
            now, imported = read(files[name])
            self.assertEqual(imported, {})
            records = after(records, phase["steps"])
            self.assertEqual(as_records(now), records)
            back, _ = read((self.folder / "change" / name / "rollback/opentofu.tf").read_text())
            self.assertEqual(as_records(back), after(records, phase["rollback"]))
            seen += 1
        self.assertGreater(seen, 4)

    def test_a_reader_of_its_own_takes_them(self):
        program = shutil.which("tofu") or shutil.which("terraform")
        if not program:
            self.skipTest("neither OpenTofu nor Terraform is here; the strict reader above has judged")
        self.plan()
        for path in (self.folder / "change").rglob("opentofu.tf"):
            done = subprocess.run(offline.command([program, "fmt", "-check", "-diff", "-"]), input=path.read_text(), capture_output=True, text=True, timeout=60,
                                  check=False, env={**os.environ, "CHECKPOINT_DISABLE": "1"}, cwd=self.folder)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_zones_of_others_are_not_in_them(self):
        self.plan("ticket")
        self.assertEqual(list((self.folder / "change").rglob("opentofu.tf")), [])

    def test_next_is_the_file_of_the_next_phase(self):
        plan = self.plan()
        done = self.run_it("rollout", "next", "--zone-files", "zones", "-f", "opentofu", "change/plan.json")
        self.assertEqual(done.returncode, 0, done.stderr)
        phase = next(number for number, phase in enumerate(plan["phases"]) if phase["steps"])
        self.assertEqual(done.stdout, (self.folder / f"change/{phase:02}-{plan['phases'][phase]['id']}/opentofu.tf").read_text())
        (self.folder / "zones/mail.example.zone").write_text(zone("mail.example", ZONES["mail.example"].replace("n2 IN A 198", "n2 IN A 203")))
        self.assertEqual(self.run_it("rollout", "next", "--zone-files", "zones", "-f", "opentofu", "change/plan.json").stdout, "")


class Next(Estate):
    """What can be applied now, in every form that a plan has."""

    def test_every_format(self):
        self.plan()
        next_ = ["rollout", "next", "--zone-files", "zones", "change/plan.json"]
        for name, part in {"auto": "update delete", "text": "lower-ttl", "markdown": "lower-ttl", "html": "<html", "ics": "BEGIN:VCALENDAR", "json": '"phases"',
                           "nsupdate": "update delete", "zonefile": "10.2.0.192.in-addr.arpa. 300 IN PTR", "octodns": 'type: PTR', "dnscontrol": "D_EXTEND(", "opentofu": "resource "}.items():
            done = self.run_it(*next_, "-f", name)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn(part, done.stdout, name)
            self.assertNotIn("remove-old", done.stdout, name)
        self.assertEqual(self.run_it(*next_, "-f", "ticket").stdout, "")
        phases = json.loads(self.run_it(*next_, "-f", "json").stdout)["phases"]
        self.assertEqual([phase["id"] for phase in phases], ["lower-ttl"])
        done = self.run_it(*next_, "-f", "opentofuu")
        self.assertEqual(done.returncode, 2)
        self.assertIn("opentofu", done.stderr)

    def test_zone_files_are_patched_step_by_step(self):
        plan = self.plan("zonefile")
        applied = []
        for hour in range(0, 400, 2):
            now = f"2030-01-{1 + hour // 24:02}T{hour % 24:02}:00:00Z"
            state = ["--state", "state.json", "--now", now, "--zone-files", "zones", "change/plan.json"]
            done = self.run_it("rollout", "next", *state)
            if not done.stdout.startswith("# rdnsgate plan"):  # too early, or up to hosts
                waiting = json.loads(self.run_it("rollout", "status", "-f", "json", *state).stdout)
                if waiting["verdict"] == "complete":
                    break
                for phase in waiting["phases"]:
                    if waiting["verdict"] == "ready" and phase["state"] == "next":
                        self.run_it("rollout", "status", "--done", phase["id"], *state)
                continue
            applied += re.findall(r"^# rdnsgate plan \w+, phase \d+ ([a-z0-9-]+),", done.stdout, re.M)
            tool = subprocess.run(["git", "apply", "--whitespace=nowarn", "-"], input=done.stdout, cwd=self.folder, capture_output=True, text=True, check=False)
            self.assertEqual(tool.returncode, 0, tool.stderr + done.stdout)
        wanted = [phase["id"] for phase in plan["phases"] if phase["steps"]]
        self.assertEqual(sorted(set(applied)), sorted(wanted))
        done = self.run_it("plan", "--zone-files", "zones", "-f", "json", "after.yaml")
        self.assertEqual(json.loads(done.stdout)["phases"], [], done.stderr)


def main():
    global BINARY
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)


if __name__ == "__main__":
    main()
