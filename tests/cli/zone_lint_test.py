#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Zone lint finds at least what octoDNS's zone validators find, in zone files and octoDNS zones alike, with the line.

Each row has the records that are wrong in both formats, where the finding has to stand in each, and records like them
of which nothing may be said.

Usage: zone_lint_test.py RDNSGATE_BINARY [unittest arguments]
"""
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import offline

BINARY = None
HEAD = "$TTL 3600\n@ SOA ns1.other.example. hostmaster.other.example. 1 14400 3600 1209600 3600\n"
SERVERS = "@ NS ns1.other.example.\n@ NS ns2.other.example.\n"
INVENTORY = """version: 1
zones: [{name: mail.test, managed_by: zonefile}]
senders: [{name: mx9, helo: mx9.mail.test, addresses: [10.9.9.9]}]
rules: {hygiene-zone-without-address: off}
"""


def line_of(text, mark):
    """Of the first line that `mark` stands on."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if mark in line)


class Row:
    """`wrong` and `right` are records of mail.test, in both formats."""

    def __init__(self, rule, wrong, right):
        self.rule, self.wrong, self.right = rule, wrong, right


# octoDNS's validator, and ours. `#!` marks the line of the finding in YAML, `;!` in a zone file.
ROWS = {
    "no-cname-loop": Row(
        "zone-alias-loop",
        ("a CNAME b ;!\nb CNAME c\nc CNAME a\n",
         "a:\n  type: CNAME\n  value: b.mail.test. #!\nb: {type: CNAME, value: c.mail.test.}\nc: {type: CNAME, value: a.mail.test.}\n"),
        ("a CNAME b\nb CNAME c\nc A 192.0.2.1\n",
         "a: {type: CNAME, value: b.mail.test.}\nb: {type: CNAME, value: c.mail.test.}\nc: {type: A, value: 192.0.2.1}\n")),
    "no-cname-loop of one": Row(
        "zone-alias-loop",
        ("a CNAME a ;!\n", "a:\n  type: CNAME\n  value: a.mail.test. #!\n"),
        ("a CNAME a.mail.example.\n", "a: {type: CNAME, value: a.mail.example.}\n")),
    "no-cname-loop through an ALIAS": Row(
        "zone-alias-loop",
        ("@ ALIAS www ;!\nwww CNAME mail.test.\n", "'': {type: ALIAS, value: www.mail.test.} #!\nwww: {type: CNAME, value: mail.test.}\n"),
        ("@ ALIAS www\nwww A 192.0.2.1\n", "'': {type: ALIAS, value: www.mail.test.}\nwww: {type: A, value: 192.0.2.1}\n")),
    "cname-target-not-cname": Row(
        "zone-alias-chain",
        ("a CNAME b ;!\nb CNAME c\nc A 192.0.2.1\n",
         "a: {type: CNAME, value: b.mail.test.} #!\nb: {type: CNAME, value: c.mail.test.}\nc: {type: A, value: 192.0.2.1}\n"),
        ("a CNAME c\nb CNAME c\nc A 192.0.2.1\n",
         "a: {type: CNAME, value: c.mail.test.}\nb: {type: CNAME, value: c.mail.test.}\nc: {type: A, value: 192.0.2.1}\n")),
    "cname-target-resolvable-in-zone": Row(
        "zone-alias-dangling",
        ("a CNAME gone ;!\n", "a: {type: CNAME, value: gone.mail.test.} #!\n"),
        ("a CNAME there\nthere TXT x\n", "a: {type: CNAME, value: there.mail.test.}\nthere: {type: TXT, value: x}\n")),
    "cname-target-resolvable-in-zone of an ALIAS": Row(
        "zone-alias-dangling",
        ("@ ALIAS gone ;!\n", "'': {type: ALIAS, value: gone.mail.test.} #!\n"),
        ("@ ALIAS gone.mail.example.\n", "'': {type: ALIAS, value: gone.mail.example.}\n")),
    "cname-coexistence of an ALIAS": Row(
        "zone-alias-with-address",
        ("w ALIAS x.mail.example.\nw A 192.0.2.1 ;!\n",
         "w:\n  - {type: ALIAS, value: x.mail.example.}\n  - {type: A, value: 192.0.2.1} #!\n"),
        ("w ALIAS x.mail.example.\nw TXT x\n", "w:\n  - {type: ALIAS, value: x.mail.example.}\n  - {type: TXT, value: x}\n")),
    "mx-target-not-cname": Row(
        "zone-target-alias",
        ("m MX 10 a ;!\nm MX 20 b.mail.example.\na CNAME x.mail.example.\n",
         "a: {type: CNAME, value: x.mail.example.}\nm:\n  type: MX\n  values:\n  - {exchange: a.mail.test., preference: 10} #!\n"
         "  - {exchange: b.mail.example., preference: 20}\n"),
        ("m MX 10 a\na A 192.0.2.1\n",
         "a: {type: A, value: 192.0.2.1}\nm: {type: MX, value: {exchange: a.mail.test., preference: 10}}\n")),
    "srv-target-not-cname": Row(
        "zone-target-alias",
        ("_s._tcp SRV 0 0 1 a ;!\na CNAME x.mail.example.\n",
         "a: {type: CNAME, value: x.mail.example.}\n_s._tcp: {type: SRV, value: {port: 1, priority: 0, weight: 0, target: a.mail.test.}} #!\n"),
        ("_s._tcp SRV 0 0 0 .\n", "_s._tcp: {type: SRV, value: {port: 0, priority: 0, weight: 0, target: .}}\n")),
    "ns-target-not-cname": Row(
        "zone-target-alias",
        ("s NS a ;!\ns NS x.mail.example.\na CNAME x.mail.example.\n",
         "a: {type: CNAME, value: x.mail.example.}\ns:\n  type: NS\n  values:\n  - a.mail.test. #!\n  - x.mail.example.\n"),
        ("s NS a\ns NS x.mail.example.\na A 192.0.2.1\n",
         "a: {type: A, value: 192.0.2.1}\ns: {type: NS, values: [a.mail.test., x.mail.example.]}\n")),
    "mx-target-resolvable-in-zone": Row(
        "zone-target-without-address",
        ("m MX 10 gone ;!\n", "m: {type: MX, value: {exchange: gone.mail.test., preference: 10}} #!\n"),
        ("m MX 0 .\n*.w A 192.0.2.1\nn MX 10 x.w\n",
         "m: {type: MX, value: {exchange: ., preference: 0}}\n'*.w': {type: A, value: 192.0.2.1}\n"
         "n: {type: MX, value: {exchange: x.w.mail.test., preference: 10}}\n")),
    "srv-target-resolvable-in-zone": Row(
        "zone-target-without-address",
        ("_s._tcp SRV 0 0 1 gone ;!\n", "_s._tcp: {type: SRV, value: {port: 1, priority: 0, weight: 0, target: gone.mail.test.}} #!\n"),
        ("_s._tcp SRV 0 0 1 a\na ALIAS x.mail.example.\n",
         "_s._tcp: {type: SRV, value: {port: 1, priority: 0, weight: 0, target: a.mail.test.}}\na: {type: ALIAS, value: x.mail.example.}\n")),
    "glue-for-in-zone-ns": Row(
        "zone-glue-missing",
        ("s NS ns1.s ;!\ns NS x.mail.example.\n", "s:\n  type: NS\n  values:\n  - ns1.s.mail.test. #!\n  - x.mail.example.\n"),
        ("s NS ns1.s\ns NS x.mail.example.\nns1.s AAAA 2001:db8::1\n",
         "s: {type: NS, values: [ns1.s.mail.test., x.mail.example.]}\nns1.s: {type: AAAA, value: '2001:db8::1'}\n")),
    "glue-for-in-zone-ns beside": Row(
        "zone-glue-missing",
        ("s NS x.mail.example.\ns NS y.mail.example.\nt NS ns1.s ;!\nt NS x.mail.example.\n",
         "s: {type: NS, values: [x.mail.example., y.mail.example.]}\nt:\n  type: NS\n  values:\n  - ns1.s.mail.test. #!\n  - x.mail.example.\n"),
        ("t NS ns1.other.example.\nt NS x.mail.example.\n", "t: {type: NS, values: [ns1.other.example., x.mail.example.]}\n")),
    "multi-value-ns": Row(
        "zone-name-server-single",
        ("s NS x.mail.example. ;!\n", "s: {type: NS, value: x.mail.example.} #!\n"),
        ("s NS x.mail.example.\ns NS y.mail.example.\n", "s: {type: NS, values: [x.mail.example., y.mail.example.]}\n")),
    "dname-coexistence with NS": Row(
        "zone-dname-delegated",
        ("d DNAME mail.example. ;!\nd NS x.mail.example.\nd NS y.mail.example.\n",
         "d:\n  - {type: DNAME, value: mail.example.} #!\n  - {type: NS, values: [x.mail.example., y.mail.example.]}\n"),
        ("d DNAME mail.example.\nd A 192.0.2.1\n", "d:\n  - {type: DNAME, value: mail.example.}\n  - {type: A, value: 192.0.2.1}\n")),
    "dname-coexistence, occluded": Row(
        "zone-record-hidden",
        ("d DNAME mail.example.\nx.d TXT x ;!\ny.d TXT y\n",
         "d: {type: DNAME, value: mail.example.}\nx.d: {type: TXT, value: x} #!\ny.d: {type: TXT, value: y}\n"),
        ("d DNAME mail.example.\nxd TXT x\n", "d: {type: DNAME, value: mail.example.}\nxd: {type: TXT, value: x}\n")),
    "subzone-record": Row(
        "zone-record-hidden",
        ("x.sub A 192.0.2.1 ;!\nsub NS x.mail.example.\nsub NS y.mail.example.\n",
         "x.sub: {type: A, value: 192.0.2.1} #!\nsub: {type: NS, values: [x.mail.example., y.mail.example.]}\n"),
        ("x.sub A 192.0.2.1\nsub NS x.sub\nsub NS y.mail.example.\n",
         "x.sub: {type: A, value: 192.0.2.1}\nsub: {type: NS, values: [x.sub.mail.test., y.mail.example.]}\n")),
    "subzone-record of a zone beside": Row(
        "zone-record-hidden",
        ("x.beside TXT x ;!\n", "x.beside: {type: TXT, value: x} #!\n"),
        ("beside NS ns1.other.example.\nbeside NS ns2.other.example.\nxbeside TXT x\n",
         "beside: {type: NS, values: [ns1.other.example., ns2.other.example.]}\nxbeside: {type: TXT, value: x}\n")),
    "caa-best-practices": Row(
        "zone-caa-incomplete",
        ("c CAA 0 iodef \"mailto:x@mail.test\" ;!\n", "c: {type: CAA, value: {flags: 0, tag: iodef, value: 'mailto:x@mail.test'}} #!\n"),
        ("c CAA 0 issue \"ca.example\"\nc CAA 0 issuewild \";\"\n",
         "c:\n  type: CAA\n  values:\n  - {flags: 0, tag: issue, value: ca.example}\n  - {flags: 0, tag: issuewild, value: \\;}\n")),
    "caa-best-practices for wildcards": Row(
        "zone-caa-incomplete",
        ("c CAA 0 issue \"ca.example\" ;!\n", "c: {type: CAA, value: {flags: 0, tag: issue, value: ca.example}} #!\n"),
        ("c CAA 0 issuewild \"ca.example\"\n", "c: {type: CAA, value: {flags: 0, tag: issuewild, value: ca.example}}\n")),
    "consistent-ttl-at-name": Row(
        "zone-ttl-differs-at-name",
        ("a 60 A 192.0.2.1\na 300 AAAA 2001:db8::1 ;!\n",
         "a:\n  - {type: A, ttl: 60, value: 192.0.2.1}\n  - {type: AAAA, ttl: 300, value: '2001:db8::1'} #!\n"),
        ("a 60 A 192.0.2.1\nb 300 AAAA 2001:db8::1\n", "a: {type: A, ttl: 60, value: 192.0.2.1}\nb: {type: AAAA, ttl: 300, value: '2001:db8::1'}\n")),
    "mail: MX redundancy": Row(
        "zone-mail-incomplete",
        ("m MX 10 x.mail.example. ;!\nm TXT \"v=spf1 mx -all\"\n",
         "m:\n  - {type: MX, value: {exchange: x.mail.example., preference: 10}} #!\n  - {type: TXT, value: v=spf1 mx -all}\n"),
        ("m MX 10 x.mail.example.\nm MX 20 y.mail.example.\nm TXT \"v=spf1 mx -all\"\n",
         "m:\n  - {type: MX, values: [{exchange: x.mail.example., preference: 10}, {exchange: y.mail.example., preference: 20}]}\n"
         "  - {type: TXT, value: v=spf1 mx -all}\n")),
    "mail: SPF terminates": Row(
        "zone-mail-incomplete",
        ("m MX 10 x.mail.example.\nm MX 20 y.mail.example.\nm TXT \"v=spf1 mx ?all\" ;!\n",
         "m:\n  - {type: MX, values: [{exchange: x.mail.example., preference: 10}, {exchange: y.mail.example., preference: 20}]}\n"
         "  - {type: TXT, value: v=spf1 mx ?all} #!\n"),
        ("m TXT \"v=spf1 mx ?all\"\n", "m: {type: TXT, value: v=spf1 mx ?all}\n")),
    "mail: null MX": Row(
        "zone-mail-incomplete",
        ("m MX 0 . ;!\n", "m: {type: MX, value: {exchange: ., preference: 0}} #!\n"),
        ("m MX 0 .\nm TXT \"v=spf1 -all\"\n", "m:\n  - {type: MX, value: {exchange: ., preference: 0}}\n  - {type: TXT, value: v=spf1 -all}\n")),
}


class Estate:
    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name)
        (self.path / "zones").mkdir()
        self.write("inventory.yaml", INVENTORY)

    def write(self, name, text):
        (self.path / name).parent.mkdir(exist_ok=True)
        (self.path / name).write_text(text)

    def zone(self, origin, records, servers=SERVERS):
        self.write(f"zones/{origin}.zone", HEAD + servers + records)
        return HEAD + servers + records

    def run(self, *words):
        return subprocess.run(offline.command([BINARY, *words]), cwd=self.path, capture_output=True, text=True, check=False)

    def lint(self, *words):
        """The findings of zone rules, as JSON has them."""
        ran = self.run("lint", "--zone-files", "zones", "-f", "json", *words, "inventory.yaml")
        if ran.returncode not in (0, 1):
            raise AssertionError(ran.stderr + ran.stdout)
        return [one for one in json.loads(ran.stdout)["findings"] if one["rule"].startswith("zone-")]


def places(findings, rule):
    return [(Path(one["location"]["path"]).name, one["location"]["line"]) for one in findings if one["rule"] == rule]


class ValidatorsTest(unittest.TestCase):
    def lint(self, bind, yaml):
        """Of both formats, with a zone of its own in each."""
        both = []
        for name, text in (("mail.test.zone", HEAD + SERVERS + bind.replace(" ;!", "")),
                           ("mail.test.yaml", "---\n" + yaml.replace(" #!", ""))):
            estate = Estate()
            self.addCleanup(estate.folder.cleanup)
            estate.zone("beside.mail.test", "www A 192.0.2.77\n")
            estate.write(f"zones/{name}", text)
            both.append((name, estate.lint()))
        return both

    def test_what_octodns_finds_is_found(self):
        for validator, row in ROWS.items():
            marked = HEAD + SERVERS + row.wrong[0], "---\n" + row.wrong[1]
            for (name, findings), text, mark in zip(self.lint(*row.wrong), marked, (";!", "#!")):
                with self.subTest(validator, file=name):
                    self.assertEqual(places(findings, row.rule), [(name, line_of(text, mark))], findings)

    def test_what_is_right_is_not(self):
        for validator, row in ROWS.items():
            for name, findings in self.lint(*row.right):
                with self.subTest(validator, file=name):
                    self.assertEqual(places(findings, row.rule), [])

    def test_a_domain_that_mail_is_sent_from_is_not_told_to_say_that_there_is_none(self):
        for sent, found in (("", 2), ("domains: [{name: mail.test, via: [mx9]}, {name: m.mail.test, via: [mx9]}]\n", 0)):
            estate = Estate()
            self.addCleanup(estate.folder.cleanup)
            estate.write("inventory.yaml", INVENTORY + sent)
            estate.write("zones/mail.test.zone", HEAD + SERVERS + '@ MX 0 .\n_dmarc TXT "v=DMARC1; p=reject"\nm MX 0 .\n')
            said = [one for one in estate.lint() if one["rule"] == "zone-mail-incomplete"]
            self.assertEqual(len(said), found, said)

    def test_a_cname_beside_other_data_and_at_the_apex_is_no_zone(self):
        for bind, yaml, line in (("a CNAME b.mail.example.\na TXT x\n", "a:\n  - {type: CNAME, value: b.mail.example.}\n  - {type: TXT, value: x}\n", 6),
                                 ("@ CNAME b.mail.example.\n", "'': {type: CNAME, value: b.mail.example.}\n", 2),
                                 ("d DNAME b.mail.example.\nd CNAME c.mail.example.\n",
                                  "d:\n  - {type: DNAME, value: b.mail.example.}\n  - {type: CNAME, value: c.mail.example.}\n", 5)):
            for name, text in (("mail.test.zone", HEAD + SERVERS + bind), ("mail.test.yaml", "---\n" + yaml)):
                for command in (["lint"], ["check"]):
                    estate = Estate()
                    self.addCleanup(estate.folder.cleanup)
                    estate.write(f"zones/{name}", text)
                    ran = estate.run(*command, "--zone-files", "zones", "inventory.yaml")
                    with self.subTest(bind, file=name, command=command):
                        self.assertEqual(ran.returncode, 2, ran.stdout + ran.stderr)
                        self.assertIn(f"zones/{name}:", ran.stdout + ran.stderr)


class CoverageTest(unittest.TestCase):
    def setUp(self):
        self.estate = Estate()
        self.addCleanup(self.estate.folder.cleanup)

    def found(self, forward, reverse, rule, inventory=None):
        if inventory:
            self.estate.write("inventory.yaml", inventory)
        self.estate.zone("mail.test", forward)
        self.estate.zone("2.0.192.in-addr.arpa", reverse)
        return [(Path(one["location"]["path"]).name, one["location"]["line"], one["observed"], one["message"])
                for one in self.estate.lint() if one["rule"] == rule]

    def test_addresses_without_a_pointer_are_one_finding_for_each_range(self):
        forward = "".join(f"h{n} A 192.0.2.{n}\n" for n in (*range(10, 41), 60, 255, 0))
        found = self.found(forward, "60 PTR h60.mail.test.\n", "zone-address-without-ptr")
        self.assertEqual([one[:3] for one in found], [("mail.test.zone", 5, "192.0.2.10-192.0.2.40"),
                                                      ("mail.test.zone", 37, "192.0.2.255"), ("mail.test.zone", 38, "192.0.2.0")])
        self.assertIn("192.0.2.10-192.0.2.40: 31 addresses", found[0][3])

    def test_addresses_that_somebody_else_has_pointers_of_are_left(self):
        right = {"a wildcard of pointers": ("h A 192.0.2.1\n", "* PTR h.mail.test.\n"),
                 "a wildcard of addresses": ("*.h A 192.0.2.1\n", ""),
                 "a delegation": ("h A 192.0.2.70\n", "70 NS ns1.other.example.\n70 NS ns2.other.example.\n"),
                 "an alias": ("h A 192.0.2.70\n", "70 CNAME 70.64/26.2.0.192.in-addr.arpa.\n64/26 NS ns1.other.example.\n"),
                 "a program": ("h A 192.0.2.1\n", "* LUA PTR \"x\"\n"),
                 "glue": ("s NS ns1.s\nns1.s A 192.0.2.1\n", ""),
                 "another network": ("h A 198.51.100.1\nh AAAA 2001:db8::1\n", "")}
        for name, (forward, reverse) in right.items():
            with self.subTest(name):
                self.assertEqual(self.found(forward, reverse, "zone-address-without-ptr"), [])

    def test_what_the_inventory_declares_is_for_check(self):
        inventory = INVENTORY.replace("10.9.9.9", "192.0.2.1") + "retired: [192.0.2.2]\n"
        self.assertEqual(self.found("h A 192.0.2.1\ni A 192.0.2.2\n", "1 PTR i.mail.test.\n", "zone-address-without-ptr", inventory), [])
        self.assertEqual(self.found("h A 192.0.2.9\n", "1 PTR h.mail.test.\n", "zone-ptr-other-address", inventory), [])

    def test_pointers_whose_names_have_other_addresses(self):
        forward = "a A 192.0.2.9\nb A 192.0.2.5\nc CNAME a\nsix AAAA 2001:db8::1\n"
        found = self.found(forward, "1 PTR a.mail.test.\n2 PTR c.mail.test.\n3 PTR six.mail.test.\n5 PTR b.mail.test.\n9 PTR a.mail.test.\n",
                           "zone-ptr-other-address")
        self.assertEqual([one[:3] for one in found], [("2.0.192.in-addr.arpa.zone", 5, "192.0.2.1-192.0.2.3")])
        for right in ("1 PTR x.w.mail.test.\n", "1 PTR x.s.mail.test.\n", "1 PTR x.mail.example.\n", "1 PTR p.mail.test.\n", "x PTR a.mail.test.\n"):
            with self.subTest(right):
                more = "*.w A 192.0.2.7\ns NS ns1.other.example.\np ALIAS x.mail.example.\n"
                self.assertEqual(self.found(forward + more, right, "zone-ptr-other-address"), [])

    def test_pointers_to_names_without_any_address_are_one_finding_for_each_range(self):
        reverse = "".join(f"{n} PTR h{n}.mail.test.\n" for n in (*range(10, 41), 60))
        found = self.found("", reverse, "zone-target-without-address")
        self.assertEqual([one[:2] for one in found], [("2.0.192.in-addr.arpa.zone", 5), ("2.0.192.in-addr.arpa.zone", 36)])
        self.assertIn("192.0.2.10-192.0.2.40: the PTR records of 31 addresses", found[0][3])

    def test_octodns_and_ipv6(self):
        self.estate.write("zones/mail.test.yaml", "a:\n  type: AAAA\n  values:\n  - 2001:db8::1\n  - 2001:db8::2\n  - 2001:db8::3\n")
        self.estate.write("zones/8.b.d.0.1.0.0.2.ip6.arpa.yaml",
                          "3.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0: {type: PTR, value: a.mail.test.}\n"
                          "4.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0: {type: PTR, value: a.mail.test.}\n")
        found = self.estate.lint()
        self.assertEqual(places(found, "zone-address-without-ptr"), [("mail.test.yaml", 4)])
        self.assertEqual(places(found, "zone-ptr-other-address"), [("8.b.d.0.1.0.0.2.ip6.arpa.yaml", 2)])


class LoopsInCheckTest(unittest.TestCase):
    def test_a_loop_of_aliases_is_an_error_in_check(self):
        reverse = "9 PTR mx9.mail.test.\n"
        for name, text in (("mail.test.zone", HEAD + SERVERS + "mx9 CNAME a\na CNAME mx9\n"),
                           ("mail.test.yaml", "a: {type: CNAME, value: mx9.mail.test.}\nmx9: {type: CNAME, value: a.mail.test.}\n")):
            estate = Estate()
            self.addCleanup(estate.folder.cleanup)
            estate.write(f"zones/{name}", text)
            estate.zone("9.9.10.in-addr.arpa", reverse)
            ran = estate.run("check", "--zone-files", "zones", "-f", "json", "inventory.yaml")
            with self.subTest(name):
                findings = json.loads(ran.stdout)["findings"]
                rules = {one["rule"] for one in findings}
                self.assertIn("fcrdns-alias-loop", rules)
                self.assertIn("helo-alias-loop", rules)
                self.assertFalse({"fcrdns-temperror", "helo-lookup-failed"} & rules)
                self.assertEqual(ran.returncode, 1, ran.stdout)
                self.assertFalse([one for one in findings if one["certainty"] == "inconclusive"])


class BaseTest(unittest.TestCase):
    """The zones as they were may be broken: the change that repairs them is judged like any other."""

    def setUp(self):
        self.estate = Estate()
        self.addCleanup(self.estate.folder.cleanup)
        self.estate.zone("mail.test", "a A 192.0.2.1\nb CNAME gone\n")
        self.estate.zone("other.test", "a A 192.0.2.1\n")

    def lint(self, base):
        for name, text in base.items():
            self.estate.write(f"before/{name}", text)
        outputs = [word for kind in ("json", "sarif", "junit", "markdown", "github", "gitlab") for word in ("-o", f"{kind}=out.{kind}")]
        ran = self.estate.run("lint", "--zone-files", "zones", "--base-zone-files", "before", *outputs, "inventory.yaml")
        self.assertEqual(ran.returncode, 1, ran.stdout + ran.stderr)
        for kind in ("json", "sarif", "junit", "markdown", "github", "gitlab"):
            self.assertGreater((self.estate.path / f"out.{kind}").stat().st_size, 0, kind)
        findings = json.loads((self.estate.path / "out.json").read_text())["findings"]
        self.assertEqual(places(findings, "zone-alias-dangling"), [("mail.test.zone", 6)])
        return {one["rule"]: one["message"] for one in findings}

    def test_a_zone_of_the_base_is_broken(self):
        changed = HEAD + SERVERS + "a A 192.0.2.2\n"
        rules = self.lint({"mail.test.zone": "a MXX b\n" + changed, "other.test.zone": changed})
        self.assertIn("before/mail.test.zone:1", rules["zone-base-unreadable"])
        self.assertIn("zone-serial-not-raised", rules)  # of the other zone

    def test_a_base_that_leads_nowhere_is_a_mistake_of_whoever_named_it(self):
        for files in ({}, {"before/README": "none yet\n"}):
            for name, text in files.items():
                self.estate.write(name, text)
            ran = self.estate.run("lint", "--zone-files", "zones", "--base-zone-files", "before", "inventory.yaml")
            self.assertEqual(ran.returncode, 2, ran.stdout)

    def test_a_zone_of_the_base_is_another_one(self):
        self.assertIn("zone-base-unreadable", self.lint({"mail.test.zone": HEAD.replace("@ SOA", "elsewhere.test. SOA") +
                                                         SERVERS.replace("@", "elsewhere.test.")}))

    def test_a_base_that_is_right(self):
        rules = self.lint({f"{name}.zone": (self.estate.path / f"zones/{name}.zone").read_text() for name in ("mail.test", "other.test")})
        self.assertNotIn("zone-base-unreadable", rules)


class NamesTest(unittest.TestCase):
    def setUp(self):
        self.estate = Estate()
        self.addCleanup(self.estate.folder.cleanup)

    def test_files_named_by_an_ipv6_network(self):
        zones = {"8.b.d.0.1.0.0.2.ip6.arpa": ("db.2001.db8", "2001.db8.rev", "2001-db8.rev", "2001_db8.zone", "2001:db8::.zone", "db.2001:0db8",
                                              "8.b.d.0.1.0.0.2.ip6.arpa.zone", "8.b.d.0.1.0.0.2.ip6.arpa.rev", "db.8.b.d.0.1.0.0.2.ip6.arpa",
                                              "named.8.b.d.0.1.0.0.2", "db.2.0.0.1.0.d.b.8", "master.2001.db8", "2001.DB8.rev"),
                 "1.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa": ("2001-db8-1.rev", "db.2001.db8.1", "2001.db8.1.zone"),
                 "0.0.d.f.ip6.arpa": ("db.f.d.0.0",)}
        for origin, names in zones.items():
            for name in names:
                with self.subTest(name):
                    estate = Estate()
                    self.addCleanup(estate.folder.cleanup)
                    estate.write(f"zones/{name}", HEAD + SERVERS + "1.2.3 PTR mx1.other.example.\n")
                    found = [one for one in estate.lint() if one["rule"] == "zone-ptr-owner-no-address"]
                    self.assertEqual([one["target"]["id"] for one in found], [origin])

    def test_names_of_domains_that_look_like_groups_stay_domains(self):
        for name in ("2001.de.zone", "cafe.ee.zone", "db.2a01.ee", "face.ca.zone", "fade.cc.db"):
            with self.subTest(name):
                estate = Estate()
                self.addCleanup(estate.folder.cleanup)
                estate.write(f"zones/{name}", HEAD + SERVERS + "a CNAME gone\n")
                domain = name.removesuffix(".zone").removesuffix(".db").removeprefix("db.")
                self.assertEqual([one["target"]["id"] for one in estate.lint()], [domain])

    def test_what_the_file_says_goes_before_its_name(self):
        self.estate.write("zones/db.2001.db8", HEAD.replace("@ SOA", "9.b.d.0.1.0.0.2.ip6.arpa. SOA") + SERVERS.replace("@", "9.b.d.0.1.0.0.2.ip6.arpa.") +
                          "1.2.9.b.d.0.1.0.0.2.ip6.arpa. PTR mx1.other.example.\n")
        self.assertEqual([one["target"]["id"] for one in self.estate.lint()], ["9.b.d.0.1.0.0.2.ip6.arpa"])

    def test_each_file_that_is_passed_over_is_named_once(self):
        self.estate.zone("mail.test", "")
        for number in range(12):
            self.estate.write(f"zones/x{number:02}.test.bak", HEAD + SERVERS)
        self.estate.write("zones/README", "hello\n")
        self.estate.write("zones/production.yaml", "providers: {}\n")
        self.estate.write("zones/config.local.yaml", "providers: {}\n")
        quiet = self.estate.run("lint", "--zone-files", "zones", "inventory.yaml")
        self.assertIn("and 2 more (-v names them)", quiet.stderr)
        self.assertEqual(quiet.stderr.count("x00.test.bak"), 2)  # where, and what
        self.assertNotIn("README", quiet.stderr)
        verbose = self.estate.run("-v", "lint", "--zone-files", "zones", "inventory.yaml")
        for name in ("x11.test.bak", "README", "production.yaml", "config.local.yaml"):
            self.assertEqual(verbose.stderr.count(f"zones/{name} is not read: "), 1, verbose.stderr)
        self.assertNotIn("x00.test.bak is not read: ", verbose.stderr)


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()
