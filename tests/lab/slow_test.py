# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""A slow resolver is no dead one: whatever it takes inside the time for a question, it has answered."""
from concurrent.futures import ThreadPoolExecutor

from rdnslab import faults, truth
from rdnslab import inventories as inv
from rdnslab.case import LabCase
from rdnslab.fault_server import FaultServers
from rdnslab.wire import RA


def uneven(*seconds):
    """Slower and faster from question to question."""
    return lambda exchange: exchange.send(delay=seconds[int(exchange.chance() * len(seconds))])


SLOW = {
    "1.5 s": faults.slow(1.5),
    "2.5 s": faults.slow(2.5),
    "4.5 s": faults.slow(4.5),
    "from nothing to 4 s": uneven(0, 0.2, 1.2, 2, 4),
    "1.5 s, truncated": faults.truncating(faults.slow(1.5)),
    "1.2 s, and a tenth lost each way": lambda exchange: [
        packet.__class__(packet.octets, packet.delay + 1.2) for packet in faults.line_that_loses(0.1)(exchange)],
}


class SlowResolvers(LabCase):
    @classmethod
    def setUpClass(cls):
        cls.servers = FaultServers()
        data = truth.lab()
        for number, (name, act) in enumerate(SLOW.items()):
            for host in (1, 2):
                cls.servers.add(f"127.3.{number}.{host}", data, faults.everywhere(name, act), RA)
        cls.servers.start()
        cls.addClassCleanup(cls.servers.stop)

    def test_two_resolvers_that_are_slow_are_believed(self):
        def check(number):
            lines = "\n".join(f"  - {{name: slow{host}, kind: forward, address: 127.3.{number}.{host}, "
                              f"operator: operator{host}}}" for host in (1, 2))
            path = self.write(f"{number}.yaml", inv.inventory(lines, inv.OWN, inv.CLASSLESS))
            return self.gate("check", "--format", "json", path)
        with ThreadPoolExecutor(len(SLOW)) as pool:
            for name, run in zip(SLOW, pool.map(check, range(len(SLOW)))):
                with self.subTest(name):
                    self.assertEqual(sum(v["unanswered"] for v in run.report["vantages"]), 0, run)
                    self.assertEqual(run.exit, 0, run)
