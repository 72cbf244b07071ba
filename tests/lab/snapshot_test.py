# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""What was recorded from real servers gives the same report, octet for octet, where there is no network."""
from rdnslab import inventories as inv
from rdnslab import namespace
from rdnslab.case import WorldCase

SENDERS = [inv.OWN, inv.CLASSLESS, inv.FAULTS, inv.BROKEN]


class Unsigned(WorldCase):
    def check(self, *options, prefix=()):
        return self.gate("check", "--format", "json", "--timeout", "1s", *options, self.path, prefix=prefix)

    def replay(self, snapshot, *options):
        return self.check("--replay", snapshot, *options, prefix=namespace.without_network([]))

    def test_replay_is_the_recorded_run(self):
        """Recursive and forward together, and a server that says nothing."""
        for vantages in ([inv.RECURSIVE, inv.FORWARD], [inv.LONE_FORWARD], [inv.LONE_FORWARD, inv.NOBODY], [inv.NOBODY]):
            with self.subTest(vantages):
                self.path = self.write("inventory.yaml", inv.inventory("\n".join(vantages), *SENDERS))
                live = self.check("--record", "run.facts", *self.private_root())
                self.assertIn(live.exit, (1, 3), live)
                again = self.replay("run.facts")
                self.assertEqual((again.exit, again.out, again.err), (live.exit, live.out, live.err))

    def test_merged_networks_confirm_what_neither_did_alone(self):
        lines = inv.FORWARD.splitlines()
        for number in range(2):
            self.path = self.write("inventory.yaml", inv.inventory(lines[number], *SENDERS))
            self.assertEqual(self.check("--record", f"{number}.facts").exit, 3)
        merged = self.gate("facts", "merge", "-o", "both.facts", "0.facts", "1.facts")
        self.assertEqual(merged.exit, 0, merged)
        both = self.replay("both.facts")
        self.assertEqual(both.exit, 1, both)
        self.assertEqual([v["name"] for v in both.report["vantages"]], ["resolver0", "resolver1"])
        self.assertIn(("192.0.2.22", "ptr-missing"), both.findings("error"))

    def test_question_that_was_not_recorded_is_never_missing(self):
        self.path = self.write("inventory.yaml", inv.inventory(inv.RECURSIVE, inv.CLASSLESS))
        self.check("--record", "run.facts", *self.private_root())
        self.path = self.write("inventory.yaml", inv.inventory(inv.RECURSIVE, inv.OWN))
        again = self.replay("run.facts")
        self.assertEqual(again.exit, 3, again)
        self.assertIn("not in the snapshot", again.out)
        self.assertNotIn("ptr-missing", again.out)

    def test_plan_from_a_snapshot_is_the_plan(self):
        sender = '  - {name: mx1, helo: post.mail.example, addresses: [192.0.2.10, "2001:db8::10"]}\n'
        self.path = self.write("inventory.yaml", inv.inventory(inv.RECURSIVE, sender))
        live = self.gate("plan", "--format", "json", "--record", "plan.facts", *self.private_root(), self.path)
        self.assertEqual(live.exit, 0, live)
        again = self.gate("plan", "--format", "json", "--replay", "plan.facts", self.path, prefix=namespace.without_network([]))
        self.assertEqual((again.exit, again.out), (live.exit, live.out), again)


class Signed(Unsigned):
    signed = True
