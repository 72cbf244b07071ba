# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""A rename that `rollout` drives through Knot, phase by phase, while resolvers watch: not one of them ever sees an
address that is not confirmed. The same rename made at once shows them several."""
import json
import os
import re
import subprocess
import threading
import time
from pathlib import Path

import yaml

from rdnslab import inventories as inv
from rdnslab import zones
from rdnslab.case import WorldCase
from rdnslab.process import dig

ROOT = Path(__file__).resolve().parents[2]
PRIMARY = zones.PRIMARY[1]
BEFORE = "  - {name: mx1, helo: mx1.mail.example, addresses: [192.0.2.10]}\n"
AFTER = "  - {name: mx1, helo: post.mail.example, addresses: [192.0.2.10]}\n"
# Seconds, so that the test does not take a day. Knot Resolver keeps everything for five.
TIMES = "defaults: {ttl: 9s, rollout: {ttl: 3s, propagation: 1s, skew: 1s, bake: 2s, cache_floor: 6s}}\nvantages:\n"
REVERSE = "10.2.0.192.in-addr.arpa"


class Watcher:
    """Asks the resolvers all the time whether the address is confirmed, as a receiver of its mail does."""

    def __init__(self):
        self.looks, self.failures, self.names = 0, [], set()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()

    def _run(self):
        while not self._stop.is_set():
            for resolver in zones.RESOLVERS:
                names = dig(resolver, REVERSE, "PTR")
                forward = {name: dig(resolver, name, "A") for name in names}
                self.looks += 1
                self.names.update(names)
                if not names or any("192.0.2.10" not in addresses for addresses in forward.values()):
                    self.failures.append((resolver, forward))
                # A resolver that is asked for names before they are there keeps their absence.
                dig(resolver, "post.mail.example", "A")
            time.sleep(0.1)


class RenameCase(WorldCase):
    fresh = True

    def apply(self, text):
        code, said = self.nsupdate(self.write("script", text), "-k", self.world.knot.key_file)
        self.assertEqual(code, 0, f"{text}\n{said}")

    def shorten(self):
        """TTLs of seconds in the zones, and a negative one with them."""
        for zone in "2.0.192.in-addr.arpa", "mail.example":
            self.apply(f"server {PRIMARY}\nzone {zone}\nupdate add {zone}. 5 SOA primary.nic. hostmaster.primary.nic. "
                       "1000 14400 3600 604800 4\nsend\n")
        self.apply(f"server {PRIMARY}\nzone 2.0.192.in-addr.arpa\nupdate delete {REVERSE}. PTR\n"
                   f"update add {REVERSE}. 20 PTR mx1.mail.example.\nsend\n")
        self.apply(f"server {PRIMARY}\nzone mail.example\nupdate delete mx1.mail.example. A\n"
                   "update add mx1.mail.example. 3 A 192.0.2.10\nsend\n")

    def rollout(self, command, *arguments):
        return self.gate("rollout", command, *self.private_root(), self.folder / "plan" / "plan.json", *arguments)

    def inventory(self, name, sender):
        return self.write(name, inv.inventory(inv.RECURSIVE, sender).replace("vantages:\n", TIMES, 1))


class Rollout(RenameCase):
    def test_a_rename_driven_by_rollout_breaks_nothing(self):
        self.shorten()
        base, now = self.inventory("base.yaml", BEFORE), self.inventory("now.yaml", AFTER)
        run = self.gate("plan", "--base", base, "-o", self.folder / "plan", *self.private_root(), now)
        self.assertEqual(run.exit, 0, run)
        plan = json.loads((self.folder / "plan" / "plan.json").read_text())
        hosts = [phase["id"] for phase in plan["phases"] if phase["manual"]]
        state = ("--state", self.folder / "state.json")
        steps, waits = [], 0
        with Watcher() as watcher:
            while True:
                run = self.rollout("status", *state)
                self.assertIn(run.exit, (0, 75), run)
                if run.exit == 75:
                    waits += 1
                    early = self.rollout("next", *state)
                    self.assertEqual((early.exit, early.out), (75, ""), early)
                    run = self.rollout("wait", "--interval", "1s", *state)
                    self.assertEqual(run.exit, 0, run)
                if "Complete" in run.out:
                    break
                step = re.search(r"^Now: ([a-z0-9-]+)", run.out, re.MULTILINE)[1]
                self.assertNotIn(step, steps, run)
                steps.append(step)
                if step in hosts:
                    self.assertIn(self.rollout("status", "--done", step, *state).exit, (0, 75))
                    continue
                self.apply(self.rollout("next", *state).out)
                run = self.rollout("verify", step)
                self.assertEqual(run.exit, 0, run)
        self.assertEqual(watcher.failures, [])
        self.assertGreater(watcher.looks, 50)
        self.assertEqual(watcher.names, {"mx1.mail.example.", "post.mail.example."})
        self.assertEqual([step for step in steps if step in ("add-forward", "swap-ptr", "switch-helo", "remove-old")],
                         ["add-forward", "swap-ptr", "switch-helo", "remove-old"])
        self.assertGreater(waits, 3)
        run = self.gate("check", "--format", "json", *self.private_root(), now)
        self.assertEqual(run.exit, 0, run)

    def test_the_same_rename_at_once_breaks_several(self):
        self.shorten()
        with Watcher() as watcher:
            while watcher.looks < 2:  # the caches have the old records now, and the PTR for longer than the address
                time.sleep(0.1)
            self.apply(f"server {PRIMARY}\nzone mail.example\nupdate delete mx1.mail.example. A\n"
                       "update add post.mail.example. 9 A 192.0.2.10\nsend\n"
                       f"zone 2.0.192.in-addr.arpa\nupdate delete {REVERSE}. PTR\n"
                       f"update add {REVERSE}. 9 PTR post.mail.example.\nsend\n")
            time.sleep(15)
        self.assertGreater(len(watcher.failures), 3)

    def test_an_edit_by_somebody_else_leaves_the_plan(self):
        self.shorten()
        base, now = self.inventory("base.yaml", BEFORE), self.inventory("now.yaml", AFTER)
        run = self.gate("plan", "--base", base, "-o", self.folder / "plan", *self.private_root(), now)
        self.assertEqual(run.exit, 0, run)
        self.assertEqual(self.rollout("status").exit, 0)
        self.apply(f"server {PRIMARY}\nzone mail.example\nupdate add mx1.mail.example. 9 A 192.0.2.250\nsend\n")
        run = self.rollout("status")
        self.assertEqual(run.exit, 1, run)
        self.assertIn("mx1.mail.example A", run.out)
        self.assertIn("192.0.2.250", run.out)
        run = self.rollout("next")
        self.assertEqual((run.exit, run.out), (1, ""), run)


class Pipelines(RenameCase):
    """What ci/ hands to pipelines drives the same rename: each run is one of theirs, in a folder of its own."""

    def setUp(self):
        super().setUp()
        self.shorten()
        base, now = self.inventory("base.yaml", BEFORE), self.inventory("now.yaml", AFTER)
        run = self.gate("plan", "--base", base, "-o", self.folder / "rollout", *self.private_root(), now)
        self.assertEqual(run.exit, 0, run)
        (self.folder / "ci").symlink_to(ROOT / "ci")
        (self.folder / "bin").mkdir()
        (self.folder / "bin" / "rdnsgate").symlink_to(Path(os.environ["RDNSGATE"]).resolve())
        self.environment = os.environ | {"PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}"}

    def drive(self, script, variables):
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
        with Watcher() as watcher:
            printed = drive()
        self.assertEqual(watcher.failures, [])
        self.assertEqual(watcher.names, {"mx1.mail.example.", "post.mail.example."})
        self.assertTrue(any("Too early" in text for text in printed))
        self.assertEqual(dig(PRIMARY, REVERSE, "PTR"), ["post.mail.example."])
        self.assertEqual(dig(PRIMARY, "mx1.mail.example", "A"), [])

    def test_github(self):
        workflow = yaml.safe_load((ROOT / "ci/github/rdnsgate-rollout.yml").read_text())
        (step,) = [step for step in workflow["jobs"]["step"]["steps"] if "run" in step]
        self.assertNotIn("${{", step["run"])
        key = Path(self.world.knot.key_file).read_text()
        self.check(lambda: self.drive(step["run"], workflow["env"] | {
            "TSIG_KEY": key, "RUNNER_TEMP": str(self.folder), "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md")}))
        self.assertIn("Complete", (self.folder / "summary.md").read_text())
        self.assertFalse((self.folder / "tsig.key").exists())

    def test_gitlab(self):
        job = yaml.safe_load((ROOT / "ci/gitlab/rdnsgate-rollout.gitlab-ci.yml").read_text())["rdnsgate:rollout"]
        self.check(lambda: self.drive("\n".join(job["script"]),
                                      job["variables"] | {"RDNSGATE_TSIG_KEY": str(self.world.knot.key_file)}))
