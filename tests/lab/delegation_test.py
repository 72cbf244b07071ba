# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Declared zones whose delegation or signatures are broken, each in one way, walked to and judged."""
from rdnslab.case import LabCase, scratch
from rdnslab.fault_world import AUTHORITIES, SIGNATURES, FaultWorld

# All of these zones are given the NS records of another server by their own, which does not hold them: what is wrong
# beside that is all that counts.
OTHERS = frozenset({"deleg-parent-child-ns-mismatch"})
HELD_BY_OTHERS = OTHERS | {"deleg-lame"}

# Every error and warning about each zone, at a vantage that asks who holds it.
EXPECTED = {
    "signed": frozenset(),
    "unsigned": frozenset(),
    "signed-and-missing": frozenset(),
    "bogus": frozenset(),  # one record of it
    "expired": frozenset({"dnssec-rrsig-expired", "dnssec-bogus"}),
    "not-yet-valid": frozenset({"dnssec-rrsig-not-yet-valid", "dnssec-bogus"}),
    "ds-without-dnskey": frozenset({"dnssec-ds-unsigned-zone", "dnssec-bogus"}),
    "ds-of-another-key": frozenset({"dnssec-ds-no-dnskey", "dnssec-bogus"}),
    "dnskey-missing": frozenset({"dnssec-ds-unsigned-zone", "dnssec-bogus"}),
    "signature-missing": frozenset(),  # one record of it
    "denial-without-proof": frozenset({"dnssec-denial-broken"}),
    "lame-refused": frozenset({"deleg-lame"}),
    "lame-servfail": frozenset({"deleg-lame"}),
    "lame-nodata": frozenset({"deleg-lame"}),
    "upward-referral": frozenset({"deleg-lame", "deleg-upward-referral"}),
    "one-of-two-silent": HELD_BY_OTHERS | {"deleg-udp-unreachable"},
    "all-silent": frozenset({"deleg-udp-unreachable", "deleg-ns-same-prefix"}),
    "no-server-at-all": frozenset({"deleg-udp-unreachable"}),
    "formerr-to-edns": HELD_BY_OTHERS | {"deleg-edns-broken"},
    "edns-version-dropped": HELD_BY_OTHERS | {"deleg-edns-broken"},
    "edns-version-formerr": HELD_BY_OTHERS | {"deleg-edns-broken"},
    "edns-version-ignored": HELD_BY_OTHERS | {"deleg-edns-broken"},
    "truncated-tcp-closed": frozenset({"deleg-tcp-unreachable"}),
    "wrong-id": frozenset({"deleg-udp-unreachable"}),
    "wrong-source": HELD_BY_OTHERS | {"deleg-udp-unreachable"},
    "glue-that-disagrees": frozenset({"deleg-lame"}),
    "aaaa-dropped": HELD_BY_OTHERS | {"deleg-aaaa-dropped"},
    "letters-changed": HELD_BY_OTHERS | {"deleg-case-0x20"},
    "serial-behind": HELD_BY_OTHERS | {"deleg-soa-serial-differs"},
    "open-recursor": HELD_BY_OTHERS | {"deleg-open-recursor"},
}

# What a lame server is said to have answered.
SAID = {
    "lame-refused": "ns0.lame-refused.nic (127.0.5.52): REFUSED",
    "lame-servfail": "ns0.lame-servfail.nic (127.0.5.56): SERVFAIL",
    "lame-nodata": "ns0.lame-nodata.nic (127.0.5.60): it answers that there is no such zone",
    "upward-referral": "ns0.upward-referral.nic (127.0.5.64): it refers to .",
    "one-of-two-lame": "ns0.one-of-two-lame.nic (127.0.5.68): REFUSED",
}

# What a trace says by the same rules, of the zones that it comes through.
TRACED = ("deleg-open-recursor", "deleg-soa-serial-differs", "deleg-udp-unreachable", "deleg-tcp-unreachable",
          "deleg-parent-child-ns-mismatch")


class Delegations(LabCase):
    seconds = 60

    @classmethod
    def setUpClass(cls):
        cls.world = FaultWorld(scratch() / "world")
        cls.addClassCleanup(cls.world.stop)
        cls.world.start()

    def check(self, vantages, *names):
        text = self.world.inventory(vantages, *names, declare_each=True)
        path = self.write("inventory.yaml", text.replace("rules: {", "rules: {deleg-ns-count: off, "))
        return self.gate("check", "--format", "json", "--timeout", "4s", "--root-hints", self.world.root_hints,
                         "--trust-anchor", self.world.trust_anchor, path)

    def about(self, run, name, kind="zone"):
        host = self.world.hosts[name]
        target = host.zone if kind == "zone" else host.address
        return [f for f in run.report["findings"] if f["target"]["id"] == target and f["severity"] != "info"]

    def test_each_zone_has_its_verdict(self):
        run = self.check("  - {name: authority, kind: authoritative}")
        self.assertEqual({fault.name for fault in (*SIGNATURES, *AUTHORITIES)}, set(self.world.hosts))
        for name in self.world.hosts:
            with self.subTest(name):
                found = self.about(run, name)
                self.assertEqual({f["rule"] for f in found}, EXPECTED.get(name, HELD_BY_OTHERS), run.about(name))
                self.assertLessEqual({f["certainty"] for f in found}, {"confirmed"}, run.about(name))
                if name in SAID:
                    self.assertTrue(any(SAID[name] in f["message"] for f in found), found)

    def test_a_trace_says_the_same(self):
        """Of a silent server, one that answers over UDP alone, one that recurses, serials and NS records that differ."""
        names = ("one-of-two-silent", "all-silent", "truncated-tcp-closed", "wrong-source", "open-recursor", "serial-behind")
        run = self.check("  - {name: authority, kind: authoritative}", *names)
        met = set()
        for name in names:
            with self.subTest(name):
                host = self.world.hosts[name]
                trace = self.gate("trace", "--format", "json", "--timeout", "4s", "--root-hints", self.world.root_hints,
                                  "--trust-anchor", self.world.trust_anchor, host.address)
                expected = {(f["rule"], f["severity"], f["certainty"]) for f in self.about(run, name) if f["rule"] in TRACED}
                said = {(f["rule"], f["severity"], f["certainty"]) for cut in trace.report["cuts"] for f in cut["findings"]
                        if cut["zone"].rstrip(".") == host.zone.rstrip(".") and f["rule"] in TRACED}
                self.assertEqual(said, expected, trace)
                faults = any(severity == "error" and certainty == "confirmed" for _, severity, certainty in expected)
                self.assertTrue(trace.exit == 1 or not faults, trace)
                met.update(rule for rule, _, _ in said)
        self.assertEqual(met, set(TRACED))

    def test_a_zone_that_nobody_shows_the_way_to(self):
        above = self.world.hosts["no-server-at-all"].zone
        text = self.world.inventory("  - {name: authority, kind: authoritative}", "right", declare_each=True)
        text = text.replace("rules: {", "rules: {hygiene-zone-without-address: off, ")
        path = self.write("inventory.yaml", text.replace("zones:\n", f"zones:\n  - {{name: 0.{above}, managed_by: ticket, contact: noc@hoster.example}}\n"))
        run = self.gate("check", "--format", "json", "--root-hints", self.world.root_hints, path)
        about = [f for f in run.report["findings"] if f["target"]["id"] == f"0.{above}"]
        self.assertEqual([(f["rule"], f["certainty"]) for f in about], [("deleg-lookup-failed", "inconclusive")], run)
        self.assertIn(f"no server of {above} ", about[0]["message"])
        self.assertNotEqual(run.exit, 0, run)

    def test_who_transfers_the_zone_to_anybody(self):
        run = self.check("  - {name: authority, kind: authoritative}", "unsigned", "right")
        said = {f["target"]["id"]: f for f in run.report["findings"] if f["rule"] == "deleg-axfr-open"}
        self.assertEqual(set(said), {self.world.hosts["unsigned"].zone}, run)
        self.assertEqual({f["certainty"] for f in said.values()}, {"confirmed"}, run)

    def test_servers_of_one_version_that_answer_apart(self):
        name = "one-secondary-behind"
        run = self.check("  - {name: authority, kind: authoritative}", name)
        self.assertEqual({f["rule"] for f in self.about(run, name, "address")}, {"deleg-data-differs", "ptr-servers-differ"}, run)

    def test_bogus_zones_by_one_validator_of_ones_own(self):
        run = self.check("  - {name: own, kind: recursive}", "signed", "unsigned", "expired", "ds-without-dnskey")
        for name in ("signed", "unsigned", "expired", "ds-without-dnskey"):
            found = {(f["rule"], f["certainty"]) for f in self.about(run, name)}
            right = name in ("signed", "unsigned")
            self.assertEqual(found, set() if right else {("dnssec-bogus", "confirmed")}, run)

    def test_recorded_and_judged_again_offline(self):
        names = ("expired", "one-of-two-lame", "one-secondary-behind")
        path = self.write("inventory.yaml", self.world.inventory("  - {name: authority, kind: authoritative}", *names,
                                                                 declare_each=True))
        snapshot = self.folder / "facts.gz"
        live = self.gate("check", "--format", "json", "--record", snapshot, "--root-hints", self.world.root_hints, path)
        again = self.gate("check", "--format", "json", "--replay", snapshot, path)
        self.assertEqual(live.report["findings"], again.report["findings"], again)
        self.assertLessEqual({"deleg-data-differs", "ptr-servers-differ"}, {f["rule"] for f in again.report["findings"]})
