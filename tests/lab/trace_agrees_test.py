# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""`check` and `trace` say the same of signatures, proofs and keys: for each fault the same rule with the same severity and
certainty. And trust anchors, which both judge from."""
from pathlib import Path

from rdnslab import signing
from rdnslab.case import LabCase, scratch
from rdnslab.signature_world import SignatureWorld, cases

AUTHORITY = "  - {name: authority, kind: authoritative}"
RECURSIVE = "  - {name: own, kind: recursive}"
SHARED = ("deleg-open-recursor", "deleg-soa-serial-differs", "deleg-udp-unreachable", "deleg-tcp-unreachable",
          "deleg-parent-child-ns-mismatch", "deleg-data-differs", "ptr-servers-differ", "fcrdns-servers-differ")


def is_shared(rule):
    return rule.startswith("dnssec-") or rule in SHARED


def said_by_check(report, *ids):
    """(rule, severity, certainty) of what both are to say about these targets."""
    return {(f["rule"], f["severity"], f["certainty"]) for f in report["findings"]
            if f["target"]["id"] in ids and f["severity"] in ("error", "warning") and is_shared(f["rule"])}


def said_by_trace(*reports, zones=None):
    """The same, of these zones and what is below them; of all where none are named."""
    return {(f["rule"], f["severity"], f["certainty"]) for report in reports for cut in report["cuts"]
            if zones is None or any(f".{cut['zone']}".endswith(f".{zone}") for zone in zones) for f in cut["findings"]}


class Agreement(LabCase):
    PARENT_OPTIONS = ()
    CHOSEN = None

    @classmethod
    def setUpClass(cls):
        cls.world = SignatureWorld(scratch() / "world", cls.CHOSEN, cls.PARENT_OPTIONS)
        cls.addClassCleanup(cls.world.stop)
        cls.world.start()

    def traces(self, case, *options):
        """The questions that an address is judged by."""
        host = f"host.{case.forward_zone}"
        return [self.gate("trace", "--root-hints", self.world.root_hints, "--format", "json", *options, *question)
                for question in ((case.address,), (host, "AAAA"), (host, "A"))]

    def check(self, *options, vantages=AUTHORITY):
        path = self.write("inventory.yaml", self.world.inventory(vantages))
        return self.gate("check", "--format", "json", "--root-hints", self.world.root_hints, *options, path)

    def assert_agreement(self, *options):
        checked = self.check(*options)
        seen = {}
        for case in self.world.cases:
            with self.subTest(case.name):
                runs = self.traces(case, *options)
                expected = said_by_check(checked.report, case.address, case.reverse_zone, case.forward_zone)
                zones = (case.reverse_zone, case.forward_zone)
                self.assertEqual(said_by_trace(*(run.report for run in runs), zones=zones), expected, runs[0])
                faults = any(severity == "error" and certainty == "confirmed" for _, severity, certainty in expected)
                self.assertEqual(any(run.exit == 1 for run in runs), faults, runs[0])
                seen[case.name] = expected
        return seen


class Everything(Agreement):
    def test_each_fault_and_each_sound_zone(self):
        seen = self.assert_agreement("--trust-anchor", self.world.trust_anchor)
        for case in self.world.cases:
            rules = {rule for rule, _, _ in seen[case.name]}
            if case.where != "none":
                self.assertTrue(rules & {"dnssec-answer-refused", "dnssec-bogus"}, (case.name, rules))
            elif case.spoiled != "weak":
                self.assertEqual(rules - {"dnssec-island", "dnssec-nsec3-iterations"}, set(), case.name)

    def test_weak_keys(self):
        expected = {"rsa512": {("dnssec-key-small", "error")}, "rsa768": {("dnssec-key-small", "error")},
                    "rsa1024": {("dnssec-key-small", "warning")}, "rsa2048": set(),
                    "sha1": {("dnssec-algo-deprecated", "error")}, "nsec3-sha1": {("dnssec-algo-deprecated", "error")},
                    "digest-1": {("dnssec-algo-deprecated", "warning")},
                    "all": {("dnssec-algo-deprecated", "error"), ("dnssec-key-small", "warning")}}
        checked = self.check()
        for case in self.world.cases:
            if case.spoiled != "weak":
                continue
            with self.subTest(case.how):
                wanted = {(rule, severity, "confirmed") for rule, severity in expected[case.how]}
                self.assertEqual(said_by_check(checked.report, case.address, case.reverse_zone), wanted)
                self.assertEqual(said_by_trace(self.traces(case)[0].report), wanted)

    def test_a_trust_anchor_decides(self):
        """Another key than the root's makes all of it bogus."""
        sound = next(case for case in self.world.cases if case.where == "none" and case.spoiled == "AAAA")
        other = signing.ds_record(signing.make_key(self.folder, "."))
        wrong = self.write("wrong.ds", other)
        self.assertNotIn("dnssec-bogus", {rule for rule, _, _ in self.said_of(sound)})
        self.assertIn(("dnssec-bogus", "error", "confirmed"), self.said_of(sound, "--trust-anchor", wrong))
        run = self.gate("trace", "--root-hints", self.world.root_hints, "--format", "json", "--trust-anchor", wrong,
                        sound.address)
        self.assertEqual(run.exit, 1, run)
        self.assertEqual([(c["fault"], c["detail"]) for c in run.report["cuts"][0]["complaints"]],
                         [("chain-broken", "no DNSKEY record of . fits the trust anchor")], run)
        self.assertEqual({cut["trust"] for cut in run.report["cuts"]}, {"broken"}, run)

    def test_an_anchor_of_an_island_makes_it_none(self):
        """A signed zone without a DS record counts as unsigned, unless its keys are known otherwise (RFC 4035 §4.4)."""
        for case in self.world.cases:
            if not case.how.endswith("island"):
                continue
            keys = [self.world.keys[zone] for zone in (case.reverse_zone, case.forward_zone)]
            forms = {"ds": map(signing.ds_record, keys), "dnskey": (Path(f"{key}.key").read_text() for key in keys)}
            for form, texts in forms.items():
                anchors = self.write(f"{case.how}.{form}", self.world.trust_anchor.read_text() + "".join(texts))
                with self.subTest(case.how, form=form):
                    self.assert_island(case, anchors)

    def assert_island(self, case, anchors):
        refused = [("dnssec-answer-refused", "error", "confirmed")] if case.how == "broken-island" else []
        island = {("dnssec-island", "warning", "confirmed")}
        for vantages in (AUTHORITY, f"{AUTHORITY}\n{RECURSIVE}"):
            self.assertEqual(self.said_of(case, "--trust-anchor", self.world.trust_anchor, vantages=vantages), island)
            self.assertEqual(self.said_of(case, "--trust-anchor", anchors, vantages=vantages), set(refused))
        trace = self.gate("trace", "--root-hints", self.world.root_hints, "--format", "json", "--trust-anchor", anchors,
                          case.address)
        self.assertEqual((trace.exit, said_by_trace(trace.report)), (1 if refused else 0, set(refused)), trace)
        self.assertEqual(trace.report["cuts"][-1]["trust"], "secure", trace)
        faults = {c["fault"] for c in trace.report["cuts"][-1]["complaints"] if c["weight"] == "fault"}
        self.assertEqual(faults, {"signature-broken"} if refused else set(), trace)
        text = self.gate("trace", "--root-hints", self.world.root_hints, "--trust-anchor", anchors, case.address).out
        self.assertIn("DNSKEY without DS: trusted by a trust anchor", text)

    def test_an_anchor_of_nothing_here(self):
        """One that covers nothing here makes everything count as unsigned."""
        other = signing.ds_record(signing.make_key(self.folder, "."))
        elsewhere = self.write("elsewhere.ds", other.replace(".", "corp.test.", 1))
        self.assertEqual(self.said_of(self.world.cases[1], "--trust-anchor", elsewhere) & {
            ("dnssec-answer-refused", "error", "confirmed")}, set())

    def said_of(self, case, *options, vantages=AUTHORITY):
        return said_by_check(self.check(*options, vantages=vantages).report, case.address, case.reverse_zone, case.forward_zone)

    def test_an_anchor_that_cannot_be_read_is_refused(self):
        for name, text in (("empty", ""), ("others", ". IN A 192.0.2.1\n")):
            path = self.write(name, text)
            self.assertEqual(self.check("--trust-anchor", path).exit, 2)
            run = self.gate("trace", "--root-hints", self.world.root_hints, "--trust-anchor", path, "192.0.2.1")
            self.assertEqual(run.exit, 2, run)
            self.assertIn("trust anchor", run.err)


class OptOut(Agreement):
    """Below zones that deny with NSEC3 and leave out what is not signed."""
    PARENT_OPTIONS = ("-n", "-p")
    CHOSEN = [case.number for case in cases() if case.how in ("sound", "stripped") or (case.spoiled == "DS" and case.how in
              ("broken", "missing")) or (case.spoiled, case.how) == ("PTR", "island")]

    def test_delegations(self):
        seen = self.assert_agreement("--trust-anchor", self.world.trust_anchor)
        for case in self.world.cases:
            refused = {rule for rule, _, _ in seen[case.name]} & {"dnssec-answer-refused", "dnssec-bogus"}
            self.assertEqual(bool(refused), case.where != "none", (case.name, seen[case.name]))
