# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Moments in which nothing goes on, and servers that are far away: neither may leave a question open."""
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from rdnslab.case import LabCase, scratch
from rdnslab.distance import Relay
from rdnslab.servers import Nsd

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))
import generate

NAMED, SERVER = "127.0.1.1", "127.0.1.2"  # the one that the zones name, and where NSD is
ADDRESSES = 3000


def datagrams():
    """How many came in on any socket of this network namespace."""
    with open("/proc/self/net/snmp") as file:
        names, values = [line.split() for line in file if line.startswith("Udp:")]
    return int(values[names.index("InDatagrams")])


def family(process):
    """A process and all that it has started: NSD answers in one of those."""
    listed = subprocess.run(["pgrep", "--parent", str(process)], stdout=subprocess.PIPE, text=True).stdout
    return [process] + [member for child in listed.split() for member in family(int(child))]


@contextlib.contextmanager
def standing_still(processes):
    for process in processes:
        os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        for process in processes:
            os.kill(process, signal.SIGCONT)


class Estate(LabCase):
    """Thousands of addresses on one server. It is asked by whoever holds the zones, and through recursion."""
    seconds = 25

    vantages = ("own", "authority")

    @classmethod
    def begin(cls, addresses, server):
        folder = scratch() / "world"
        inventories, zones, _ = generate.write(folder / "estate", addresses, NAMED)
        cls.inventory = inventories["pools"]
        cls.server = Nsd(folder / "nsd", server, zones)
        cls.addClassCleanup(cls.server.stop)
        cls.server.start()
        cls.server.wait_until_ready(60)

    @contextlib.contextmanager
    def check(self, vantage):
        """Yields the running check and a place for its verdict and the number of what it could not find out."""
        found = []
        check = subprocess.Popen([os.environ["RDNSGATE"], "check", "--format", "json", "--vantage", vantage,
                                  "--root-hints", str(self.inventory.parent / "root.hints"), str(self.inventory)],
                                 stdout=subprocess.PIPE)
        try:
            yield check, found
            report = json.loads(check.communicate(timeout=90)[0])
            found += report["verdict"], report["summary"]["inconclusive"]
        finally:
            check.kill()
            check.wait()

    def wait_until_asked(self, check, times):
        end = datagrams() + times
        while datagrams() < end:
            self.assertIsNone(check.poll(), "the check was over too soon")
            time.sleep(0.001)


class Pause(Estate):
    @classmethod
    def setUpClass(cls):
        cls.begin(ADDRESSES, NAMED)

    def test_of_the_server(self):
        for vantage in self.vantages:
            with self.subTest(vantage):
                with self.check(vantage) as (check, found):
                    self.wait_until_asked(check, ADDRESSES // 2)
                    with standing_still(family(self.server.process.pid)):
                        time.sleep(1)
                self.assertEqual(found, ["pass", 0])

    def test_of_the_check(self):
        """A machine that has too much to do lets a process wait for its turn, again and again."""
        for vantage in self.vantages:
            with self.subTest(vantage):
                with self.check(vantage) as (check, found):
                    for _ in range(3):
                        self.wait_until_asked(check, 200)
                        with standing_still([check.pid]):
                            time.sleep(0.7)
                self.assertEqual(found, ["pass", 0])


class FarAway(Estate):
    @classmethod
    def setUpClass(cls):
        cls.begin(100, SERVER)
        # The relay carries datagrams alone.
        text = cls.inventory.read_text()
        cls.inventory.write_text(text.replace("rules: {", "rules: {deleg-tcp-unreachable: off, ", 1))

    def test_on_another_continent(self):
        for delay in (0.15, 0.3, 0.45):
            relay = Relay(NAMED, SERVER, delay)
            try:
                for vantage in self.vantages:
                    with self.subTest(vantage, delay=delay):
                        with self.check(vantage) as (_, found):
                            pass
                        self.assertEqual(found, ["pass", 0])
            finally:
                relay.stop()
