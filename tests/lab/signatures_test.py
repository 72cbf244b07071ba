# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Signatures of the very sets that an address is judged by: what validators refuse is found by whoever asks the name
servers, beside any other vantage."""
from rdnslab.case import LabCase, scratch
from rdnslab.signature_world import REFUSED_KEYS, SignatureWorld

AUTHORITY = "  - {name: authority, kind: authoritative}"
RECURSIVE = "  - {name: own, kind: recursive}"
BOTH = f"{AUTHORITY}\n{RECURSIVE}"
RULES = {"dnssec-answer-refused", "dnssec-bogus"}

WORDS = {"missing": "has no signature", "broken": "does not fit it", "expired": "has expired",
         "removed": "nothing proves that there is no"}


class Signatures(LabCase):
    @classmethod
    def setUpClass(cls):
        cls.world = SignatureWorld(scratch() / "world")
        cls.addClassCleanup(cls.world.stop)
        cls.world.start()

    def check(self, vantages, declared=True):
        path = self.write("inventory.yaml", self.world.inventory(vantages, declared))
        return self.gate("check", "--format", "json", "--root-hints", self.world.root_hints, "--trust-anchor",
                         self.world.trust_anchor, path)

    @staticmethod
    def said_of(run, case):
        ids = {case.address, case.reverse_zone, case.forward_zone}
        return [f for f in run.report["findings"] if f["target"]["id"] in ids and f["rule"] in RULES
                and f["certainty"] == "confirmed" and f["severity"] == "error"]

    def judge(self, run, case):
        said = self.said_of(run, case)
        if case.where == "none":
            self.assertEqual(said, [], run.about(case.address))
            return
        self.assertTrue(said, run.about(case.address))
        text = "\n".join(f["message"] for f in said)
        if case.in_parent:
            word = "nothing proves that there is no DS" if case.how in ("removed", "stripped") else WORDS[case.how]
            self.assertIn(word, text)
            if case.where == "one":
                self.assertIn("parents2.nic (127.0.7.5)", text)
            self.assertEqual("dnssec-answer-refused" in {f["rule"] for f in said}, case.where == "all", text)
            return
        # Nobody's keys are trusted where all of the zone's are spoiled.
        if case.spoiled != "DNSKEY" or case.where == "one":
            self.assertIn("nothing proves that a wildcard may" if case.spoiled == "wildcard" else WORDS[case.how], text)
            self.assertIn("second.nic (127.0.7.4)", text)
            self.assertEqual("first.nic (127.0.7.3)" in text, case.where == "all", text)
        if case.spoiled != "DNSKEY" or case.where == "all":
            self.assertIn("dnssec-answer-refused", {f["rule"] for f in said})

    def test_every_spoiled_set_is_found_with_and_without_recursion_beside(self):
        for vantages in (AUTHORITY, BOTH):
            run = self.check(vantages)
            self.assertEqual(run.exit, 1, run)
            for case in self.world.cases:
                with self.subTest(case.name, vantages=vantages):
                    self.judge(run, case)

    def test_zones_that_nobody_declared_are_judged_too(self):
        run = self.check(AUTHORITY, declared=False)
        for case in self.world.cases:
            if case.spoiled not in ("DNSKEY", "DS", "no-DS") or case.where != "one":  # a matter of the zone, not of the address
                with self.subTest(case.name):
                    self.judge(run, case)

    def test_recursion_alone_finds_nothing_wrong_that_holds(self):
        """What our own judgement is held against: libunbound's."""
        run = self.check(RECURSIVE)
        for case in self.world.cases:
            with self.subTest(case.name):
                bogus = [f for f in run.report["findings"] if "bogus" in f["message"] and f["target"]["id"] in
                         (case.address, case.reverse_zone, case.forward_zone)]
                # Nothing is said of a failed question for the other family of the HELO name.
                if case.where == "all" and case.spoiled not in ("A", "no-A"):
                    self.assertTrue(bogus, run.about(case.address))
                if case.where == "none":
                    self.assertEqual(bogus, [], run.about(case.address))

    def test_a_trace_says_the_same(self):
        """Of the one question that it asks, where it has a record for an answer."""
        for case in self.world.cases:
            if case.where != "none" and case.spoiled not in ("PTR", "AAAA", "A", "DNSKEY"):
                continue
            host = f"host.{case.forward_zone}"
            question = {"AAAA": (host, "AAAA"), "A": (host, "A"), "no-A": (host, "A")}.get(case.spoiled, (case.address,))
            with self.subTest(case.name):
                run = self.gate("trace", "--root-hints", self.world.root_hints, "--format", "json", *question)
                refused = case.where != "none" or (case.spoiled == "weak" and case.how in REFUSED_KEYS)
                self.assertEqual(run.exit, 1 if refused else 0, run)

    def test_a_snapshot_tells_the_same(self):
        path = self.write("inventory.yaml", self.world.inventory(AUTHORITY))
        live = self.gate("check", "--format", "json", "--root-hints", self.world.root_hints, "--record", "facts.gz", path)
        again = self.gate("check", "--format", "json", "--replay", "facts.gz", path)
        self.assertEqual((again.exit, again.findings("error")), (live.exit, live.findings("error")))
