#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""5,000 addresses with 400 faults of three causes fit a screen, and nothing is left out of what machines read.

Usage: answer_test.py RDNSGATE_BINARY [unittest arguments]
"""
import ipaddress
import json
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import offline

BINARY = None
SOA = ("$TTL 3600\n@ SOA ns.mail.example. hostmaster.mail.example. 1 7200 1800 1209600 300\n@ NS ns.mail.example.\n")
ENTRY = re.compile(r"^(\S+):(\d+):(\d+): (\w+): (\d+) (\w+): (.*) \[([a-z0-9-]+)\]$")
SCREEN = 50  # lines


def fault_of(net, host):
    """134 reverse records are missing, 133 name hosts of another zone, and 135 names have no address."""
    if net in (2, 3) and host < 67:
        return "missing"
    if net == 7 and 100 <= host < 233:
        return "elsewhere"
    return "no address" if net in (11, 12, 13) and host % 5 == 0 and host < 222 else ""


def estate(folder):
    """Returns the faulty addresses by fault."""
    faults, zones, senders, forward = {}, [], [], [SOA, "ns A 192.0.2.53\n"]
    (folder / "zones").mkdir()
    for net in range(20):
        zone = f"{net}.1.10.in-addr.arpa"
        zones.append(f"  - {{name: {zone}, managed_by: zonefile, owner: network}}\n")
        senders.append(f'  - {{name: pool{net}, owner: post, helo: "{{ptr}}", addresses: [{{range: 10.1.{net}.0-10.1.{net}.249, '
                       'ptr: "out-{3}-{4}.mail.example"}]}\n')
        pointers = [SOA]
        for host in range(250):
            fault = fault_of(net, host)
            faults.setdefault(fault, []).append(f"10.1.{net}.{host}")
            where = "old" if fault == "elsewhere" else "mail"
            if fault != "missing":
                pointers.append(f"{host} PTR out-{net}-{host}.{where}.example.\n")
            if fault != "no address":
                forward.append(f"out-{net}-{host} A 10.1.{net}.{host}\n")
        (folder / "zones" / f"{zone}.zone").write_text("".join(pointers))
    (folder / "zones/mail.example.zone").write_text("".join(forward))
    (folder / "zones/old.example.zone").write_text(SOA + "".join(f"out-7-{n} A 10.1.7.{n}\n" for n in range(100, 233)))
    (folder / "inventory.yaml").write_text(
        "version: 1\nzones:\n  - {name: mail.example, managed_by: zonefile, owner: post}\n" + "".join(zones) + "senders:\n" +
        "".join(senders) + "rules: {addr-not-global: off, addr-network-or-broadcast: off, deleg-soa-timers: off}\n")
    return faults


def addresses_in(text):
    """Those of ranges such as 10.1.2.0-10.1.2.66."""
    found = []
    for first, last in re.findall(r"(\d+\.\d+\.\d+\.\d+)(?:-(\d+\.\d+\.\d+\.\d+))?", text):
        begin, end = int(ipaddress.ip_address(first)), int(ipaddress.ip_address(last or first))
        found += [str(ipaddress.ip_address(n)) for n in range(begin, end + 1)]
    return found


class Answer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.faults = estate(Path(cls.folder.name))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def check(self, *options):
        done = subprocess.run(offline.command([BINARY, "check", "--now", "2026-12-01T00:00:00Z", "--zone-files", "zones", *options]),
                              cwd=self.folder.name, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 1, done.stderr)
        return done.stdout

    def test_it_fits_a_screen_and_says_which_addresses(self):
        text = self.check()
        lines = text.splitlines()
        self.assertLessEqual(len(lines), SCREEN, text)
        entries = [(i, ENTRY.match(line)) for i, line in enumerate(lines) if ENTRY.match(line)]
        by_rule = {entry[8]: (int(entry[5]), i) for i, entry in entries}
        for rule, fault in (("ptr-missing", "missing"), ("ptr-mismatch", "elsewhere"), ("fcrdns-no-forward", "no address")):
            with self.subTest(rule):
                count, at = by_rule[rule]
                self.assertEqual(count, len(self.faults[fault]))
                listed = next(line for line in lines[at + 1:] if re.match(r"    \d+\.", line))
                more = re.search(r" and (\d+) more$", listed)
                wanted = self.faults[fault]
                got = addresses_in(listed)
                self.assertEqual(got, wanted[:len(got)] if more else wanted)
                if more:
                    self.assertEqual(len(got) + int(more[1]), len(wanted))

    def test_what_follows_stands_under_its_cause(self):
        text = self.check()
        self.assertNotRegex(text, r"(?m)^\S.*\[helo-unresolvable\]$")
        self.assertRegex(text, r"(?m)^    so also: 135 errors: .* \[helo-unresolvable\]$")

    def test_machines_get_each_and_the_last_line_counts_all(self):
        report = json.loads(self.check("-f", "json"))
        errors = sum(1 for finding in report["findings"] if finding["severity"] == "error")
        self.assertGreater(errors, 600)
        for options in ((), ("--group-by", "none"), ("--only", "ptr"), ("--max-findings", "1"), ("--level", "error"), ("--statistics",)):
            with self.subTest(options):
                self.assertRegex(self.check(*options).splitlines()[-1], rf"^fail: {errors} errors, ")
        each = self.check("--group-by", "none", "-q").splitlines()
        self.assertEqual(len(each), len(report["findings"]))
        self.assertEqual(json.loads(self.check("-f", "json", "--only", "ptr", "--max-findings", "1"))["findings"], report["findings"])

    def test_statistics_add_up(self):
        rows = re.findall(r"(?m)^ +(\d+)  (\w+) +([a-z0-9-]+) ", self.check("--statistics"))
        report = json.loads(self.check("-f", "json"))
        counted = {}
        for finding in report["findings"]:
            counted[finding["rule"]] = counted.get(finding["rule"], 0) + 1
        self.assertEqual({rule: int(count) for count, _, rule in rows}, counted)

    def test_annotations_are_few_and_stand_in_the_zone_files(self):
        said = self.check("-f", "github").splitlines()
        errors = [line for line in said if line.startswith("::error")]
        self.assertLessEqual(len(errors), 10)
        self.assertTrue(any("file=zones/7.1.10.in-addr.arpa.zone,line=104," in line for line in errors), errors)
        self.assertTrue(any("(and 133 more of this cause)" in line for line in errors), errors)


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
