# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""A fleet's history on a real PostgreSQL: several that write at once, a server that is stopped, and one that hangs."""
import json
import os
import subprocess
import time
import unittest
from pathlib import Path

from rdnslab.case import LabCase, scratch
from rdnslab.postgres import Postgres

INVENTORY = """version: 1
zones: [{name: example.com, managed_by: nsupdate}, {name: 2.0.192.in-addr.arpa, managed_by: nsupdate}]
senders: [{name: a, helo: a.example.com, addresses: [192.0.2.10]}]
rules: {addr-documentation: off}
"""
HEAD = "$TTL 3600\n@ IN SOA ns1.example.com. h.example.com. 1 3600 600 86400 300\n@ IN NS ns1.example.com.\n"


class HistoryServer(LabCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Postgres(scratch() / "pg").create_database().start()
        cls.addClassCleanup(cls.server.stop)

    def setUp(self):
        super().setUp()
        self.write("inventory.yaml", INVENTORY)
        for name, record in (("good", "10 PTR a.example.com.\n"), ("lost", "")):
            (self.folder / name).mkdir()
            self.write(f"{name}/example.com.zone", HEAD + "ns1 A 192.0.2.53\na A 192.0.2.10\n")
            self.write(f"{name}/2.0.192.in-addr.arpa.zone", HEAD + record)
            self.gate("check", "--zone-files", name, "--record", f"{name}.facts", "inventory.yaml")
        # Each case has a history of its own: by the inventory's path.
        self.path = str((self.folder / "inventory.yaml").resolve())

    def command(self, facts, minute, *more):
        return ["env", f"HOME={self.folder}", os.environ["RDNSGATE"], "check", "-q", "--now", f"2026-11-30T12:{minute:02}:00Z",
                "--replay", f"{facts}.facts", "--history", self.server.url, *more, self.path]

    def check(self, *arguments):
        return subprocess.run(self.command(*arguments), cwd=self.folder, capture_output=True, text=True, timeout=60, check=False)

    def read(self, what):
        done = self.gate("history", what, "--history", self.server.url, "--format", "json", "--limit", "0")
        self.assertEqual(done.exit, 0, done)
        every = next(value for value in json.loads(done.out).values() if isinstance(value, list))
        return [one for one in every if (one["inventory"]["path"] if isinstance(one["inventory"], dict) else one["inventory"]) == self.path]

    def kinds(self):
        return [(one["kind"], one["at"][14:16]) for one in self.read("timeline") if one["rule"] == "ptr-missing"]

    def test_store(self):
        """What the store does with a file it does with a server."""
        tests = Path(os.environ["RDNSGATE"]).parents[2] / "tests/history/history_test"
        self.assertTrue(tests.exists(), f"{tests} is not built: ninja tests/history/history_test")
        done = subprocess.run([tests, "--source-file=*store_test*,*server_test*"], env={**os.environ, "RDNSGATE_TEST_SERVER": self.server.url},
                              capture_output=True, text=True, timeout=300, check=False)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertNotIn("test cases:  0", done.stdout)

    def test_audits_of_a_fleet(self):
        running = [subprocess.Popen(self.command("lost", minute, "--history-origin", f"host{minute % 5}"), cwd=self.folder,
                                    stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for minute in range(10)]
        for one in running:
            out, err = one.communicate(timeout=120)
            self.assertEqual((one.returncode, err), (1, ""), out)
        self.assertEqual(len(self.read("list")), 10)
        opened = [one["origin"] for one in self.read("timeline") if one["rule"] == "ptr-missing"]
        self.assertEqual(sorted(opened), [f"host{number}" for number in range(5)])

    def test_stopped_server(self):
        self.assertEqual(self.check("good", 0).stderr, "")
        self.server.stop()
        try:
            done = self.check("lost", 1)
            self.assertEqual(done.returncode, 1)
            self.assertIn("1 run waits in", done.stderr)
            self.assertEqual(self.check("good", 2).returncode, 0)
        finally:
            self.server.start()
        self.assertIn("2 runs that waited are sent", self.check("lost", 3).stderr)
        self.assertEqual(self.kinds(), [("opened", "01"), ("recovered", "02"), ("opened", "03")])
        self.assertEqual(self.check("lost", 4).stderr, "")
        self.assertEqual(len(self.read("list")), 5)

    def test_server_that_hangs(self):
        self.check("good", 0)
        self.server.pause()
        try:
            begin = time.monotonic()
            done = self.check("lost", 1)
            self.assertLess(time.monotonic() - begin, 20)
            self.assertEqual(done.returncode, 1)
            self.assertIn("no answer within", done.stderr)
        finally:
            self.server.go_on()
        self.assertIn("1 run that waited is sent", self.check("good", 2).stderr)
        self.assertEqual(self.kinds(), [("opened", "01"), ("recovered", "02")])


if __name__ == "__main__":
    unittest.main()
