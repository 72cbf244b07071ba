# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Zone files over the live DNS, and over a snapshot of it: the forward zone is in the repository, the reverse zones are
somebody else's, and each answer comes from where it belongs."""
import shutil

from check_test import FINDINGS
from rdnslab import inventories as inv
from rdnslab import zones
from rdnslab.case import WorldCase

DEAD = f"  - {{name: dead, kind: forward, address: {zones.NOBODY}}}"


class Over(WorldCase):
    def files(self, *names):
        """A folder with these zones alone, as they are."""
        folder = self.folder / "zones"
        folder.mkdir(exist_ok=True)
        for name in names:
            shutil.copy(self.world.zone_files() / f"{name}.zone", folder)
        return folder

    def edit(self, name, old, new):
        path = self.folder / "zones" / f"{name}.zone"
        text = path.read_text()
        self.assertIn(old, text)
        path.write_text(text.replace(old, new))

    def check(self, vantages, *senders, options=()):
        path = self.write("inventory.yaml", inv.inventory(vantages, *senders))
        return self.gate("check", "--format", "json", *options, path)

    def ways(self, *names):
        """Vantages, and options that lay the zones over what they answer: live, and as recorded a moment before."""
        files = self.files(*names)
        for way, vantages, options in (("recursive", inv.RECURSIVE, self.private_root()),
                                       ("authoritative", inv.AUTHORITATIVE, self.private_root()),
                                       ("forward", inv.FORWARD, [])):
            yield f"{way}, live", vantages, ["--zone-files", files, "--over", "live", *options]
            facts = self.folder / f"{way}.facts"
            seen = self.check(vantages, inv.OWN, inv.CLASSLESS, inv.FAULTS, options=["--record", facts, *options])
            self.assertEqual(seen.exit, 1, seen)
            yield f"{way}, recorded", vantages, ["--zone-files", files, "--over", facts]

    def test_files_that_are_what_is_published_change_nothing(self):
        for way, vantages, options in self.ways("mail.example"):
            with self.subTest(way):
                run = self.check(vantages, inv.OWN, inv.CLASSLESS, inv.FAULTS, options=options)
                self.assertEqual(run.findings("error", "warning"), FINDINGS, run)
                self.assertEqual(run.report["vantages"][-1]["name"], "zone files", run)
                self.assertGreater(run.report["vantages"][-1]["questions"], 3, run)

    def test_a_change_in_a_file_is_judged_against_the_providers_zone(self):
        for way, vantages, options in self.ways("mail.example"):
            with self.subTest(way):
                path = self.folder / "zones" / "mail.example.zone"
                before = path.read_text()
                self.edit("mail.example", "192.0.2.10", "192.0.2.99")
                run = self.check(vantages, inv.OWN, options=options)
                path.write_text(before)
                self.assertEqual(run.exit, 1, run)
                self.assertIn(("192.0.2.10", "fcrdns-mismatch"), run.findings("error"), run)
                found = next(f for f in run.report["findings"] if f["rule"] == "fcrdns-mismatch")
                self.assertEqual(found["certainty"], "confirmed", run)
                self.assertEqual(found["vantages"][-1], "zone files", run)
                self.assertGreater(len(found["vantages"]), 1, run)

    def test_an_alias_at_the_provider_ends_in_the_file(self):
        child = "0-63.100.51.198.in-addr.arpa"
        for way, vantages, options in self.ways("mail.example", child):
            with self.subTest(way):
                run = self.check(vantages, inv.CLASSLESS, options=options)
                self.assertEqual(run.exit, 0, run)
                path = self.folder / "zones" / f"{child}.zone"
                before = path.read_text()
                self.edit(child, "branch.mail.example.", "elsewhere.mail.example.")
                run = self.check(vantages, inv.CLASSLESS, options=options)
                path.write_text(before)
                self.assertIn(("198.51.100.10", "ptr-mismatch"), run.findings("error"), run)

    def test_below_a_delegation_of_the_file_the_world_is_asked(self):
        parent = "100.51.198.in-addr.arpa"  # the provider's, delegates the block to us
        for way, vantages, options in self.ways(parent, "mail.example"):
            with self.subTest(way):
                run = self.check(vantages, inv.CLASSLESS, options=options)
                self.assertEqual(run.exit, 0, run)
                self.assertEqual(run.report["summary"]["unanswered"], 0, run)

    def test_name_servers_of_a_file_are_held_against_the_delegation(self):
        files = self.files("mail.example")
        over = ["--zone-files", files, "--over", "live", *self.private_root()]
        differs = ("mail.example", "deleg-parent-child-ns-mismatch")
        self.assertNotIn(differs, self.check(inv.AUTHORITATIVE, inv.OWN, options=over).findings())
        self.edit("mail.example", "mx1 ", f"@ 3600 IN NS {zones.SECOND_NAME[0]}\nmx1 ")
        run = self.check(inv.AUTHORITATIVE, inv.OWN, options=over)
        self.assertIn(differs, run.findings(), run)

    def test_a_dead_provider_leaves_it_open_and_nothing_is_missing(self):
        files = self.files("mail.example")
        facts = self.folder / "nothing.facts"
        self.check(DEAD, inv.OWN, options=["--record", facts, "--timeout", "300ms"])
        for options in (["--over", "live", "--timeout", "300ms"], ["--over", facts]):
            run = self.check(DEAD, inv.OWN, options=["--zone-files", files, *options])
            self.assertEqual(run.exit, 3, run)
            self.assertEqual(run.findings("error"), set(), run)
        alone = self.check(DEAD, inv.OWN, options=["--zone-files", files])
        self.assertEqual(alone.exit, 0, alone)
        self.assertEqual(alone.report["not_in_gate"]["addresses"], 6, alone)

    def test_a_plan_and_its_rollout(self):
        files = self.files("mail.example")
        base = self.write("base.yaml", inv.inventory(inv.AUTHORITATIVE, inv.OWN))
        now = self.write("now.yaml", inv.inventory(inv.AUTHORITATIVE, inv.OWN,
                                                   "  - {name: new, helo: new.mail.example, addresses: [192.0.2.60]}\n"))
        over = ["--zone-files", files, "--over", "live", *self.private_root()]
        alone = self.gate("plan", "--base", base, "--zone-files", files, "--format", "json", now)
        self.assertEqual(alone.exit, 0, alone)
        self.assertEqual({phase["id"] for phase in alone.report["phases"]}, {"preflight", "add-forward"}, alone)
        self.assertEqual(len(alone.report["left_out"]), 7, alone)
        run = self.gate("plan", "--base", base, *over, "-o", self.folder / "p", "--format", "json", now)
        self.assertEqual(run.exit, 0, run)
        self.assertNotIn("left_out", run.report)
        self.assertIn("add-ptr", {phase["id"] for phase in run.report["phases"]}, run)
        plan = self.folder / "p/plan.json"
        begun = self.gate("rollout", "status", "--format", "json", *over, plan)
        self.assertEqual(begun.exit, 0, begun)
        self.edit("mail.example", "mx1 ", "new 86400 IN A 192.0.2.60\nmx1 ")
        done = self.gate("rollout", "status", "--format", "json", *over, plan)
        # The file has its record, and the provider's server is the one that has not.
        self.assertEqual(done.report["why"], "the rest of what was begun", done)
        self.assertEqual([(one["owner"], one["server"]) for one in done.report["missing"]],
                         [("60.2.0.192.in-addr.arpa", f"{zones.PRIMARY[1]}#53")], done)
        dead = self.gate("rollout", "status", "--format", "json", "--zone-files", files, "--over", "live",
                         "--vantage", zones.NOBODY, "--timeout", "300ms", plan)
        self.assertEqual(dead.exit, 3, dead)
