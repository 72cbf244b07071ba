# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Bad moments of a rollout on Knot: a server that stops answering, an update of which nobody knows whether it was applied,
a zone that somebody else brought back or forward. Each has a clear word, nothing is destroyed, and there is a way on."""
import json
import shutil
import time

from pause_test import family, standing_still
from rollout_test import AFTER, BEFORE, REVERSE
from rdnslab.process import dig
from rdnslab.rollouts import PRIMARY, RolloutCase


class BadMoments(RolloutCase):
    def setUp(self):
        super().setUp()
        self.shorten()
        base, now = self.inventory("base.yaml", BEFORE), self.inventory("now.yaml", AFTER)
        run = self.gate("plan", "--base", base, "-o", self.folder / "plan", *self.private_root(), now)
        self.assertEqual(run.exit, 0, run)
        self.state = self.folder / "state.json"

    def status(self, *arguments):
        run = self.rollout("status", "--format", "json", "--timeout", "2s", "--state", self.state, *arguments)
        return run.exit, json.loads(run.out)

    def next(self):
        return self.rollout("next", "--timeout", "2s", "--state", self.state)

    def next_phases(self):
        code, standing = self.status()
        self.assertEqual((code, standing["verdict"]), (0, "ready"), standing)
        return [phase["id"] for phase in standing["phases"] if phase["state"] == "next"]

    def stopped(self):
        return standing_still(family(self.world.knot.process.pid))

    def test_a_server_that_stops_answering_stops_the_rollout_and_nothing_else(self):
        step = self.next()
        self.apply(step.out)
        before = self.status()
        self.assertEqual(before[0], 75, before)
        with self.stopped():
            code, standing = self.status()
            self.assertEqual((code, standing["verdict"]), (3, "unknown"), standing)
            self.assertTrue(any("timeout" in problem for problem in standing["problems"]), standing)
            silent = self.next()
            self.assertEqual((silent.exit, silent.out), (3, ""), silent)
            self.assertIn("timeout", silent.err)
        run = self.rollout("wait", "--interval", "1s", "--state", self.state)
        self.assertEqual(run.exit, 0, run)

    def test_an_update_that_timed_out_is_seen_or_sent_again(self):
        step = self.next()
        phases = self.next_phases()
        script = self.write("script", step.out)
        with self.stopped():
            code, said = self.nsupdate(script, "-t", "2", "-r", "0", "-k", self.world.knot.key_file)
            self.assertNotEqual(code, 0, said)
        time.sleep(1)  # what waits in the server's socket is read now, or never was
        code, standing = self.status()
        if code == 0:  # not applied
            self.assertEqual(self.next_phases(), phases)
            again = self.next()
            self.assertEqual(again.out, step.out)
            self.apply(again.out)
            code, standing = self.status()
        self.assertEqual((code, standing["verdict"]), (75, "wait"), standing)

    def test_a_step_that_was_applied_and_is_sent_again_changes_nothing(self):
        for _ in range(10):
            step, phases = self.next(), self.next_phases()
            self.apply(step.out)
            if phases == ["swap-ptr"]:
                break
            self.assertEqual(self.rollout("wait", "--interval", "1s", "--state", self.state).exit, 0)
        self.assertEqual(phases, ["swap-ptr"])
        code, said = self.nsupdate(self.write("again", step.out), "-k", self.world.knot.key_file)
        self.assertNotEqual(code, 0)
        self.assertRegex(said, "update failed: (YX|NX)RRSET")  # what it waits for is not there any more
        self.assertEqual(dig(PRIMARY, REVERSE, "PTR"), ["post.mail.example."])
        self.assertEqual(self.status()[0], 75)

    def test_what_a_provider_changed_else_is_named_and_a_new_plan_goes_on(self):
        self.apply(self.next().out)
        self.assertEqual(self.status()[0], 75)
        self.apply(f"server {PRIMARY}\nzone 2.0.192.in-addr.arpa\nupdate delete {REVERSE}. PTR\n"
                   f"update add {REVERSE}. 3 PTR host-10.provider.example.\nsend\n")
        code, standing = self.status()
        self.assertEqual((code, standing["verdict"]), (1, "left"), standing)
        self.assertEqual({one["owner"] for one in standing["strange"]}, {REVERSE}, standing)
        self.assertIn("host-10.provider.example", standing["strange"][0]["shows"])
        stopped = self.next()
        self.assertEqual((stopped.exit, stopped.out), (1, ""), stopped)
        # The state was of the old plan, and is no state of a new one; nor is the old plan's folder the new one's.
        refused = self.gate("plan", "--base", self.folder / "base.yaml", "-o", self.folder / "plan", *self.private_root(),
                            self.folder / "now.yaml")
        self.assertEqual(refused.exit, 2, refused)
        shutil.rmtree(self.folder / "plan")
        run = self.gate("plan", "--base", self.folder / "base.yaml", "-o", self.folder / "plan", *self.private_root(),
                        self.folder / "now.yaml")
        self.assertEqual(run.exit, 0, run)
        refused = self.rollout("status", "--state", self.state)
        self.assertEqual(refused.exit, 2, refused)
        self.assertIn("state of plan", refused.err)
        run = self.rollout("status")
        self.assertIn(run.exit, (0, 75), run)
