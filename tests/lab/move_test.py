# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""A zone that moves to another name server while resolvers watch: its own records are patched, the letter to whoever
delegates it is carried out by hand, and the old server goes away at the end. Made at once, the same change shows."""
import os
import re
import signal
import subprocess
import time

from rdnslab import inventories as inv
from rdnslab import zones
from rdnslab.process import dig
from rdnslab.rollouts import RolloutCase, Watcher, reverse
from rdnslab.servers import Nsd

ZONE, PARENT, ADDRESS = "113.0.203.in-addr.arpa", "in-addr.arpa", "203.0.113.20"
OLD, NEW = zones.PROVIDER, zones.MOVED
# What the inventory declares, so that nothing but the move is planned; and what name servers are kept for, longer than all
# that is asked of them.
TTL, NS_TTL = 3, 12


class Move(RolloutCase):
    def setUp(self):
        super().setUp()
        served_by = {server.address: server for server in self.world.servers}
        served_by[OLD[1]].stop()
        self.parent = served_by[zones.PARENTS[1]]
        self.zones = self.folder / "zones"
        self.zones.mkdir()
        self.file = self.zones / f"{ZONE}.zone"
        self.file.write_text(f"$ORIGIN {ZONE}.\n{zones.STATIC[ZONE][1]}".replace(" 3600 IN NS", f" {NS_TTL} IN NS")
                             .replace(" 86400 IN PTR", f" {TTL} IN PTR"))
        self.old, self.new = (Nsd(self.folder / name, server[1], {ZONE: self.file})
                              for name, server in (("old", OLD), ("new", NEW)))
        self.start(self.old)
        self.delegate(OLD)
        self.update("mail.example", "delete mx7.mail.example. A", f"add mx7.mail.example. {TTL} A {ADDRESS}")
        self.world.forget_caches()

    def start(self, server):
        server.start()
        self.addCleanup(server.stop)
        server.wait_until_ready()

    def delegate(self, server):
        """What the registry does that holds the parent."""
        path = self.world.folder / f"{PARENT}.zone"
        text = re.sub(rf"^{re.escape(ZONE)}\. \d+ IN NS \S+$", f"{ZONE}. {NS_TTL} IN NS {server[0]}", path.read_text(),
                      flags=re.MULTILINE)
        self.store(path, text, PARENT, [self.parent])

    def store(self, path, text, zone, servers):
        serial = int(re.search(r" SOA \S+ \S+ (\d+)", text)[1]) + (text != path.read_text())
        path.write_text(re.sub(r"( SOA \S+ \S+ )\d+", rf"\g<1>{serial}", text, count=1))
        self.reload(zone, serial, servers)

    def reload(self, zone, serial, servers):
        for server in servers:
            os.kill(server.process.pid, signal.SIGHUP)
        for server in servers:
            for _ in range(100):
                if [line.split()[2] for line in dig(server.address, zone, "SOA")] == [str(serial)]:
                    break
                time.sleep(0.05)
            else:
                self.fail(f"{server.address} does not serve {zone} with serial {serial}")

    def inventory(self, name, server):
        text = inv.inventory(inv.AUTHORITATIVE, inv.BROKEN).replace(
            "vantages:\n", f"defaults: {{ttl: {TTL}s, rollout: {{ttl: 3s, propagation: 1s, skew: 1s, bake: 2s, cache_floor: 6s}}}}\n"
            "vantages:\n", 1)
        declared = f"name: {ZONE}, managed_by: zonefile, file: zones/{ZONE}.zone, name_servers: [{server[0].rstrip('.')}], " \
                   "contact: noc@hoster.example"
        return self.write(name, re.sub(rf"name: {re.escape(ZONE)}, managed_by: ticket, contact: \S+(?=}})", declared, text))

    def carry_out(self, ready, _):
        for step in ready:
            folder = next((self.folder / "plan").glob(f"[0-9]*-{step}"))
            if step == "move-delegation":
                letter = (folder / "noc@hoster.example.txt").read_text()
                self.assertIn(f" {NS_TTL} IN NS {NEW[0]}  ; now ", letter)
                self.delegate(NEW)
                continue
            self.patch(next(folder.glob("*.patch")))
            serial = re.search(r" SOA \S+ \S+ (\d+)", self.file.read_text())[1]
            self.reload(ZONE, serial, [server for server in (self.old, self.new) if server.process])

    def patch(self, patch):
        done = subprocess.run(["patch", "-p1", "--fuzz=0", "-d", self.folder, "-i", patch], text=True, timeout=30,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.assertEqual(done.returncode, 0, done.stdout)

    def watched(self):
        return Watcher([ADDRESS], [(ZONE, "NS"), (ZONE, "SOA")])

    def test_driven_by_rollout_it_breaks_nothing(self):
        now, hosts = self.plan(OLD, NEW)
        self.assertEqual(hosts, ["start-serving", "stop-serving"])
        # Somebody says that the new server serves the zone, and it does not.
        state = ("--state", self.folder / "lie.json")
        run = self.rollout("status", "--done", "start-serving", *state)
        self.assertEqual(run.exit, 0, run)
        self.assertIn("Now: start-serving", run.out)
        self.assertEqual(self.rollout("verify", "start-serving").exit, 1)
        with self.watched() as watcher:
            def on_hosts(step):
                if step == "start-serving":
                    self.start(self.new)
                    self.assertEqual(self.rollout("verify", "start-serving").exit, 0)
                else:
                    self.old.stop()
            steps, waits = self.drive(hosts, on_hosts)
            time.sleep(NS_TTL + 3)  # everything is asked for once more, and the old server is gone
        self.assertEqual(watcher.failures, [])
        self.assertEqual(steps[:5], ["start-serving", "add-ns", "move-delegation", "remove-ns", "stop-serving"])
        self.assertGreater(waits, 2)
        self.assertEqual(dig(NEW[1], ZONE, "NS"), [NEW[0]])
        # The lab's zones have one name server each and much else that a real one would be told of: none of it is the move's.
        run = self.gate("check", "--format", "json", *self.private_root(), now)
        told = {rule for target, rule in run.findings() if target == ZONE}
        self.assertEqual({rule for rule in told if re.search("lame|mismatch|undeclared|inconsistent|unreachable", rule)}, set(), run)

    def test_at_once_it_breaks_several(self):
        self.plan(OLD, NEW)
        with self.watched() as watcher:
            while watcher.looks < 2:
                time.sleep(0.1)
            self.store(self.file, self.file.read_text().replace(f"NS {OLD[0]}", f"NS {NEW[0]}"), ZONE, [self.old])
            self.start(self.new)
            self.delegate(NEW)
            self.old.stop()
            time.sleep(15)
        self.assertGreater(len(watcher.failures), 1)
