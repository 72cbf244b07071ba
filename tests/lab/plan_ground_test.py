# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""What a plan stands on: every name server of a zone says the same, and it validates."""
from rdnslab.case import LabCase, scratch
from rdnslab.fault_world import FaultWorld

RECURSIVE = "  - {name: own, kind: recursive}"
BOTH = RECURSIVE + "\n  - {name: authority, kind: authoritative}"
AUTHORITY = BOTH.splitlines()[1]


class Ground(LabCase):
    @classmethod
    def setUpClass(cls):
        cls.world = FaultWorld(scratch() / "world")
        cls.addClassCleanup(cls.world.stop)
        cls.world.start()

    def plan(self, vantages, name):
        """The plan that gives the host's address another name. `vantages`: None for an inventory without any."""
        text = self.world.inventory(vantages or "", name, declare_each=True)
        text = text.replace(f"helo: {name}.mail.example", "helo: post.mail.example")
        self.assertIn("post.mail.example", text)
        if vantages is None:
            text = text.replace("vantages:\n\n", "")
        path = self.write("inventory.yaml", text)
        return self.gate("plan", "--format", "json", "--timeout", "2s", "--root-hints", self.world.root_hints,
                         "--trust-anchor", self.world.trust_anchor, path)

    def assert_planned(self, run):
        self.assertEqual(run.exit, 0, run)
        self.assertGreater(run.report["totals"]["changes"], 0, run)
        return " ".join(run.report["notes"])

    def test_name_servers_that_agree(self):
        for vantages in (BOTH, AUTHORITY, None):
            with self.subTest(vantages):
                notes = self.assert_planned(self.plan(vantages, "right"))
                self.assertNotIn("one name server", notes)
        self.assertIn("own asks one name server of each zone", self.assert_planned(self.plan(RECURSIVE, "right")))

    def test_one_secondary_behind(self):
        primary, secondary = self.world.holders["one-secondary-behind"]
        for vantages in (BOTH, AUTHORITY, None):
            with self.subTest(vantages):
                run = self.plan(vantages, "one-secondary-behind")
                self.assertEqual((run.exit, run.out), (3, ""), run)
                for part in (self.world.hosts["one-secondary-behind"].reverse.rstrip(".") + " PTR",
                             f"before.mail.example. at ns1.one-secondary-behind.nic ({secondary})",
                             f"one-secondary-behind.mail.example. at ns0.one-secondary-behind.nic ({primary})",
                             "wait until all name servers"):
                    self.assertIn(part, run.err)

    def test_one_serial_behind_with_the_same_records(self):
        for vantages in (BOTH, None):
            with self.subTest(vantages):
                notes = self.assert_planned(self.plan(vantages, "serial-behind"))
                self.assertIn(f"at ns1.serial-behind.nic ({self.world.holders['serial-behind'][1]})", notes)

    def test_what_does_not_validate(self):
        for vantages in (BOTH, AUTHORITY, RECURSIVE, None):
            with self.subTest(vantages):
                run = self.plan(vantages, "bogus")
                self.assertEqual((run.exit, run.out), (3, ""), run)
                self.assertIn(f"{self.world.hosts['bogus'].reverse.rstrip('.')} PTR: bogus", run.err)
