# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""`rdnsgate check` against real servers says what the zones say, whichever way it asks."""
import json

from rdnslab import inventories as inv
from rdnslab.case import WorldCase

# Faults as the zones have them: what must be found, each at its target. No other error or warning may be.
FINDINGS = {
    ("192.0.2.20", "ptr-mismatch"),
    ("2001:db8::21", "fcrdns-no-forward"),
    ("192.0.2.22", "ptr-missing"),
    ("mute", "helo-unresolvable"),
    ("mute", "helo-ptr-mismatch"),
    ("192.0.2.24", "fcrdns-mismatch"),
    ("198.51.100.11", "ptr-missing"),
    ("198.51.100.11", "deleg-2317-missing-cname"),
    ("198.51.100.12", "ptr-cname-dangling"),
}


class Unsigned(WorldCase):
    def check(self, vantages, *senders, options=()):
        path = self.write("inventory.yaml", inv.inventory(vantages, *senders))
        return self.gate("check", "--format", "json", *options, path)

    def ways(self):
        """How the DNS is asked: a name, vantages, options."""
        yield "recursive", inv.RECURSIVE, self.private_root()
        yield "authoritative", inv.AUTHORITATIVE, self.private_root()
        yield "forward", inv.FORWARD, []
        yield "zone files", inv.RECURSIVE, ["--zone-files", self.world.zone_files()]

    def test_right_inventory_passes(self):
        for way, vantages, options in self.ways():
            with self.subTest(way):
                run = self.check(vantages, inv.OWN, inv.CLASSLESS, options=options)
                self.assertEqual(run.exit, 0, run)
                self.assertEqual(run.report["verdict"], "pass")
                self.assertEqual(run.findings("error", "warning"), set(), run)
                self.assertEqual(sum(v["unanswered"] for v in run.report["vantages"]), 0, run)

    def test_seeded_faults_and_no_others_are_found(self):
        for way, vantages, options in self.ways():
            with self.subTest(way):
                run = self.check(vantages, inv.OWN, inv.CLASSLESS, inv.FAULTS, options=options)
                self.assertEqual(run.exit, 1, run)
                self.assertEqual(run.findings("error", "warning"), FINDINGS, run)
                certainties = {f["certainty"] for f in run.report["findings"] if f["severity"] == "error"}
                self.assertEqual(certainties, {"confirmed"}, run)

    def test_two_runs_differ_only_in_times(self):
        def without_times(report):
            for key in ("started_at", "finished_at"):
                del report[key]
            for vantage in report["vantages"]:
                del vantage["p50_ms"], vantage["p99_ms"]
            for finding in report["findings"]:
                del finding["clears_at"]
            return json.dumps(report)

        for way, vantages, options in self.ways():
            with self.subTest(way):
                first, second = (self.check(vantages, inv.OWN, inv.CLASSLESS, inv.FAULTS, options=options) for _ in range(2))
                self.assertEqual(without_times(first.report), without_times(second.report))

    def test_authoritative_server_confirms_alone(self):
        run = self.check(inv.PRIMARY, inv.OWN)
        self.assertEqual(run.exit, 0, run)

    def test_lone_resolver_confirms_nothing(self):
        run = self.check(inv.LONE_FORWARD, inv.OWN, inv.CLASSLESS, inv.FAULTS)
        self.assertEqual(run.exit, 3, run)
        errors = [f for f in run.report["findings"] if f["severity"] == "error"]
        self.assertEqual({f["certainty"] for f in errors}, {"inconclusive"}, run)

    def test_private_root_named_in_the_inventory(self):
        self.write("hints", self.world.root_hints.read_text())
        keys = "root_hints: hints"
        if self.signed:
            self.write("anchor", self.world.trust_anchor.read_text())
            keys += ", trust_anchor: anchor"
        run = self.check(f"  - {{name: own, kind: recursive, {keys}}}", inv.OWN, inv.CLASSLESS)
        self.assertEqual(run.exit, 0, run)


class Signed(Unsigned):
    signed = True

    def test_bogus_answer_is_never_missing(self):
        for way, vantages, options in self.ways():
            if way not in ("recursive", "forward"):  # the others validate nothing
                continue
            with self.subTest(way):
                run = self.check(vantages, inv.OWN, inv.BROKEN, options=options)
                self.assertEqual(run.exit, 3, run)
                found = [f for f in run.report["findings"] if f["target"]["id"] == "203.0.113.20"]
                self.assertEqual([(f["rule"], f["certainty"]) for f in found], [("ptr-lookup-failed", "inconclusive")], run)
                self.assertIn("bogus", found[0]["message"])
