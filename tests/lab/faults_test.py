# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Name servers that misbehave in every way of rdnslab/faults.py: each has the verdict that it must lead to, exactly
the findings that may stand on it, and no failure of a server ever becomes a statement about a record."""
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from check_test import FINDINGS
from rdnslab import faults, truth
from rdnslab import inventories as inv
from rdnslab.case import LabCase
from rdnslab.fault_server import FaultServers
from rdnslab.faults import VICTIM
from rdnslab.wire import AA, RA

HONEST = ("127.0.2.1", "127.0.2.2")  # two resolvers of different operators
HOLDER = "127.0.2.3"                 # who holds the zones
NOT_LISTENING = "127.0.2.4"          # truncates, and has no TCP
FLOODING = "127.0.2.5"               # one answer names more than a thousand others
FIRST = 10                           # 127.0.2.10 and so on: the table's, in its order


@dataclass(frozen=True)
class Expected:
    """Of a lone resolver over an inventory that the DNS agrees with: the exit code and every error and warning."""
    exit: int
    findings: frozenset = frozenset()


PASSES = Expected(0)
UNREACHABLE = Expected(3, frozenset({("faulty", "resolver-unreachable")}))


def at_victim(*rules, exit=3):
    return Expected(exit, frozenset((VICTIM, rule) for rule in rules))


NOT_FOUND_OUT = at_victim("ptr-lookup-failed")
# What one resolver alone says: shown, and never confirmed.
DOUBTED = at_victim("ptr-missing")

EXPECTED = {
    "truthful": PASSES,
    "silent": UNREACHABLE,
    "silent-at-one-name": NOT_FOUND_OUT,
    "delay-under-the-limit": PASSES,
    "delay-over-the-limit": NOT_FOUND_OUT,
    "loss-of-1-percent": PASSES,
    "loss-of-10-percent": PASSES,
    "loss-of-50-percent": None,  # see test_half_the_packets_lost
    "loss-of-each-first-packet": PASSES,
    "servfail": UNREACHABLE,
    "servfail-at-one-name": NOT_FOUND_OUT,
    "servfail-once": PASSES,
    "servfail-no-reachable-authority": NOT_FOUND_OUT,
    "servfail-for-addresses": None,  # see test_no_addresses_at_all
    "refused": UNREACHABLE,
    "refused-at-one-name": NOT_FOUND_OUT,
    "formerr": NOT_FOUND_OUT,
    "formerr-to-edns": PASSES,
    "notimp": NOT_FOUND_OUT,
    "bad-edns-version": NOT_FOUND_OUT,
    "lame-nodata-without-soa": NOT_FOUND_OUT,
    "nxdomain-without-soa": NOT_FOUND_OUT,
    "nxdomain-with-soa-of-another-zone": NOT_FOUND_OUT,
    "upward-referral": NOT_FOUND_OUT,
    "answer-of-another-type": NOT_FOUND_OUT,
    "answer-of-another-owner": NOT_FOUND_OUT,
    "answer-of-another-class": NOT_FOUND_OUT,
    "wrong-id": NOT_FOUND_OUT,
    "wrong-source": NOT_FOUND_OUT,
    "wrong-question": NOT_FOUND_OUT,
    "no-question": NOT_FOUND_OUT,
    "nxdomain-beside-the-records": NOT_FOUND_OUT,
    "forged-first": PASSES,
    "twice": PASSES,
    "question-in-capitals": PASSES,
    "rotating": PASSES,
    "cut-off": NOT_FOUND_OUT,
    "garbage": NOT_FOUND_OUT,
    "garbage-behind-the-header": NOT_FOUND_OUT,
    "name-that-points-at-itself": NOT_FOUND_OUT,
    "truncated-then-tcp": PASSES,
    "truncated-tcp-closed": NOT_FOUND_OUT,
    "truncated-tcp-silent": NOT_FOUND_OUT,
    "truncated-over-tcp-too": NOT_FOUND_OUT,
    "cname-loop": at_victim("ptr-cname-loop"),
    "cname-chain-of-twenty": at_victim("ptr-cname-chain-too-long"),
    "cname-to-nowhere": at_victim("ptr-cname-dangling"),
    "twenty-ptrs": at_victim("ptr-too-many", "fcrdns-partial"),
    "ttl-with-the-top-bit": PASSES,
    "bogus": NOT_FOUND_OUT,
    "bogus-without-a-reason": NOT_FOUND_OUT,
    "signature-expired": NOT_FOUND_OUT,
    "signature-not-yet-valid": NOT_FOUND_OUT,
    "dnskey-missing": NOT_FOUND_OUT,
    "stale-answer": at_victim("ptr-mismatch", "fcrdns-no-forward"),
    "stale-nxdomain": DOUBTED,
    "lying-nxdomain": DOUBTED,
    "lying-nodata": DOUBTED,
    "another-name": at_victim("ptr-mismatch", "fcrdns-no-forward", "ptr-domain-unrelated"),
    "censored": Expected(3, frozenset({(VICTIM, "ptr-lookup-failed"), ("faulty", "resolver-filtered")})),
    "no-ipv6": Expected(3, frozenset({("2001:db8::10", "fcrdns-no-forward")})),
}

# Behaviours for which a try has to be waited for, and a second one must be allowed.
PATIENT = {"loss-of-1-percent", "loss-of-10-percent", "loss-of-50-percent", "loss-of-each-first-packet"}


class Resolvers(LabCase):
    @classmethod
    def setUpClass(cls):
        cls.servers = FaultServers()
        data = truth.lab()
        for address in HONEST:
            cls.servers.add(address, data, faults.RESOLVERS[0], RA)
        cls.servers.add(HOLDER, data, faults.RESOLVERS[0], AA)
        cls.servers.add(NOT_LISTENING, data, faults.at_victim("", faults.truncated), RA, listens=False)
        cls.addresses, cls.runs = {}, {}
        for number, behaviour in enumerate(faults.RESOLVERS, FIRST):
            cls.addresses[behaviour.name] = f"127.0.2.{number}"
            cls.servers.add(cls.addresses[behaviour.name], data, behaviour, RA)
        cls.flooding = cls.servers.add(FLOODING, data, faults.at_victim("", faults.flooding(1100)), RA)
        cls.servers.start()
        cls.addClassCleanup(cls.servers.stop)

    def lone(self, name, *senders, timeout=None):
        """One misbehaving resolver, nobody to compare it with."""
        return self.judge([("faulty", self.addresses[name], "faulty")], *senders, timeout=timeout or (
            "4s" if name in PATIENT else "400ms"))

    def judge(self, vantages, *senders, timeout):
        lines = "\n".join(f"  - {{name: {name}, kind: forward, address: {address}, operator: {operator}}}"
                          for name, address, operator in vantages)
        path = self.write(f"{vantages[0][0]}-{vantages[0][1]}-{len(senders)}.yaml", inv.inventory(lines, *senders))
        return self.gate("check", "--format", "json", "--timeout", timeout, path)

    def assert_nothing_is_confirmed(self, run):
        """About the DNS; what a resolver does to its answers is another matter."""
        live = [f for f in run.report["findings"] if f["vantages"] and f["severity"] != "info"
                and not f["rule"].startswith("resolver-")]
        self.assertEqual({f["certainty"] for f in live} - {"inconclusive"}, set(), run)

    def test_the_table_has_every_behaviour(self):
        self.assertEqual([behaviour.name for behaviour in faults.RESOLVERS], list(EXPECTED))
        self.assertGreaterEqual(len(EXPECTED), 40)

    def assert_verdict(self, name):
        """Each behaviour is a test of its own; the first of them waits for all, which wait for silence side by side."""
        if not self.runs:
            named = [name for name, expected in EXPECTED.items() if expected is not None]
            with ThreadPoolExecutor(3) as pool:
                self.runs.update(zip(named, pool.map(lambda name: self.lone(name, inv.OWN, inv.CLASSLESS), named)))
        run, expected = self.runs[name], EXPECTED[name]
        self.assertEqual(run.exit, expected.exit, run)
        self.assertEqual(run.findings("error", "warning"), expected.findings, run)
        self.assert_nothing_is_confirmed(run)

    def test_half_the_packets_lost(self):
        run = self.lone("loss-of-50-percent", inv.OWN, inv.CLASSLESS)
        self.assert_nothing_is_confirmed(run)
        rules = {rule for _, rule in run.findings("error", "warning")}
        self.assertLessEqual(rules, {"ptr-lookup-failed", "fcrdns-temperror", "helo-lookup-failed"}, run)
        self.assertEqual(run.exit, 3 if rules else 0, run)

    def test_no_addresses_at_all(self):
        run = self.lone("servfail-for-addresses", inv.OWN, inv.CLASSLESS)
        self.assertEqual(run.exit, 3, run)
        addresses = {"192.0.2.10", "2001:db8::10", "198.51.100.10", *(f"192.0.2.{n}" for n in range(32, 36))}
        self.assertEqual(run.findings("error", "warning"), {(ip, "fcrdns-temperror") for ip in addresses}, run)

    def test_one_answer_with_a_thousand_names_leads_to_few_questions(self):
        honest = self.servers.servers[HONEST[0]]
        honest.turns.clear()
        self.judge([("honest", HONEST[0], "honest")], inv.OWN, timeout="2s")
        usual = sum(honest.turns.values())
        self.flooding.turns.clear()
        run = self.judge([("flooding", FLOODING, "flooding")], inv.OWN, timeout="2s")
        rules = {rule for target, rule in run.findings("error", "warning") if target == VICTIM}
        self.assertIn("ptr-too-many", rules, run)
        # Ten of the names (RFC 7208 section 4.6.4), and the answer once more over TCP.
        self.assertLess(sum(self.flooding.turns.values()), usual + 40, run)

    def test_truncated_and_no_tcp(self):
        run = self.judge([("faulty", NOT_LISTENING, "faulty")], inv.OWN, timeout="400ms")
        self.assertEqual((run.exit, run.findings("error", "warning")), (3, {(VICTIM, "ptr-lookup-failed")}), run)

    def beside(self, others):
        """All of them at once, as one operator, beside vantages that can be believed."""
        faulty = [(name, address, "faulty") for name, address in self.addresses.items() if name not in PATIENT]
        return self.judge([*others, *faulty], inv.OWN, inv.CLASSLESS, inv.FAULTS, timeout="1s")

    def test_beside_who_holds_the_zones_nothing_is_missed_and_nothing_false_is_confirmed(self):
        for others in ([("holder", HOLDER, "holder")], [("one", HONEST[0], "one"), ("two", HONEST[1], "two")]):
            with self.subTest(others[0][0]):
                run = self.beside(others)
                self.assertEqual(run.exit, 1, run)
                confirmed = {(f["target"]["id"], f["rule"]) for f in run.report["findings"]
                             if f["certainty"] == "confirmed" and f["severity"] != "info"
                             and not f["rule"].startswith("resolver-")}
                self.assertEqual(confirmed, FINDINGS, run)

    def test_beside_who_holds_the_zones_a_right_inventory_passes(self):
        faulty = [(name, address, "faulty") for name, address in self.addresses.items() if name not in PATIENT]
        run = self.judge([("holder", HOLDER, "holder"), *faulty], inv.OWN, inv.CLASSLESS, timeout="1s")
        self.assertEqual(run.exit, 0, run)
        certainties = {(f["rule"], f["certainty"]) for f in run.report["findings"] if f["severity"] == "error"}
        self.assertEqual({certainty for _, certainty in certainties}, {"transient"}, run)

    def test_what_only_a_cache_still_shows_clears_when_it_runs_out(self):
        # Of an answer that had run out already (RFC 8767) nobody knows when.
        for name, is_known in ("another-name", True), ("stale-answer", False):
            with self.subTest(name):
                vantages = [("holder", HOLDER, "holder"), ("faulty", self.addresses[name], "faulty")]
                run = self.judge(vantages, inv.OWN, timeout="1s")
                found = [f for f in run.report["findings"] if f["rule"] == "ptr-mismatch"]
                self.assertEqual([(f["certainty"], f["vantages"], f["scope"]) for f in found],
                                 [("transient", ["faulty"], "isolated")], run)
                self.assertEqual(found[0]["clears_at"] is not None, is_known, run)
                self.assertEqual(run.exit, 0, run)


def _verdict_test(name):
    return lambda self: self.assert_verdict(name)


for _name, _expected in EXPECTED.items():
    if _expected is not None:
        setattr(Resolvers, f"test_verdict_{_name.replace('-', '_')}", _verdict_test(_name))
