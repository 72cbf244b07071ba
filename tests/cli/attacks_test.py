#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""What a stranger's file, a second process and a limit did once: one test for each, where no other test file is about the kind.

Usage: attacks_test.py RDNSGATE_BINARY [unittest arguments]
"""
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import hostile_estate
import hunt_inputs
import offline

BINARY = None


class Attacks(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        hunt_inputs.Estate(BINARY, self.folder)

    def run_it(self, *arguments, **more):
        return subprocess.run(offline.command([BINARY, *arguments]), cwd=self.folder, capture_output=True, text=True, timeout=60, check=False, **more)

    def files(self, folder):
        return sorted(str(path.relative_to(self.folder / folder)) for path in (self.folder / folder).rglob("*"))

    def plan_with_hosts(self):
        """A plan of which hosts are asked something, in folder `h`."""
        place = self.folder / "h"
        place.mkdir()
        hostile_estate.write(place, ["x"])
        made = self.run_it("plan", "--base", "h/old.yaml", "--zone-files", "h/z", "-o", "h/p", "h/i.yaml")
        self.assertEqual(made.returncode, 0, made.stderr)
        return json.loads((place / "p" / "plan.json").read_text())

    def test_of_two_processes_with_one_state_none_loses_what_the_other_wrote(self):
        plan = self.plan_with_hosts()
        phases = [phase["id"] for phase in plan["phases"] if phase["manual"]]
        self.assertEqual(len(phases), 2)
        for number in range(15):
            path = self.folder / f"s{number}.json"
            runs = [subprocess.Popen(offline.command([BINARY, "rollout", "status", "--zone-files", "h/z", "--state", path.name, "--done", phase, "h/p/plan.json"]),
                                     cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for phase in phases]
            for run in runs:
                self.assertIn(run.wait(60), (0, 1, 2, 3, 75))
            self.assertEqual(set(json.loads(path.read_text())["early"]), set(phases))

    def test_a_phase_is_not_done_before_its_turn(self):
        plan = self.plan_with_hosts()
        far = [phase["id"] for phase in plan["phases"] if phase["manual"]][-1]
        state = self.folder / "far.json"
        done = self.run_it("rollout", "status", "--zone-files", "h/z", "--state", "far.json", "--done", far, "h/p/plan.json")
        self.assertIn("not the turn", done.stderr)
        self.assertNotIn(far, json.loads(state.read_text()).get("done", {}) if state.exists() else {})
        done = self.run_it("rollout", "status", "--zone-files", "h/z", "--state", "far.json", "--done", "nothing", "h/p/plan.json")
        self.assertEqual(done.returncode, 2, done.stderr)

    def test_a_plan_goes_into_a_folder_of_its_own(self):
        self.plan_with_hosts()
        before = self.files("h/p")
        other = self.run_it("plan", "--zone-files", "z", "-o", "h/p", "i.yaml")
        self.assertEqual(other.returncode, 2)
        self.assertIn("holds another plan", other.stderr)
        self.assertEqual(self.files("h/p"), before)

    def test_a_contact_of_any_length_and_of_any_signs_has_its_letter(self):
        for contact in ("c" * 180, "\u00e9" * 180, "c" * 900, "../../x", "a/b", ".", "-"):
            text = hunt_inputs.INVENTORY.replace("managed_by: nsupdate, ", f"managed_by: ticket, contact: {json.dumps(contact)}, ")
            (self.folder / "c.yaml").write_text(text)
            shutil.rmtree(self.folder / "letters", ignore_errors=True)
            done = self.run_it("plan", "--zone-files", "z", "-o", "letters", "c.yaml")
            self.assertEqual(done.returncode, 0, done.stderr)
            letters = list((self.folder / "letters" / "letters").iterdir())
            self.assertEqual(sorted(path.suffix for path in letters), [".csv", ".txt"])
            self.assertEqual(len({path.stem for path in letters}), 1)
        self.assertFalse((self.folder.parent / "x.txt").exists())

    def test_hosts_without_a_name_are_asked_for_when_that_is_wanted(self):
        (self.folder / "h.csv").write_text("address,ptr\n192.0.2.10,mx1.example.com\n192.0.2.11,\n")
        (self.folder / "n.json").write_text(json.dumps([{"address": "192.0.2.10/24", "dns_name": "mx1.example.com"}, {"address": "192.0.2.11/24", "dns_name": ""}]))
        for source in (["--from-csv", "h.csv"], ["--from-netbox", "n.json"]):
            done = self.run_it("init", *source, "-o", "-")
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            self.assertIn("# - 192.0.2.11: no source gives its name; with --ask its PTR record is looked up", done.stdout)
            live = ["--timeout", "100ms", "--deadline", "2s", "-o", "-"]
            for wanted in (["--ask"], ["192.0.2.11"]):  # then it is the network that fails
                asked = self.run_it("init", *source, *wanted, *live)
                self.assertEqual(asked.returncode, 3, asked.stderr)
                self.assertIn("# - 192.0.2.11: its PTR record could not be looked up", asked.stdout)
            at_hand = self.run_it("init", *source, "--zone-files", "z", "-o", "-")
            self.assertIn("old11.example.com", at_hand.stdout)

    def test_a_record_that_no_message_holds_is_named(self):
        zone = self.folder / "z" / "example.com.zone"
        good = zone.read_text()
        line = good.count("\n") + 1
        for record in ("x TXT " + '"aaaa" ' * 14_000, "x CAA 0 issue \"" + "a" * 66_000 + '"'):
            zone.write_text(good + record + "\n")
            for command in (["lint", "--zone-files", "z", "i.yaml"], ["check", "--zone-files", "z", "i.yaml"]):
                done = self.run_it(*command)
                self.assertEqual(done.returncode, 2, done.stdout[-300:] + done.stderr[-300:])
                self.assertRegex(done.stdout + done.stderr, rf"z/example\.com\.zone:{line}:\d+: error: ")
        # Six tenths of that is a record.
        zone.write_text(good + "x TXT " + '"' + "a" * 255 + '" ' * 1 + ('"' + "a" * 255 + '" ') * 200 + "\n")
        self.assertNotEqual(self.run_it("lint", "--zone-files", "z", "i.yaml").returncode, 2)

    def test_what_a_zone_includes_and_makes_is_bounded(self):
        zone = self.folder / "z" / "example.com.zone"
        good = zone.read_text()
        line = good.count("\n") + 1
        (self.folder / "z" / "inc").mkdir()
        for number in range(20):
            (self.folder / "z" / "inc" / str(number)).write_text(f"i{number} TXT x\n$INCLUDE {number + 1}\n")
        (self.folder / "z" / "inc" / "20").write_text("")
        zone.write_text(good + "$INCLUDE inc/0\n")
        done = self.run_it("lint", "--zone-files", "z", "i.yaml")
        self.assertEqual(done.returncode, 2, done.stdout[-300:] + done.stderr[-300:])
        self.assertRegex(done.stdout + done.stderr, r"inc/15:2:\d+: error: files that include each other 16 deep, and no deeper is read")
        zone.write_text(good + "$GENERATE 1-900000 t$ TXT " + '"' + "a" * 100 + '"\n')
        done = self.run_it("lint", "--zone-files", "z", "i.yaml")
        self.assertEqual(done.returncode, 2, done.stdout[-300:] + done.stderr[-300:])
        self.assertRegex(done.stdout + done.stderr, rf"z/example\.com\.zone:{line}:\d+: error: \$GENERATE would make 900000 lines")

    def test_the_deadline_counts_while_zones_are_read(self):
        (self.folder / "many").mkdir()
        for number in range(4000):
            (self.folder / "many" / f"z{number}.example.zone").write_text(hunt_inputs.HEAD + "a A 192.0.2.1\n" * 20)
        (self.folder / "many" / "example.com.zone").write_text(hunt_inputs.FORWARD + "".join(f"mx1 A 11.{i >> 16}.{i >> 8 & 255}.{i & 255}\n" for i in range(200_000)))
        began = time.monotonic()
        done = self.run_it("check", "--zone-files", "many", "--deadline", "200ms", "i.yaml")
        self.assertIn(done.returncode, (2, 3), done.stderr)
        self.assertLess(time.monotonic() - began, 10)
        self.assertIn("200ms", done.stdout + done.stderr)

    def test_brackets_take_no_memory(self):
        deep = self.folder / "deep.json"
        deep.write_text("[" * 30_000_000)
        for command in (["lint", "--baseline", "deep.json", "i.yaml"], ["baseline", "write", "deep.json"], ["rollout", "status", "deep.json"],
                        ["init", "--from-netbox", "deep.json", "-o", "-"], ["check", "--replay", "deep.json", "i.yaml"],
                        ["rollout", "status", "--zone-files", "z", "--state", "deep.json", "plan.json"]):
            done = self.run_it(*command, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (400 << 20, 400 << 20)))
            self.assertEqual(done.returncode, 2, (command, done.stderr[-300:]))


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
