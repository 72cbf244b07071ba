# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""As flap_test.py, of vantages that ask the name servers themselves: `authoritative`, `recursive`, and both. The line
to each server loses packets, or the server is slow or fails now and then."""
import os
import queue
import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from check_test import FINDINGS
from flap_test import LANES, SEED, SENDERS, TRUE, at_random, confirmed_in
from rdnslab import faults, truth, zones
from rdnslab import inventories as inv
from rdnslab.case import LabCase
from rdnslab.fault_server import FaultServers
from rdnslab.wire import AA, SERVFAIL

TIMEOUT = "500ms"
RUNS = int(os.environ.get("RDNSGATE_FLAP_RUNS", "8"))  # of each of three ways
# Another program, such as one from before a change: it judges the same networks, by turns before and behind this one, and
# what it says is told beside.
BESIDE = os.environ.get("RDNSGATE_FLAP_BESIDE")
WAYS = {"authoritative": inv.AUTHORITATIVE, "recursive": inv.RECURSIVE,
        "both": f"{inv.AUTHORITATIVE}\n{inv.RECURSIVE}"}
ROOT, LEAVES = zones.ROOT[1], (zones.PROVIDER[1], zones.PRIMARY[1])


def network(dice):
    """How the line to each server behaves in one run, and the server. The root's is never worse than lossy: who is
    at its wits' end there finds out nothing."""
    weather = {
        "calm": faults.truthful,
        "a tenth lost each way": faults.line_that_loses(0.1),
        "slow": faults.slow(dice.uniform(0.01, 0.1)),
        "half very slow": at_random(0.5, faults.slow(0.3)),
        "half too slow": at_random(0.5, faults.slow(0.7)),
        "a fifth SERVFAIL": at_random(0.2, faults.failing(SERVFAIL)),
    }
    storm = {"storm": faults.line_that_loses(dice.choice([0.3, 0.45]))} if dice.random() < 0.3 else {}
    names, acts = {}, {}
    for server in (ROOT, zones.PARENTS[1], *LEAVES):
        choices = {**weather, **storm} if server in LEAVES else weather
        names[server] = dice.choice(list(choices))
        acts[server] = choices[names[server]]
    return names, acts


def tenth_lost(dice):
    """Ten packets of a hundred are lost on each way to every server, and nothing else is wrong."""
    servers = (ROOT, zones.PARENTS[1], *LEAVES)
    return {server: "a tenth lost each way" for server in servers}, \
        {server: faults.line_that_loses(0.1) for server in servers}


class FlapsOfServers(LabCase):
    apart = True
    seconds = 25

    @classmethod
    def setUpClass(cls):
        cls.servers = FaultServers()
        cls.lanes = queue.SimpleQueue()
        for lane in range(LANES):
            cls.lanes.put(lane)
            for address, held in truth.lab_servers(f"127.2.{lane}."):
                cls.servers.add(address, held, faults.RESOLVERS[0], AA)
        cls.servers.start()
        cls.addClassCleanup(cls.servers.stop)

    def judge(self, way, acts, seed, *senders, options=(), timeout=TIMEOUT, program=None):
        lane = self.lanes.get()
        try:
            for server, act in acts.items():
                address = server.replace("127.0.1.", f"127.2.{lane}.")
                self.servers.servers[address].start_over(faults.everywhere(server, act), f"{seed}/{server}")
            hints = self.write(f"root-{lane}.hints", f". 3600 IN NS {zones.ROOT[0]}\n{zones.ROOT[0]} 3600 IN A "
                                                     f"{ROOT.replace('127.0.1.', f'127.2.{lane}.')}\n")
            text = inv.inventory(WAYS[way], *senders)
            if options:  # what is found without the DNS would settle the exit code
                text = text.replace("rules: {", "rules: {helo-ptr-mismatch: off, ")
            path = self.write(f"inventory-{lane}.yaml", text)
            return self.gate("check", "--format", "json", "--timeout", timeout, "--root-hints", hints, *options, path,
                             program=program)
        finally:
            self.lanes.put(lane)

    def networks(self, kind, judge, make=network):
        """Of each network its number, what it is like, what this program says of it, and what the one beside."""
        made = [make(random.Random(f"{SEED}/servers/{kind}/{number}")) for number in range(RUNS)]

        def by_turns(number):
            programs = [None, BESIDE] if BESIDE else [None]
            said = {program: judge(made[number][1], number, program) for program in programs[::1 if number % 2 else -1]}
            return said[None], said.get(BESIDE)

        with ThreadPoolExecutor(LANES) as pool:
            for number, (run, beside) in enumerate(pool.map(by_turns, range(RUNS))):
                yield number, f"run {number}: {made[number][0]}", run, beside

    def tell(self, title, tally):
        print(f"\n  {RUNS} runs, {title}: {dict(sorted(tally.items()))}", end=" ", flush=True)

    def ask_all(self, title, kind, true, exits, judge, make=network):
        """Judges the networks of each way: confirms only what is `true` of the run with that number, and ends as one of
        `exits` or, where they are None, with 1 where something is confirmed and else with 3. All runs are looked at."""
        for way in WAYS:
            with self.subTest(way):
                tally, beside, wrong = Counter(), Counter(), []
                for number, where, run, other in self.networks(f"{kind}/{way}", lambda acts, n, program: judge(way, acts, n, program),
                                                               make):
                    confirmed = confirmed_in(run)
                    made_up = confirmed - true(number)
                    expected = exits or ((1,) if confirmed else (3,))
                    if made_up or run.exit not in expected:
                        wrong.append(f"{where}\nmade up: {sorted(made_up)}, exit {run.exit}\n{run}")
                    for one, counts in ((run, tally), (other, beside)):
                        if one is not None:
                            found = confirmed_in(one)
                            counts.update({f"exit {one.exit}": 1, "confirmed": len(found), "true": len(true(number)),
                                           "made up": len(found - true(number))})
                self.tell(f"{way}, {title}", tally)
                if BESIDE:
                    self.tell(f"{way}, {title}, {BESIDE}", beside)
                self.assertEqual(len(wrong), 0, "\n\n".join(wrong[:20]))

    def test_a_right_estate_never_fails(self):
        self.ask_all("a right estate", "right", lambda _: set(), (0, 3),
                     lambda way, acts, n, program: self.judge(way, acts, n, inv.OWN, inv.CLASSLESS, program=program))

    def test_a_tenth_of_the_packets_lost_each_way_is_passed(self):
        self.ask_all("a tenth of the packets lost each way", "tenth", lambda _: set(), (0, 3),
                     lambda way, acts, n, program: self.judge(way, acts, n, inv.OWN, inv.CLASSLESS, timeout="1s", program=program),
                     tenth_lost)

    def test_of_many_faults_none_is_made_up(self):
        self.ask_all("many faults", "many", lambda _: FINDINGS, (0, 1, 3),
                     lambda way, acts, n, program: self.judge(way, acts, n, inv.OWN, inv.CLASSLESS, inv.FAULTS, program=program))

    def test_one_fault_alone_is_confirmed_or_the_run_is_inconclusive(self):
        names = list(TRUE)
        self.ask_all("one fault", "one", lambda n: TRUE[names[n % len(names)]], None,
                     lambda way, acts, n, program: self.judge(way, acts, n, inv.OWN, SENDERS[names[n % len(names)]],
                                                              options=["--fail-on", "warning"], program=program))
