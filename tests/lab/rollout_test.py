# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Changes that `rollout` drives through Knot, phase by phase, while resolvers watch: not one of them ever sees an address
that sends mail and is not confirmed. The same changes made at once show them several."""
import json
import os
import re
import subprocess
import time
from pathlib import Path

import yaml

from rdnslab import zones
from rdnslab.process import dig
from rdnslab.rollouts import PRIMARY, InZoneFiles, RolloutCase, Watcher, reverse

ROOT = Path(__file__).resolve().parents[2]
BEFORE = "  - {name: mx1, helo: mx1.mail.example, addresses: [192.0.2.10]}\n"
AFTER = "  - {name: mx1, helo: post.mail.example, addresses: [192.0.2.10]}\n"
REVERSE = reverse("192.0.2.10")


def rename_watched():
    return Watcher(["192.0.2.10"], [("post.mail.example", "A")])


# That somebody watched all the time; how often is a matter of the machine.
ENOUGH_LOOKS = 10


class Rename(RolloutCase):
    def test_driven_by_rollout_it_breaks_nothing(self):
        self.shorten()
        now, hosts = self.plan(BEFORE, AFTER)
        with rename_watched() as watcher:
            steps, waits = self.drive(hosts)
        self.assertEqual(watcher.failures, [])
        self.assertGreater(watcher.looks, ENOUGH_LOOKS)
        self.assertEqual(watcher.names, {"mx1.mail.example.", "post.mail.example."})
        self.assertEqual([step for step in steps if step in ("add-forward", "swap-ptr", "switch-helo", "remove-old")],
                         ["add-forward", "swap-ptr", "switch-helo", "remove-old"])
        self.assertGreater(waits, 3)
        run = self.gate("check", "--format", "json", *self.private_root(), now)
        self.assertEqual(run.exit, 0, run)

    def test_at_once_it_breaks_several(self):
        self.shorten()
        with rename_watched() as watcher:
            while watcher.looks < 2:  # the caches have the old records now, and the PTR for longer than the address
                time.sleep(0.1)
            self.update("mail.example", "delete mx1.mail.example. A", "add post.mail.example. 9 A 192.0.2.10")
            self.update("2.0.192.in-addr.arpa", f"delete {REVERSE}. PTR", f"add {REVERSE}. 9 PTR post.mail.example.")
            time.sleep(15)
        self.assertGreater(len(watcher.failures), 3)

    def test_an_edit_by_somebody_else_leaves_the_plan(self):
        self.shorten()
        self.plan(BEFORE, AFTER)
        self.assertEqual(self.rollout("status").exit, 0)
        self.update("mail.example", "add mx1.mail.example. 9 A 192.0.2.250")
        run = self.rollout("status")
        self.assertEqual(run.exit, 1, run)
        self.assertIn("mx1.mail.example A", run.out)
        self.assertIn("192.0.2.250", run.out)
        run = self.rollout("next")
        self.assertEqual((run.exit, run.out), (1, ""), run)


class Renumber(RolloutCase):
    """The host keeps its name and gets another address; mail leaves from the new one as soon as it may."""

    OLD, NEW = "192.0.2.10", "192.0.2.50"
    REVERSE_ZONE = "2.0.192.in-addr.arpa"
    after = BEFORE.replace(OLD, NEW)

    def watched(self):
        return Watcher([self.OLD], [(reverse(self.NEW), "PTR"), ("mx1.mail.example", "A")])

    def test_driven_by_rollout_it_breaks_nothing(self):
        self.shorten()
        now, hosts = self.plan(BEFORE, self.after)
        with self.watched() as watcher:
            def on_hosts(step):
                if step == "start-egress":
                    watcher.sending.add(self.NEW)
                if step == "stop-egress":
                    watcher.sending.discard(self.OLD)
            steps, _ = self.drive(hosts, on_hosts)
        self.assertEqual(watcher.sending, {self.NEW})
        self.assertEqual(watcher.failures, [])
        self.assertGreater(watcher.looks, ENOUGH_LOOKS)
        self.assertLess(steps.index("start-egress"), steps.index("stop-egress"))
        self.assertEqual(dig(PRIMARY, reverse(self.OLD), "PTR"), [])
        self.assertEqual(dig(PRIMARY, "mx1.mail.example", "A"), [self.NEW])
        run = self.gate("check", "--format", "json", *self.private_root(), now)
        self.assertEqual(run.exit, 0, run)

    def test_at_once_it_breaks_several(self):
        self.shorten()
        with self.watched() as watcher:
            while watcher.looks < 2:
                time.sleep(0.1)
            self.update("mail.example", "delete mx1.mail.example. A", f"add mx1.mail.example. 9 A {self.NEW}")
            self.update(self.REVERSE_ZONE, f"delete {reverse(self.OLD)}. PTR", f"add {reverse(self.NEW)}. 9 PTR mx1.mail.example.")
            watcher.sending.add(self.NEW)
            watcher.sending.discard(self.OLD)
            time.sleep(10)
        self.assertGreater(len(watcher.failures), 3)


class AddIpv6(RolloutCase):
    """A host that had only IPv4 begins to send over IPv6 too."""

    HOST, OLD, NEW = "mx13.mail.example", "192.0.2.47", "2001:db8::47"
    REVERSE_ZONE = "8.b.d.0.1.0.0.2.ip6.arpa"
    before = f"  - {{name: mx13, helo: {HOST}, addresses: [{OLD}]}}\n"
    after = f'  - {{name: mx13, helo: {HOST}, addresses: [{OLD}, "{NEW}"]}}\n'

    def watched(self):
        return Watcher([self.OLD], [(reverse(self.NEW), "PTR"), (self.HOST, "AAAA")])

    def test_driven_by_rollout_it_breaks_nothing(self):
        self.shorten(self.HOST, self.OLD)
        now, hosts = self.plan(self.before, self.after)
        with self.watched() as watcher:
            steps, _ = self.drive(hosts, lambda step: watcher.sending.add(self.NEW))
        self.assertEqual(watcher.sending, {self.OLD, self.NEW})
        self.assertEqual(watcher.failures, [])
        self.assertGreater(watcher.looks, ENOUGH_LOOKS)
        self.assertLess(max(steps.index(step) for step in steps if step.startswith("add-")), steps.index("start-egress"))
        run = self.gate("check", "--format", "json", *self.private_root(), now)
        self.assertEqual(run.exit, 0, run)

    def test_at_once_it_breaks_several(self):
        self.shorten(self.HOST, self.OLD)
        with self.watched() as watcher:
            while watcher.looks < 2:  # the caches know that there is no AAAA record
                time.sleep(0.1)
            self.update("mail.example", f"add {self.HOST}. 9 AAAA {self.NEW}")
            self.update(self.REVERSE_ZONE, f"add {reverse(self.NEW)}. 9 PTR {self.HOST}.")
            watcher.sending.add(self.NEW)
            time.sleep(10)
        self.assertGreater(len(watcher.failures), 3)


class Redelegate(RolloutCase):
    """The PTR moves into a zone of its block (RFC 2317), and the reverse name leads there."""

    ZONE, BLOCK = "2.0.192.in-addr.arpa", "0-63.2.0.192.in-addr.arpa"
    OWNER = f"10.{BLOCK}"
    primary_zones = {**zones.PRIMARY_ZONES, ZONE: zones.PRIMARY_ZONES[ZONE] + f"0-63 3600 IN NS {zones.PRIMARY[0]}\n",
                     BLOCK: f"$ORIGIN {BLOCK}.\n{zones.soa(zones.PRIMARY, 4)}"}

    def inventory(self, name, sender):
        path = super().inventory(name, sender)
        managed = re.search(rf"name: {self.ZONE}, (managed_by: \w+)", path.read_text())[1]
        file = f", file: zones/{self.BLOCK}.zone" if "zonefile" in managed else ""
        path.write_text(path.read_text().replace("zones:\n", f"zones:\n  - {{name: {self.BLOCK}, {managed}{file}}}\n", 1))
        return path

    def watched(self):
        return Watcher(["192.0.2.10"], [(self.OWNER, "PTR"), (REVERSE, "CNAME")])

    def test_driven_by_rollout_it_breaks_nothing(self):
        self.shorten()
        now, hosts = self.plan(BEFORE, BEFORE)
        self.assertEqual(hosts, [])
        with self.watched() as watcher:
            steps, waits = self.drive(hosts)
        self.assertEqual(watcher.failures, [])
        self.assertGreater(watcher.looks, ENOUGH_LOOKS)
        self.assertEqual(watcher.names, {"mx1.mail.example."})
        self.assertLess(steps.index("add-ptr"), steps.index("redelegate"))
        self.assertGreater(waits, 1)
        self.assertEqual(dig(PRIMARY, REVERSE, "CNAME"), [f"{self.OWNER}."])
        self.assertEqual(dig(PRIMARY, self.OWNER, "PTR"), ["mx1.mail.example."])
        run = self.gate("check", "--format", "json", *self.private_root(), now)
        self.assertEqual(run.exit, 0, run)

    def test_at_once_it_breaks_several(self):
        self.shorten()
        self.update(self.BLOCK, f"add {self.BLOCK}. 15 SOA primary.nic. hostmaster.primary.nic. 1000 14400 3600 604800 15")
        self.update(self.ZONE, f"delete {REVERSE}. PTR", f"add {REVERSE}. 3 PTR mx1.mail.example.")
        with self.watched() as watcher:
            while watcher.looks < 2:  # the caches know that the block's zone has no such name
                time.sleep(0.1)
            self.update(self.ZONE, f"delete {REVERSE}. PTR", f"add {REVERSE}. 9 CNAME {self.OWNER}.")
            self.update(self.BLOCK, f"add {self.OWNER}. 9 PTR mx1.mail.example.")
            time.sleep(20)
        self.assertGreater(len(watcher.failures), 3)


class RedelegateInFiles(InZoneFiles, Redelegate):
    test_at_once_it_breaks_several = None


class RenumberInFiles(InZoneFiles, Renumber):
    test_at_once_it_breaks_several = None  # the caches are the same


class AddIpv6InFiles(InZoneFiles, AddIpv6):
    test_at_once_it_breaks_several = None


class Pipelines(RolloutCase):
    """What ci/ hands to pipelines drives the same rename: each run is one of theirs, in a folder of its own. That a name
    is not there is kept for so long that the SOA record has to change too."""

    def setUp(self):
        super().setUp()
        self.shorten()
        self.update("mail.example", "add mail.example. 30 SOA primary.nic. hostmaster.primary.nic. 2000 14400 3600 604800 20")
        base, now = self.inventory("base.yaml", BEFORE), self.inventory("now.yaml", AFTER)
        run = self.gate("plan", "--base", base, "-o", self.folder / "rollout", *self.private_root(), now)
        self.assertEqual(run.exit, 0, run)
        plan = json.loads((self.folder / "rollout" / "plan.json").read_text())
        self.assertEqual([phase["id"] for phase in plan["phases"] for step in phase["steps"] if step["type"] == "SOA"],
                         ["lower-ttl", "restore-ttl"])
        (self.folder / "ci").symlink_to(ROOT / "ci")
        (self.folder / "bin").mkdir()
        (self.folder / "bin" / "rdnsgate").symlink_to(Path(os.environ["RDNSGATE"]).resolve())
        self.environment = os.environ | {"PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}"}

    def run_job(self, script, variables):
        """Runs the job again and again, and does what it asks of hosts; returns what it printed."""
        wanted = variables | {"OPTIONS": " ".join(map(str, self.private_root())), "INTERVAL": "1s", "PAUSE": "1",
                              "PATIENCE": "4s"}
        printed, done = [], ""
        for _ in range(60):
            run = subprocess.run(["bash", "-e", "-o", "pipefail", "-c", script], cwd=self.folder, text=True,
                                 env=self.environment | wanted | {"DONE": done}, capture_output=True, timeout=120)
            printed.append(run.stdout)
            self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
            if "Complete" in run.stdout:
                return printed
            people = re.search(r"^That is for people.* DONE=([a-z0-9-]+)$", run.stdout, re.MULTILINE)
            done = people[1] if people else ""
        self.fail("it never ends:\n" + "\n".join(printed[-3:]))

    def check(self, drive):
        with rename_watched() as watcher:
            printed = drive()
        self.assertEqual(watcher.failures, [])
        self.assertEqual(watcher.names, {"mx1.mail.example.", "post.mail.example."})
        self.assertTrue(any("Too early" in text for text in printed))
        self.assertTrue(any("IN SOA" in text and "604800 3\n" in text for text in printed), "the SOA was lowered")
        self.assertEqual(dig(PRIMARY, "mail.example", "SOA")[0].split()[-1], "20", "and is as it was")
        self.assertEqual(dig(PRIMARY, REVERSE, "PTR"), ["post.mail.example."])
        self.assertEqual(dig(PRIMARY, "mx1.mail.example", "A"), [])

    def test_github(self):
        workflow = yaml.safe_load((ROOT / "ci/github/rdnsgate-rollout.yml").read_text())
        (step,) = [step for step in workflow["jobs"]["step"]["steps"] if "run" in step]
        self.assertNotIn("${{", step["run"])
        key = Path(self.world.knot.key_file).read_text()
        self.check(lambda: self.run_job(step["run"], workflow["env"] | {
            "TSIG_KEY": key, "RUNNER_TEMP": str(self.folder), "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md")}))
        self.assertIn("Complete", (self.folder / "summary.md").read_text())
        self.assertFalse((self.folder / "tsig.key").exists())

    def test_gitlab(self):
        job = yaml.safe_load((ROOT / "ci/gitlab/rdnsgate-rollout.gitlab-ci.yml").read_text())["rdnsgate:rollout"]
        self.check(lambda: self.run_job("\n".join(job["script"]),
                                      job["variables"] | {"RDNSGATE_TSIG_KEY": str(self.world.knot.key_file)}))
