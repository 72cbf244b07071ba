# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""`--vantage public`, in a namespace that has the addresses of all those resolvers itself: nothing leaves it."""
import shutil
import socket
import subprocess
import threading
import time
import unittest

from rdnslab import wire
from rdnslab.case import LabCase

INVENTORY = """version: 1
senders: [{name: mx1, helo: mx1.example.com, addresses: [192.0.2.10]}]
rules: {addr-documentation: off, dual-family-missing: off}
"""
SOA = wire.Record("example.com.", "SOA", 300, "ns.example.com. h.example.com. 1 2 3 4 5")


class Resolver(threading.Thread):
    """Answers over UDP from a table; to what is not in it, that there is no such record."""

    def __init__(self, address, records):
        super().__init__(daemon=True)
        self.records, self.asked, self.times = records, 0, []
        self.socket = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((address, 53))

    def run(self):
        while True:
            message, peer = self.socket.recvfrom(4096)
            query = wire.Query.read(message)
            self.asked += 1
            self.times.append(time.monotonic())
            data = self.records.get((query.name, query.type))
            answer = (wire.Record(query.name, query.type, 300, data),) if data else ()
            self.socket.sendto(wire.Reply(query, answer=answer, authority=() if answer else (SOA,)).octets(), peer)


@unittest.skipUnless(shutil.which("ip"), "no ip(8) here")
class PublicCase(LabCase):
    def resolvers(self, records):
        """All that the list has, by name, the first address of each."""
        listed = self.gate("vantages", "--format", "json").report["public"]
        self.rate = listed["questions_per_second"]
        self.assertLessEqual(self.rate, 50)
        found = {}
        for one in listed["resolvers"]:
            subprocess.run(["ip", "address", "replace", f"{one['addresses'][0]}/32", "dev", "lo"], check=True)
            found[one["name"]] = Resolver(one["addresses"][0], dict(records))
        return found


class Public(PublicCase):
    def test_each_is_asked_and_two_that_agree_confirm(self):
        self.write("inventory.yaml", INVENTORY)
        records = {("10.2.0.192.in-addr.arpa.", "PTR"): "mx1.example.com.", ("mx1.example.com.", "A"): "192.0.2.10"}
        all_of_them = self.resolvers(records)
        for one in all_of_them.values():
            one.start()
        run = self.gate("check", "--vantage", "public", "--format", "json", "inventory.yaml")
        self.assertEqual(run.exit, 0, run)
        self.assertEqual({v["name"] for v in run.report["vantages"]}, set(all_of_them), run)
        self.assertEqual({one.asked > 0 for one in all_of_them.values()}, {True})
        for one in all_of_them.values():
            one.records["10.2.0.192.in-addr.arpa.", "PTR"] = "other.example.com."
        run = self.gate("check", "--vantage", "public", "--format", "json", "inventory.yaml")
        self.assertEqual(run.exit, 1, run)
        self.assertIn(("192.0.2.10", "ptr-mismatch"), run.findings("error"), run)
        before = {name: one.asked for name, one in all_of_them.items()}
        run = self.gate("check", "--vantage", "public-quad9", "--format", "json", "inventory.yaml")
        self.assertEqual(run.exit, 3, run)  # one alone confirms nothing
        self.assertEqual([name for name, one in all_of_them.items() if one.asked > before[name]], ["public-quad9"])


class Pace(PublicCase):
    def test_none_is_asked_faster_than_the_list_says(self):
        pool = "{range: 192.0.2.0/26, ptr: 'out-{4}.example.com'}"
        self.write("inventory.yaml", INVENTORY.replace("192.0.2.10", pool))
        all_of_them = self.resolvers({})
        for one in all_of_them.values():
            one.start()
        self.gate("check", "--vantage", "public-google", "--vantage", "public-quad9", "--format", "json", "inventory.yaml")
        for name in ("public-google", "public-quad9"):
            times = sorted(all_of_them[name].times)
            self.assertGreater(len(times), 3 * self.rate)
            most = max(sum(begin <= other < begin + 1 for other in times) for begin in times)
            self.assertLess(most, 2 * self.rate, name)
