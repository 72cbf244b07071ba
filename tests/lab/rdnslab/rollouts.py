# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Rollouts on Knot, or in the zone files of NSD, in seconds instead of days, and somebody who watches them through the resolvers all the time."""
import ipaddress
import json
import os
import re
import signal
import subprocess
import threading
import time
from datetime import datetime, timezone

from . import inventories as inv
from . import zones
from .case import WorldCase
from .lookup import lookup
from .process import dig
from .servers import Nsd

PRIMARY = zones.PRIMARY[1]
# Seconds, so that a test does not take a day. Knot Resolver keeps everything for five.
TIMES = "defaults: {ttl: 9s, rollout: {ttl: 3s, propagation: 1s, skew: 1s, bake: 2s, cache_floor: 6s}}\nvantages:\n"


def reverse(address):
    return ipaddress.ip_address(address).reverse_pointer


def forward_type(address):
    return "AAAA" if ipaddress.ip_address(address).version == 6 else "A"


class Watcher:
    """Asks the resolvers all the time whether every address that sends is confirmed, as a receiver of its mail does."""

    def __init__(self, sending, questions=()):
        self.looks, self.failures, self.names = 0, [], set()
        self.sending = set(sending)
        # A resolver that is asked for names before they are there keeps their absence.
        self._questions = list(questions)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()

    def look(self, resolver, address):
        # The aliases on the way (RFC 2317) are shown too.
        names = [name for name in lookup(resolver, reverse(address), "PTR") if not name.endswith(".arpa.")]
        forward = {name: lookup(resolver, name, forward_type(address)) for name in names}
        if address not in self.sending:
            return  # it stopped in the meantime
        self.names.update(names)
        if not names or any(address not in addresses for addresses in forward.values()):
            self.failures.append((resolver, address, forward))

    def _run(self):
        while not self._stop.is_set():
            for resolver in zones.RESOLVERS:
                for address in sorted(self.sending):
                    self.look(resolver, address)
                self.looks += 1
                for name, rrtype in self._questions:
                    lookup(resolver, name, rrtype)
            time.sleep(0.1)


class RolloutCase(WorldCase):
    fresh = apart = True
    seconds = 60

    def apply(self, text):
        code, said = self.nsupdate(self.write("script", text), "-k", self.world.knot.key_file)
        self.assertEqual(code, 0, f"{text}\n{said}")

    def update(self, zone, *lines):
        self.apply(f"server {PRIMARY}\nzone {zone}\n" + "".join(f"update {line}\n" for line in lines) + "send\n")

    def shorten(self, host="mx1.mail.example", address="192.0.2.10"):
        """TTLs of seconds for a host, and negative ones with them; those of the PTR and of the address differ."""
        for zone in "2.0.192.in-addr.arpa", "8.b.d.0.1.0.0.2.ip6.arpa", "mail.example":
            self.update(zone, f"add {zone}. 5 SOA primary.nic. hostmaster.primary.nic. 1000 14400 3600 604800 4")
        self.update("2.0.192.in-addr.arpa", f"delete {reverse(address)}. PTR", f"add {reverse(address)}. 20 PTR {host}.")
        self.update("mail.example", f"delete {host}. A", f"add {host}. 3 A {address}")

    def rollout(self, command, *arguments):
        return self.gate("rollout", command, *self.private_root(), self.folder / "plan" / "plan.json", *arguments)

    def inventory(self, name, sender):
        return self.write(name, inv.inventory(inv.RECURSIVE, sender).replace("vantages:\n", TIMES, 1))

    def plan(self, before, after):
        """Makes the plan in plan/; returns the inventory as it is to be, and the phases that hosts have to do."""
        base, now = self.inventory("base.yaml", before), self.inventory("now.yaml", after)
        run = self.gate("plan", "--base", base, "-o", self.folder / "plan", *self.private_root(), now)
        self.assertEqual(run.exit, 0, run)
        plan = json.loads((self.folder / "plan" / "plan.json").read_text())
        return now, [phase["id"] for phase in plan["phases"] if phase["manual"]]

    def carry_out(self, _, state):
        self.apply(self.rollout("next", *state).out)

    def assert_too_early(self, status, state):
        """Nothing is given out before the moment that `status` said; a busy machine may need longer than that to ask."""
        early = self.rollout("next", *state)
        until = datetime.fromisoformat(re.search(r"^Wait until (\S+)", status.out, re.MULTILINE)[1].replace("Z", "+00:00"))
        if datetime.now(timezone.utc) < until:
            self.assertEqual((early.exit, early.out), (75, ""), early)

    def drive(self, hosts, on_hosts=lambda step: None):
        """Carries the plan out as `rollout` says, never earlier; returns the phases and how often it had to wait."""
        state = ("--state", self.folder / "state.json")
        steps, waits = [], 0
        while True:
            run = self.rollout("status", *state)
            self.assertIn(run.exit, (0, 75), run)
            if run.exit == 75:
                waits += 1
                self.assert_too_early(run, state)
                run = self.rollout("wait", "--interval", "1s", *state)
                self.assertEqual(run.exit, 0, run)
            if "Complete" in run.out:
                return steps, waits
            ready = re.search(r"^Now: ([a-z0-9-]+(?:, [a-z0-9-]+)*)", run.out, re.MULTILINE)[1].split(", ")
            step = ready[0]
            self.assertNotIn(step, steps, run)
            steps.append(step)
            if step in hosts:
                on_hosts(step)
                self.assertIn(self.rollout("status", "--done", step, *state).exit, (0, 75))
                continue
            self.carry_out(ready, state)
            run = self.rollout("verify", step)
            self.assertEqual(run.exit, 0, run)


class InZoneFiles:
    """For a RolloutCase: our zones are files, NSD serves them in place of Knot, and a phase is a patch."""

    def setUp(self):
        super().setUp()
        self.world.knot.stop()
        self.zones = self.folder / "zones"
        self.zones.mkdir()
        for name, text in self.primary_zones.items():
            (self.zones / f"{name}.zone").write_text(text)
        self.nsd = Nsd(self.folder / "nsd", PRIMARY, {name: self.zones / f"{name}.zone" for name in self.primary_zones})
        self.nsd.start()
        self.addCleanup(self.nsd.stop)
        self.nsd.wait_until_ready()

    def reload(self):
        os.kill(self.nsd.process.pid, signal.SIGHUP)

    def carry_out(self, ready, _):
        for step in ready:
            for patch in sorted((self.folder / "plan").glob(f"[0-9]*-{step}/*.patch")):
                self.apply(patch.read_text())

    def apply(self, text):
        done = subprocess.run(["patch", "-p1", "--fuzz=0", "-d", self.folder], input=text, text=True, timeout=30,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.assertEqual(done.returncode, 0, f"{text}\n{done.stdout}")
        self.reload()
        self.wait_for_serials(re.findall(r"^\+\+\+ \S+/([^/\s]+)\.zone", text, re.MULTILINE))

    def update(self, zone, *lines):
        """What an update would do, done to the file: owners are written from the zone, or whole."""
        path = self.zones / f"{zone}.zone"
        kept = path.read_text().splitlines()
        for line in lines:
            verb, owner, *rest = line.split()
            rrtype = rest[-1] if verb == "delete" else rest[1]
            owners = {owner.rstrip(".") + ".", owner.rstrip(".").removesuffix(f".{zone}")} | ({"@"} if owner.rstrip(".") == zone else set())
            if verb == "delete" or rrtype == "SOA":
                kept = [one for one in kept if one.split()[0] not in owners or rrtype not in one.split()]
            if verb == "add":
                at = 1 if rrtype == "SOA" else len(kept)
                kept.insert(at, " ".join([owner.rstrip(".") + ".", *rest]))
        text = "\n".join(kept) + "\n"
        path.write_text(re.sub(r"( SOA \S+ \S+ )(\d+)", lambda soa: soa[1] + str(int(soa[2]) + 1), text, count=1))
        self.reload()
        self.wait_for_serials([zone])

    def wait_for_serials(self, names):
        for name in names:
            serial = re.search(r"\bSOA\s+\S+\s+\S+\s+\(?\s*(\d+)", (self.zones / f"{name}.zone").read_text())[1]
            for _ in range(100):
                if [line.split()[2] for line in dig(PRIMARY, name, "SOA")] == [serial]:
                    break
                time.sleep(0.05)
            else:
                self.fail(f"NSD does not serve {name} with serial {serial}")

    def inventory(self, name, sender):
        path = super().inventory(name, sender)
        path.write_text(re.sub(r"\{name: ([\w.-]+), managed_by: \w+(, contact: \S+)?\}",
                               r"{name: \1, managed_by: zonefile, file: zones/\1.zone}", path.read_text()))
        return path
