# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Many runs over a network that fails in another way each time: what is confirmed is true, and what is true is found,
or called inconclusive. RDNSGATE_FLAP_RUNS says how many, RDNSGATE_FLAP_SEED where the dice begin, RDNSGATE_FLAP_LANES how many
run at a time."""
import os
import queue
import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from check_test import FINDINGS
from rdnslab import faults, truth
from rdnslab import inventories as inv
from rdnslab.case import LabCase
from rdnslab.fault_server import FaultServers
from rdnslab.wire import AA, NXDOMAIN, RA, REFUSED, SERVFAIL

RUNS = int(os.environ.get("RDNSGATE_FLAP_RUNS", "30"))
SEED = int(os.environ.get("RDNSGATE_FLAP_SEED", "1"))
TIMEOUT = "150ms"
BUSY = 0.03  # seconds that servers are late by where calm weather is none any more

HOLDER = "holder"  # answers as the server that holds the zones does
SERVERS = {HOLDER: 1, "one": 11, "two": 12, "three": 13}
LANES = int(os.environ.get("RDNSGATE_FLAP_LANES", "3"))  # networks of four servers each, so that runs can go side by side

# One fault at a time: a sender, and what is true of it.
SENDERS = {line.split("name: ")[1].split(",")[0]: line + "\n" for line in inv.FAULTS.splitlines()}
TRUE = {
    "renamed": {("192.0.2.20", "ptr-mismatch")},
    "half": {("2001:db8::21", "fcrdns-no-forward")},
    "bare": {("192.0.2.22", "ptr-missing")},
    "mute": {("mute", "helo-unresolvable")},
    "elsewhere": {("192.0.2.24", "fcrdns-mismatch")},
    "forgotten": {("198.51.100.11", "ptr-missing"), ("198.51.100.11", "deleg-2317-missing-cname")},
    "dangling": {("198.51.100.12", "ptr-cname-dangling")},
    "second-name": {("192.0.2.40", "ptr-extra"), ("192.0.2.40", "fcrdns-partial")},
    "pool": {("192.0.2.42", "helo-ip-mismatch")},
    "more-addresses": {("192.0.2.43", "fcrdns-forward-extra-ips")},
    "two-names": {("two-names", "dual-name-differs")},
    "second-family": {("second-family", "dual-aaaa-undeclared")},
    "alias": {("alias", "helo-cname")},
    "unmanaged": {("2001:db8::47", "ptr-missing"), ("2001:db8::47", "dual-v6-unmanaged")},
}
SENDERS.update(inv.SUBTLE_FAULTS)


def denying(exchange):
    """Says of every name, with the zone's own SOA record, that it does not exist."""
    zone = exchange.truth.zone_of(exchange.query.name)
    return exchange.send(exchange.reply.but(rcode=NXDOMAIN, answer=(), authority=(exchange.truth.soa(zone),)))


def at_random(share, act):
    """Misbehaves for some questions only."""
    return lambda exchange: act(exchange) if exchange.chance() < share else exchange.send()


def network(dice):
    """How each server behaves in one run: packets are lost, servers are slow, one resolver fails. Some runs meet a
    storm, and in most of them who holds the zones, who could confirm all alone, is out of reach."""
    weather = {
        "calm": faults.truthful,
        "a tenth lost": faults.lossy(0.1),
        "half lost": faults.lossy(0.5),
        "slow": faults.slow(dice.uniform(0.005, 0.05)),
        "half too slow": at_random(0.5, faults.slow(0.4)),
    }
    failing = {"servfail": faults.failing(SERVFAIL), "refused": faults.failing(REFUSED), "silent": faults.silent,
               "denying": denying}
    if dice.random() < 0.3:
        weather = {"storm": faults.lossy(dice.choice([0.5, 0.7, 0.9]))}
    names = {server: dice.choice(list(weather)) for server in SERVERS}
    acts = {server: weather[name] for server, name in names.items()}
    broken = dice.choice([server for server in SERVERS if server != HOLDER])
    kind, share = dice.choice(list(failing)), dice.choice([0.2, 0.6, 1.0])
    names[broken], acts[broken] = f"{kind} {share}", at_random(share, failing[kind])
    if dice.random() < 0.6:
        names[HOLDER], acts[HOLDER] = "silent", faults.silent
    return names, acts


def unreachable_in(run):
    """The vantages of which a run says that they answered nothing: an observation, and no statement about the DNS."""
    return {f["target"]["id"] for f in run.report["findings"] if f["rule"] == "resolver-unreachable"}


def confirmed_in(run):
    return {(f["target"]["id"], f["rule"]) for f in run.report["findings"]
            if f["certainty"] == "confirmed" and f["severity"] != "info" and f["rule"] != "resolver-unreachable"}


def told_of_a_liar(run, names):
    """What is true of a network in which one resolver denies what is there: that it differs from others."""
    liars = [name for name, behaviour in names.items() if behaviour.startswith("denying")]
    return {(f["target"]["id"], f["rule"]) for f in run.report["findings"]
            if f["rule"] in ("resolver-disagreement", "resolver-vs-auth")
            and any(liar in f["vantages"] or liar in f["message"] for liar in liars)}


class Flaps(LabCase):
    apart = True
    seconds = 25

    @classmethod
    def setUpClass(cls):
        cls.servers = FaultServers()
        data = truth.lab()
        cls.lanes = queue.SimpleQueue()
        for lane in range(LANES):
            cls.lanes.put(lane)
            for name, host in SERVERS.items():
                cls.servers.add(f"127.1.{lane}.{host}", data, faults.RESOLVERS[0], AA if name == HOLDER else RA)
        cls.servers.start()
        cls.addClassCleanup(cls.servers.stop)

    def judge(self, acts, seed, *senders, options=(), timeout=TIMEOUT):
        lane = self.lanes.get()
        try:
            for name, act in acts.items():
                server = self.servers.servers[f"127.1.{lane}.{SERVERS[name]}"]
                server.start_over(faults.everywhere(name, act), f"{seed}/{name}")
            lines = "\n".join(f"  - {{name: {name}, kind: forward, address: 127.1.{lane}.{host}}}"
                              for name, host in SERVERS.items())
            text = inv.inventory(lines, *senders)
            if options:  # what is found without the DNS would settle the exit code
                text = text.replace("rules: {", "rules: {helo-ptr-mismatch: off, ")
            path = self.write(f"inventory-{lane}.yaml", text)
            began = time.monotonic()
            run = self.gate("check", "--format", "json", "--timeout", timeout, *options, path)
            run.busy = self.servers.delayed(began) > BUSY
            return run
        finally:
            self.lanes.put(lane)

    def networks(self, kind, judge):
        """Number, behaviours by name, description and finished run of each network; `judge` is given the behaviours
        and the number."""
        made = [network(random.Random(f"{SEED}/{kind}/{number}")) for number in range(RUNS)]
        with ThreadPoolExecutor(LANES) as pool:
            runs = pool.map(lambda number: judge(made[number][1], number), range(RUNS))
            for number, run in enumerate(runs):
                names = made[number][0]
                yield number, names, f"run {number}: {names}", run

    def assert_none_is_missed(self, run, true, where):
        """Each true finding is there, or something about its target, its sender or a whole vantage is inconclusive."""
        there = {(f["target"]["id"], f["rule"]) for f in run.report["findings"]}
        unknown = {f["target"]["id"] for f in run.report["findings"] if f["certainty"] == "inconclusive"}
        if (unknown | unreachable_in(run)) & set(SERVERS):
            return
        senders = {f["target"]["id"] for f in run.report["findings"] if f["target"]["kind"] == "sender"}
        for target, rule in true - there:
            self.assertTrue(target in unknown or senders & unknown, f"{target} {rule} is missed\n{where}\n{run}")

    def tell(self, title, tally):
        print(f"\n  {RUNS} runs over {title}: {dict(sorted(tally.items()))}", end=" ", flush=True)

    def test_a_right_inventory_never_fails(self):
        tally = Counter()
        for _, names, where, run in self.networks("right", lambda acts, n: self.judge(acts, n, inv.OWN, inv.CLASSLESS)):
            self.assertLessEqual(confirmed_in(run), told_of_a_liar(run, names), f"{where}\n{run}")
            for name in set() if run.busy else unreachable_in(run):
                self.assertNotIn(names[name], ("calm", "slow", "a tenth lost"), f"{where}\n{run}")
            self.assertIn(run.exit, (0, 3), f"{where}\n{run}")
            tally.update({f"exit {run.exit}": 1, "on a busy machine": run.busy})
        self.tell("a right inventory", tally)

    def test_of_many_faults_none_is_missed_and_none_is_made_up(self):
        tally = Counter()
        for _, names, where, run in self.networks(
                "many", lambda acts, n: self.judge(acts, n, inv.OWN, inv.CLASSLESS, inv.FAULTS)):
            confirmed = confirmed_in(run) - told_of_a_liar(run, names)
            self.assertLessEqual(confirmed, FINDINGS, f"{where}\n{run}")
            self.assert_none_is_missed(run, FINDINGS, where)
            self.assertIn(run.exit, (1, 3), f"{where}\n{run}")
            tally.update({f"exit {run.exit}": 1, "confirmed": len(confirmed), "true": len(FINDINGS)})
        self.tell("many faults", tally)

    def test_one_fault_alone_is_confirmed_or_the_run_is_inconclusive(self):
        tally, all_names = Counter(), list(TRUE)
        for number, names, where, run in self.networks("one", lambda acts, n: self.judge(
                acts, n, inv.OWN, SENDERS[all_names[n % len(all_names)]], options=["--fail-on", "warning"])):
            name = all_names[number % len(all_names)]
            confirmed, true = confirmed_in(run), TRUE[name]
            self.assertLessEqual(confirmed - told_of_a_liar(run, names), true, f"{where}\n{run}")
            self.assert_none_is_missed(run, true, where)
            self.assertEqual(run.exit, 1 if confirmed else 3, f"{name}, {where}\n{run}")
            tally[f"exit {run.exit}"] += 1
        self.tell("one fault", tally)

    def test_in_calm_weather_each_is_found(self):
        calm = {name: faults.truthful for name in SERVERS}
        for name, true in TRUE.items():
            with self.subTest(name):
                run = self.judge(calm, 0, inv.OWN, SENDERS[name], options=["--fail-on", "warning"], timeout="5s")
                self.assertEqual((run.exit, confirmed_in(run)), (1, true), run)
