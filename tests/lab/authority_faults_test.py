# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Zones whose signatures do not hold, and servers that hold a zone and misbehave, asked the way that receivers ask:
by recursion from a signed root. Each has its verdict, and only what is proven to be missing is."""
from rdnslab import fault_world
from rdnslab.case import LabCase, scratch
from rdnslab.fault_world import SIGNATURES, FaultWorld

RECURSIVE = "  - {name: own, kind: recursive}"
FORWARD = "\n".join(f"  - {{name: resolver{n}, kind: forward, address: {address}, operator: operator{n}}}"
                    for n, address in enumerate(fault_world.RESOLVERS))

FOUND = frozenset()  # the record is found, whatever is wrong on the way to it
NOT_FOUND_OUT = frozenset({("ptr-lookup-failed", "inconclusive")})

# Every error and warning about the address, as `recursive` has it.
EXPECTED = {
    "signed": FOUND,
    "unsigned": FOUND,
    "signed-and-missing": frozenset({("ptr-missing", "confirmed")}),
    "bogus": NOT_FOUND_OUT,
    "expired": NOT_FOUND_OUT,
    "not-yet-valid": NOT_FOUND_OUT,
    "ds-without-dnskey": NOT_FOUND_OUT,
    "ds-of-another-key": NOT_FOUND_OUT,
    "dnskey-missing": NOT_FOUND_OUT,
    "signature-missing": NOT_FOUND_OUT,
    "denial-without-proof": NOT_FOUND_OUT,
    "right": FOUND,
    "lame-refused": NOT_FOUND_OUT,
    "lame-servfail": NOT_FOUND_OUT,
    "lame-nodata": NOT_FOUND_OUT,
    "upward-referral": NOT_FOUND_OUT,
    "one-of-two-lame": FOUND,
    "one-of-two-silent": FOUND,
    "all-silent": NOT_FOUND_OUT,
    "no-server-at-all": NOT_FOUND_OUT,
    "loss-of-10-percent": FOUND,
    "slow": FOUND,
    "on-another-continent": FOUND,
    "formerr-to-edns": FOUND,
    "edns-version-dropped": FOUND,
    "edns-version-formerr": FOUND,
    "edns-version-ignored": FOUND,
    "truncated-then-tcp": FOUND,
    "truncated-tcp-closed": NOT_FOUND_OUT,
    "wrong-id": NOT_FOUND_OUT,
    "wrong-source": NOT_FOUND_OUT,
    "nxdomain-without-soa": NOT_FOUND_OUT,
    "answer-of-another-owner": NOT_FOUND_OUT,
    "cname-loop": frozenset({("ptr-cname-loop", "confirmed")}),
    "cname-chain-of-twenty": frozenset({("ptr-cname-chain-too-long", "confirmed")}),
    "one-secondary-behind": None,  # by chance; see test_one_secondary_behind
    "glue-that-disagrees": NOT_FOUND_OUT,
    "aaaa-dropped": FOUND,
    "letters-changed": FOUND,
    "serial-behind": FOUND,
    "serial-behind-for-a-moment": FOUND,
    "open-recursor": FOUND,
}

# What differs where the holders themselves are asked: what they say is seen, and that validators refuse it.
REFUSED_BY_VALIDATORS = frozenset({("dnssec-answer-refused", "confirmed")})
EXPECTED_OF_HOLDERS = EXPECTED | {
    **{fault.name: REFUSED_BY_VALIDATORS for fault in SIGNATURES},
    "signed": FOUND,
    "unsigned": FOUND,
    "signed-and-missing": frozenset({("ptr-missing", "confirmed")}),
    "denial-without-proof": frozenset({("ptr-missing", "confirmed")}) | REFUSED_BY_VALIDATORS,
    "bogus": frozenset({("ptr-mismatch", "confirmed"), ("fcrdns-no-forward", "confirmed")})  # other data
    | REFUSED_BY_VALIDATORS,
    "one-secondary-behind": frozenset({("ptr-servers-differ", "confirmed")}),
    "answer-of-another-owner": frozenset({("ptr-answer-other-owner", "confirmed")}),
}

# libunbound says of all of these only that there was no answer; whose fault it was has to be found out.
REASONS = {
    "lame-refused": "refused, no server of d.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa can be asked: ns0.lame-refused.nic 127.0.5.52: "
                    "REFUSED",
    "lame-servfail": "ns0.lame-servfail.nic 127.0.5.56: SERVFAIL",
    "upward-referral": "ns0.upward-referral.nic 127.0.5.64: it does not hold the zone",
    "all-silent": "timeout, no server of 3.1.0.0.8.b.d.0.1.0.0.2.ip6.arpa can be asked: ns0.all-silent.nic 127.0.5.76: no "
                  "reply to 3 tries; ns1.all-silent.nic 127.0.5.77: no reply to 3 tries",
    "no-server-at-all": "ns0.no-server-at-all.nic 127.0.5.80: Connection refused",
    "truncated-tcp-closed": "the server closed the connection without an answer",
    "wrong-id": "no reply to 3 tries",
    "glue-that-disagrees": "127.0.5.148: REFUSED",
}


def said_of(run, address):
    return {(f["rule"], f["certainty"]) for f in run.report["findings"]
            if f["target"]["id"] == address and f["severity"] != "info"}


class Authorities(LabCase):
    @classmethod
    def setUpClass(cls):
        cls.world = FaultWorld(scratch() / "world")
        cls.addClassCleanup(cls.world.stop)
        cls.world.start()

    def check(self, vantages, *names, timeout="4s"):
        path = self.write("inventory.yaml", self.world.inventory(vantages, *names))
        return self.gate("check", "--format", "json", "--timeout", timeout, "--root-hints", self.world.root_hints,
                         "--trust-anchor", self.world.trust_anchor, path)

    def test_by_recursion_each_has_its_verdict(self):
        run = self.check(RECURSIVE)
        self.assertEqual(set(EXPECTED), set(self.world.hosts))
        for name, expected in EXPECTED.items():
            if expected is None:
                continue
            with self.subTest(name):
                self.assertEqual(said_of(run, self.world.hosts[name].address), expected, run.about(name))

    def test_recursion_that_finds_no_answer_says_who_failed_and_how(self):
        run = self.check(RECURSIVE, *REASONS)
        for name, reason in REASONS.items():
            with self.subTest(name):
                address = self.world.hosts[name].address
                messages = [f["message"] for f in run.report["findings"] if f["target"]["id"] == address]
                self.assertTrue(any(reason in message for message in messages), messages)

    def test_by_asking_the_holders_each_has_its_verdict(self):
        run = self.check("  - {name: authority, kind: authoritative}")
        for name, expected in EXPECTED_OF_HOLDERS.items():
            with self.subTest(name):
                self.assertEqual(said_of(run, self.world.hosts[name].address), expected, run.about(name))

    def test_bogus_answers_are_called_bogus_by_every_resolver(self):
        names = [fault.name for fault in SIGNATURES]
        for vantages in (RECURSIVE, FORWARD):
            run = self.check(vantages, *names)
            self.assertEqual(run.exit, 1, run)  # signed-and-missing
            for name in names:
                with self.subTest(f"{name} {vantages}"):
                    address = self.world.hosts[name].address
                    self.assertEqual(said_of(run, address), EXPECTED[name], run.about(name))
                    for finding in run.report["findings"]:
                        if finding["target"]["id"] == address and finding["certainty"] == "inconclusive":
                            self.assertIn("bogus", finding["message"], run)

    def test_one_secondary_behind(self):
        name = "one-secondary-behind"
        address = self.world.hosts[name].address
        behind = {("ptr-mismatch", "confirmed"), ("fcrdns-no-forward", "confirmed")}
        lines = "\n".join(f"  - {{name: {role}, kind: forward, address: {server}}}"
                          for role, server in zip(("primary", "secondary"), self.world.holders[name]))
        run = self.check(lines, name)
        self.assertEqual((run.exit, said_of(run, address)), (1, behind), run)
        said_by = {(*f["vantages"], f["scope"]) for f in run.report["findings"] if f["target"]["id"] == address}
        self.assertEqual(said_by, {("secondary", "isolated")}, run)
        # A receiver meets one of the two; who walks from the root meets one as well.
        self.assertIn(said_of(self.check(RECURSIVE, name), address), (set(), behind))
