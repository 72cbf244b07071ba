#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""--changed-since, on real git repositories: what is judged, and that it is what a full run says of the same subjects.

Usage: changed_since_test.py RDNSGATE_BINARY [unittest arguments]
"""
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import offline

BINARY = None
HEADER = """version: 1
zones:
  - {name: mail.example, managed_by: nsupdate}
  - {name: 2.0.192.in-addr.arpa, managed_by: ticket, contact: noc@hoster.example}
include: [parts/*.yaml]
rules: {addr-documentation: off}
"""
PARTS = 6
SOA = "@ 3600 IN SOA ns.mail.example. h.mail.example. 1 14400 3600 604800 3600\n@ 3600 IN NS ns.mail.example.\n"


class Repository(unittest.TestCase):
    def setUp(self):
        parent = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, parent)
        self.folder = parent / "repository"
        self.folder.mkdir()
        self.git("init", "-q", "-b", "main")
        self.inventory = self.folder / "dns" / "inventory.yaml"

    def git(self, *arguments):
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "GIT_CONFIG_NOSYSTEM": "1",
                       **{f"GIT_{who}_{what}": "test@mail.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}}
        return subprocess.run(["git", *arguments], cwd=self.folder, env=environment, capture_output=True, text=True, check=True).stdout

    def write(self, name, text):
        path = self.folder / "dns" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def commit(self):
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "state")

    def run_tool(self, *arguments, folder=None):
        done = subprocess.run([BINARY, *map(str, arguments)], cwd=folder or self.folder, capture_output=True, text=True, check=False)
        self.assertIn(done.returncode, (0, 1, 2, 3), done.stderr)
        return done

    def lint(self, *arguments):
        done = self.run_tool("lint", "--format", "json", "--fail-on", "never", *arguments, self.inventory)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return json.loads(done.stdout), done.stderr


def part(number, senders):
    return "version: 1\nsenders:\n" + "".join(f"  - {{name: {name}, helo: {helo}, addresses: [{', '.join(addresses)}]}}\n"
                                  for name, helo, addresses in senders)


class Cases(Repository):
    def setUp(self):
        super().setUp()
        self.write("inventory.yaml", HEADER)
        for n in range(PARTS):
            # Generic names: each has a finding.
            self.write(f"parts/{n}.yaml", part(n, [(f"mx{n}", f"host-192-0-2-{n + 10}.mail.example", [f"192.0.2.{n + 10}"])]))
        self.commit()

    def commit_zones(self):
        zones = self.folder / "zones"
        zones.mkdir()
        (zones / "mail.example.zone").write_text("$ORIGIN mail.example.\n" + SOA + "ns A 192.0.2.1\n")
        (zones / "2.0.192.in-addr.arpa.zone").write_text("$ORIGIN 2.0.192.in-addr.arpa.\n" + SOA)
        self.commit()
        return zones

    def targets(self, *arguments):
        report, _ = self.lint(*arguments)
        return {finding["target"]["id"] for finding in report["findings"]}

    def test_nothing_changed_and_nothing_is_judged(self):
        self.assertEqual(len([t for t in self.targets() if t.startswith("192.")]), PARTS)
        report, said = self.lint("--changed-since", "HEAD")
        self.assertEqual(report["findings"], [])
        self.assertEqual(report["changed_since"], {"ref": "HEAD", "judged": 0, "of": 2 * PARTS + 2})
        self.assertIn("checking only what changed since HEAD: 0 of 14 ", said)

    def test_one_file_of_many(self):
        self.write("parts/3.yaml", part(3, [("mx3", "host-192-0-2-99.mail.example", ["192.0.2.99"])]))
        self.assertEqual({t for t in self.targets("--changed-since", "HEAD") if t.startswith("192.")}, {"192.0.2.99"})

    def test_a_new_file_and_one_that_is_gone(self):
        self.write("parts/new.yaml", part(9, [("new", "host-192-0-2-77.mail.example", ["192.0.2.77"])]))
        (self.folder / "dns/parts/0.yaml").unlink()
        self.assertEqual({t for t in self.targets("--changed-since", "main") if t.startswith("192.")}, {"192.0.2.77"})

    def test_what_git_does_not_know_was_not_there(self):
        (self.folder / ".gitignore").write_text("local.yaml\n")
        self.write("parts/local.yaml", part(9, [("local", "host-192-0-2-77.mail.example", ["192.0.2.77"])]))
        self.commit()
        self.assertEqual({t for t in self.targets("--changed-since", "HEAD") if t.startswith("192.")}, {"192.0.2.77"})

    def test_what_was_included_then_and_is_not_now(self):
        self.write("more/x.yaml", part(9, [("more", "host-192-0-2-10.mail.example", ["192.0.2.77"])]))
        self.write("parts/2.yaml", "include: [../more/x.yaml]\n" + (self.folder / "dns/parts/2.yaml").read_text())
        self.commit()
        self.write("parts/2.yaml", (self.folder / "dns/parts/2.yaml").read_text().split("\n", 1)[1])
        # The address that shared the name has it for itself now.
        self.assertEqual({t for t in self.targets("--changed-since", "HEAD") if t.startswith("192.")}, {"192.0.2.10"})

    def test_a_link_is_followed(self):
        self.write("more/x.yaml", part(9, [("more", "host-192-0-2-77.mail.example", ["192.0.2.77"])]))
        (self.folder / "dns/parts/link.yaml").symlink_to("../more/x.yaml")
        self.commit()
        self.write("more/x.yaml", part(9, [("more", "host-192-0-2-78.mail.example", ["192.0.2.78"])]))
        self.assertEqual({t for t in self.targets("--changed-since", "HEAD") if t.startswith("192.")}, {"192.0.2.78"})

    def test_what_shares_a_name_with_a_change_is_judged_too(self):
        self.write("parts/new.yaml", part(9, [("new", "host-192-0-2-10.mail.example", ["192.0.2.77"])]))
        self.assertEqual({t for t in self.targets("--changed-since", "main") if t.startswith("192.")}, {"192.0.2.10"})

    def test_a_comment_is_no_change(self):
        path = self.folder / "dns/parts/1.yaml"
        path.write_text("# a note\n" + path.read_text())
        self.assertEqual(self.targets("--changed-since", "HEAD"), set())

    def test_what_holds_for_all_is_a_change_for_all(self):
        for text, why in (("rules: {addr-documentation: off, ptr-generic: error}", "the settings of rules changed"),
                          ("rules: {addr-documentation: off}\nwaivers: [{rule: ptr-generic, target: 192.0.2.10, reason: known, expires: 2099-01-01}]", "the waivers changed"),
                          ("rules: {addr-documentation: off}\nstandards: {names: [\"^mx\"]}", "the standards changed")):
            with self.subTest(why):
                self.write("inventory.yaml", HEADER.replace("rules: {addr-documentation: off}", text))
                report, said = self.lint("--changed-since", "HEAD")
                self.assertIn(f"everything is judged: since HEAD {why}", said)
                full, _ = self.lint()
                self.assertEqual(report["findings"], full["findings"])

    def test_from_another_folder_and_with_a_folder_named(self):
        self.write("parts/3.yaml", part(3, [("mx3", "host-192-0-2-99.mail.example", ["192.0.2.99"])]))
        for folder, name in ((self.folder / "dns", "inventory.yaml"), (self.folder / "dns/parts", "../inventory.yaml"), (self.folder, "dns")):
            done = self.run_tool("lint", "--format", "json", "--fail-on", "never", "--changed-since", "HEAD", name, folder=folder)
            self.assertEqual({f["target"]["id"] for f in json.loads(done.stdout)["findings"] if f["target"]["kind"] == "address"},
                             {"192.0.2.99"}, done.stdout + done.stderr)

    def test_check_asks_for_what_changed_alone(self):
        zones = self.commit_zones()
        self.write("parts/3.yaml", part(3, [("mx3", "other.mail.example", ["192.0.2.13"])]))
        check = ("check", "--format", "json", "--zone-files", "zones")
        some = json.loads(self.run_tool(*check, "--changed-since", "HEAD", self.inventory).stdout)
        full = json.loads(self.run_tool(*check, self.inventory).stdout)
        self.assertEqual({f["target"]["id"] for f in some["findings"] if f["target"]["kind"] == "address"}, {"192.0.2.13"})
        self.assertEqual(some["findings"], [f for f in full["findings"] if f["target"]["id"] in ("192.0.2.13", "mx3")])
        self.assertLess(some["summary"]["questions"], full["summary"]["questions"])
        # A record may be about any address.
        (zones / "mail.example.zone").write_text((zones / "mail.example.zone").read_text() + "new A 192.0.2.50\n")
        done = self.run_tool(*check, "--changed-since", "HEAD", self.inventory)
        self.assertIn("everything is judged: since HEAD the zone file zones/mail.example.zone changed", done.stderr)
        self.assertEqual(len(json.loads(done.stdout)["findings"]), len(json.loads(self.run_tool(*check, self.inventory).stdout)["findings"]))

    def test_what_is_wrong_is_said(self):
        def said(*arguments, folder=None):
            done = self.run_tool(*arguments, folder=folder)
            self.assertEqual(done.returncode, 2, done.stdout)
            return done.stderr
        self.assertIn('the git repository has no "nowhere"', said("lint", "--changed-since", "nowhere", self.inventory))
        self.assertIn("has no \"--upload-pack=id\"", said("lint", "--changed-since=--upload-pack=id", self.inventory))
        done = subprocess.run([BINARY, "lint", "--changed-since", "HEAD", "-"], input=self.inventory.read_text().replace("include", "# "),
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("--changed-since needs files", done.stderr)
        with tempfile.TemporaryDirectory() as other:
            shutil.copytree(self.inventory.parent, other, dirs_exist_ok=True)
            self.assertIn("is in no git repository", said("lint", "--changed-since", "HEAD", "inventory.yaml", folder=other))
            clone = Path(other) / "clone"
            first = self.git("rev-parse", "HEAD").strip()
            self.commit()
            self.git("clone", "-q", "--depth", "1", f"file://{self.folder}", str(clone))
            self.assertIn("fetch-depth: 0", said("lint", "--changed-since", first, "dns/inventory.yaml", folder=clone))

    def test_a_tree_made_by_hand_cannot_lead_out_of_its_folder(self):
        name = f"{self.folder.parent.name}-evil.yaml"
        text = self.folder / "text"
        text.write_text("version: 1\n")
        tree = self.git("hash-object", "-w", str(text)).strip()
        tree = self.make_tree(f"100644 blob {tree}\t{name}")
        for _ in range(3):  # dns/../../../NAME
            tree = self.make_tree(f"040000 tree {tree}\t..")
        listed = self.git("ls-tree", "HEAD:dns").strip()
        tree = self.make_tree(f"{listed}\n040000 tree {tree}\t..")
        commit = self.git("commit-tree", "-m", "evil", self.make_tree(f"040000 tree {tree}\tdns")).strip()
        self.write("parts/new.yaml", part(9, [("new", "host-192-0-2-77.mail.example", ["192.0.2.77"])]))  # all is laid out
        self.assertEqual({t for t in self.targets("--changed-since", commit) if t.startswith("192.")}, {"192.0.2.77"})
        for place in (Path("/"), Path(tempfile.gettempdir()), self.folder, self.folder.parent):
            self.assertFalse((place / name).exists(), place)

    def make_tree(self, entries):
        return subprocess.run(["git", "mktree"], input=entries + "\n", cwd=self.folder, capture_output=True, text=True, check=True).stdout.strip()

    def test_an_include_from_outside_of_its_folder(self):
        common = self.folder / "common"
        common.mkdir()
        text = part(9, [("common", "host-192-0-2-77.mail.example", ["192.0.2.77"])])
        (common / "x.yaml").write_text(text)
        self.write("inventory.yaml", HEADER.replace("parts/*.yaml", "parts/*.yaml, ../common/*.yaml"))
        self.commit()
        report, _ = self.lint("--changed-since", "HEAD")
        self.assertEqual(report["changed_since"]["judged"], 0)
        (common / "x.yaml").write_text(text.replace("77", "78"))
        self.assertEqual({t for t in self.targets("--changed-since", "HEAD") if t.startswith("192.")}, {"192.0.2.78"})

    def test_a_file_of_any_name(self):
        text = part(9, [("other", "host-192-0-2-77.mail.example", ["192.0.2.77"])])
        self.write("other.inc", text)
        self.write("inventory.yaml", HEADER.replace("parts/*.yaml", "parts/*.yaml, other.inc"))
        self.commit()
        self.write("other.inc", text.replace("77", "78"))
        self.assertEqual({t for t in self.targets("--changed-since", "HEAD") if t.startswith("192.")}, {"192.0.2.78"})

    def test_links_lead_where_they_led(self):
        for name, host in (("one", 77), ("two", 78)):
            self.write(f"{name}/x.yaml", part(9, [("linked", f"host-192-0-2-{host}.mail.example", [f"192.0.2.{host}"])]))
        link = self.folder / "dns/linked"
        link.symlink_to("one")
        self.write("inventory.yaml", HEADER.replace("parts/*.yaml", "parts/*.yaml, linked/*.yaml"))
        self.commit()
        report, _ = self.lint("--changed-since", "HEAD")
        self.assertEqual(report["changed_since"]["judged"], 0)
        link.unlink()
        link.symlink_to("../dns/./two/")
        self.assertEqual({t for t in self.targets("--changed-since", "HEAD") if t.startswith("192.")}, {"192.0.2.78"})
        # A folder in place of a link, and a link in place of a file.
        link.unlink()
        shutil.copytree(self.folder / "dns/two", link)
        self.assertEqual({t for t in self.targets("--changed-since", "HEAD") if t.startswith("192.")}, {"192.0.2.78"})
        (self.folder / "dns/parts/0.yaml").unlink()
        (self.folder / "dns/parts/0.yaml").symlink_to("1.yaml")
        _, said = self.lint("--changed-since", "HEAD")
        self.assertNotIn("everything", said)
        # A commit whose links lead in circles is one whose inventory could not be read.
        for name in ("parts/0.yaml", "parts/1.yaml"):
            (self.folder / "dns" / name).unlink(missing_ok=True)
        (self.folder / "dns/parts/0.yaml").symlink_to("1.yaml")
        (self.folder / "dns/parts/1.yaml").symlink_to("0.yaml")
        shutil.rmtree(link)
        link.symlink_to("linked")
        self.commit()
        link.unlink()
        shutil.copytree(self.folder / "dns/two", link)
        for name in ("0", "1"):
            (self.folder / f"dns/parts/{name}.yaml").unlink()
        _, said = self.lint("--changed-since", "HEAD")
        self.assertIn("everything is judged: since HEAD the inventory, which could not be read as it was, changed", said)

    def test_a_zone_file_that_is_new_or_gone(self):
        zones = self.commit_zones()
        lint = ("lint", "--format", "json", "--fail-on", "never", "--zone-files", "zones", "--changed-since", "HEAD", self.inventory)
        self.assertNotIn("everything", self.run_tool(*lint).stderr)
        (zones / "2.0.192.in-addr.arpa.zone").unlink()
        self.assertIn("everything is judged: since HEAD the zone file zones/2.0.192.in-addr.arpa.zone changed", self.run_tool(*lint).stderr)
        self.git("checkout", "-q", ".")
        (zones / "new.example.zone").write_text("$ORIGIN new.example.\n" + SOA)
        self.assertIn("everything is judged: since HEAD the zone file zones/new.example.zone changed", self.run_tool(*lint).stderr)

    def test_an_object_that_the_clone_does_not_have(self):
        # What shares its name with a file that is gone is judged: without that file's text there is no telling.
        for n in (0, 1):
            self.write(f"parts/{n}.yaml", part(n, [(f"mx{n}", "shared.mail.example", [f"192.0.2.{n + 10}"])]))
        self.commit()
        self.git("rm", "-q", "dns/parts/1.yaml")
        self.git("config", "uploadpack.allowFilter", "true")
        report, _ = self.lint("--changed-since", "HEAD")
        self.assertGreater(report["changed_since"]["judged"], 0)
        self.commit()
        with tempfile.TemporaryDirectory() as other:
            for what, whose in (("blob:none", "dns/parts/1.yaml"), ("tree:0", "the list of files")):
                clone = Path(other) / what[:4]
                self.git("clone", "-q", f"--filter={what}", f"file://{self.folder}", str(clone))
                lint = ("lint", "--fail-on", "never", "--changed-since", "HEAD~1", "dns/inventory.yaml")
                done = self.run_tool(*lint, folder=clone)
                self.assertEqual(done.returncode, 2, done.stdout)
                self.assertIn(f"{whose} of that commit cannot be read from the git repository", done.stderr)
                self.assertIn("git clone --filter", done.stderr)
        # A repository that is damaged is no other case.
        blob = self.git("rev-parse", "HEAD~1:dns/parts/1.yaml").strip()
        path = self.folder / ".git/objects" / blob[:2] / blob[2:]
        path.rename(path.with_name("away"))
        done = self.run_tool("lint", "--changed-since", "HEAD~1", self.inventory)
        self.assertEqual(done.returncode, 2, done.stdout)
        self.assertIn("dns/parts/1.yaml of that commit cannot be read from the git repository", done.stderr)

    @unittest.skipIf(os.geteuid() != 0, "a repository can be given away by root alone")
    def test_the_repository_of_somebody_else(self):
        for path in (self.folder, *self.folder.rglob("*")):
            os.chown(path, 12345, 12345, follow_symlinks=False)
        home, system = self.folder.parent / "home", self.folder.parent / "system"

        def run(text="", place=".gitconfig", **variables):
            shutil.rmtree(home, ignore_errors=True)
            path = home / place
            path.parent.mkdir(parents=True)
            path.write_text(text)
            return subprocess.run([BINARY, "lint", "--fail-on", "never", "--changed-since", "HEAD", str(self.inventory)],
                                  capture_output=True, text=True, check=False,
                                  env={"PATH": os.environ["PATH"], "HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1", **variables})

        refused = run()
        self.assertEqual(refused.returncode, 2, refused.stdout)
        self.assertIn(f"{self.folder} is owned by uid 12345, and this is root (uid 0)", refused.stderr)
        self.assertIn(f"git config --global --add safe.directory {self.folder}", refused.stderr)

        def safe(*values):
            return "[safe]\n" + "".join(f'\tdirectory = "{value}"\n' for value in values)

        count = {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "Safe.Directory", "GIT_CONFIG_VALUE_0": "*"}
        system.write_text(safe("*"))
        for done in (run(safe("*")), run(safe(self.folder)), run(safe(f"{self.folder.parent}/*")), run(safe("/elsewhere", "", "*")),
                     run(safe("*"), ".config/git/config"), run(safe("*"), "xdg/git/config", XDG_CONFIG_HOME=str(home / "xdg")),
                     run(safe("*"), "else", GIT_CONFIG_GLOBAL=str(home / "else")), run(**count),
                     run(GIT_CONFIG_NOSYSTEM="0", GIT_CONFIG_SYSTEM=str(system))):
            self.assertEqual(done.returncode, 0, done.stderr)
        for done in (run(safe("*", "")), run(safe("/elsewhere")), run(safe(f"{self.folder}/*")), run(safe("relative/*")),
                     run(safe("*"), ".config/git/config", XDG_CONFIG_HOME=str(home / "xdg")),
                     run(safe("*"), GIT_CONFIG_GLOBAL=str(home / "none")), run("[safe\n", ".gitconfig"),
                     run(GIT_CONFIG_SYSTEM=str(system)), run(**{**count, "GIT_CONFIG_VALUE_0": ""})):
            self.assertEqual(done.returncode, 2, done.stdout)
        # What a repository says of itself does not count.
        with (self.folder / ".git/config").open("a", encoding="utf-8") as config:
            config.write(safe("*"))
        self.assertEqual(run().returncode, 2)

    def test_what_others_changed_meanwhile_is_not_the_branchs(self):
        self.git("checkout", "-q", "-b", "feature")
        self.write("parts/1.yaml", part(1, [("mx1", "host-192-0-2-11b.mail.example", ["192.0.2.11"])]))
        self.commit()
        self.git("checkout", "-q", "main")
        self.write("parts/0.yaml", part(0, [("mx0", "elsewhere.mail.example", ["192.0.2.10"])]))
        self.commit()
        self.git("checkout", "-q", "feature")
        for branch in ("main", "main^{commit}"):
            report, _ = self.lint("--changed-since", branch)
            self.assertEqual({f["target"]["id"] for f in report["findings"]} - {"mx1"}, {"192.0.2.11"}, branch)
        # What is not committed is the branch's, too, and so is what it merged and changed then.
        self.write("parts/2.yaml", part(2, [("mx2", "host-192-0-2-12b.mail.example", ["192.0.2.12"])]))
        report, _ = self.lint("--changed-since", "main")
        self.assertIn("192.0.2.12", {f["target"]["id"] for f in report["findings"]})
        # A tree has no history.
        report, _ = self.lint("--changed-since", "main^{tree}")
        self.assertIn("192.0.2.10", {f["target"]["id"] for f in report["findings"]})

    def test_a_clone_without_the_history_that_both_share(self):
        self.git("checkout", "-q", "-b", "feature")
        self.write("parts/1.yaml", part(1, [("mx1", "host-192-0-2-11b.mail.example", ["192.0.2.11"])]))
        self.commit()
        self.git("checkout", "-q", "main")
        self.commit()
        self.git("checkout", "-q", "feature")
        with tempfile.TemporaryDirectory() as other:
            clone = Path(other) / "clone"
            self.git("clone", "-q", "--depth=1", "--no-single-branch", f"file://{self.folder}", str(clone))
            done = self.run_tool("lint", "--fail-on", "never", "--changed-since", "origin/main", "dns/inventory.yaml", folder=clone)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("since origin/main, changes there included, as it has no commit in common with HEAD here: 2 of", done.stderr)

    def test_an_inventory_that_is_new_or_was_broken(self):
        self.git("checkout", "-q", "--orphan", "empty")
        self.git("rm", "-rqf", ".")
        self.commit()
        self.git("checkout", "-q", "main")
        _, said = self.lint("--changed-since", "empty")
        self.assertIn("everything is judged: since empty there was no inventory", said)
        self.write("parts/0.yaml", "version: 1\nsenders: [{nmae: x}]\n")
        self.commit()
        self.write("parts/0.yaml", part(0, [("mx0", "a.mail.example", ["192.0.2.10"])]))
        _, said = self.lint("--changed-since", "HEAD")
        self.assertIn("which could not be read as it was", said)


    def test_a_machine_without_the_library(self):
        self.commit()
        known = subprocess.run(["ldconfig", "-p"], env={"PATH": os.environ["PATH"] + ":/usr/sbin:/sbin"}, capture_output=True, text=True,
                               check=True).stdout
        library = re.search(r"libgit2\.so\.\S+ .*=> (\S+)", known)[1]
        hidden = f"mount --bind /dev/null {library} && exec \"$@\""
        done = subprocess.run([*offline.own_mounts(), "sh", "-c", hidden, "sh", BINARY, "lint", "--changed-since", "HEAD", str(self.inventory)],
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("git repositories cannot be read", done.stderr)
        self.assertIn("--changed-since needs libgit2", done.stderr)


class Property(Repository):
    """Whatever is edited, what is said is what a full run says of the same subjects, and all that is about them."""

    def random_part(self, dice, number):
        senders = []
        for s in range(dice.randint(0, 3)):
            hosts = dice.sample(range(number * 20 + 1, number * 20 + 19), dice.randint(1, 3))
            helo = dice.choice(["{ptr}", f"host-192-0-2-{hosts[0]}.mail.example", f"mx{dice.randint(1, 4)}.mail.example", "shared.mail.example"])
            addresses = [f"{{ip: 192.0.2.{host}, ptr: n{dice.randint(1, 30)}.mail.example}}" if helo == "{ptr}" or dice.random() < 0.3
                         else f"192.0.2.{host}" for host in hosts]
            senders.append((f"s{number}-{s}", f'"{helo}"', addresses))
        return part(number, senders) if senders else "version: 1\n"

    def domains(self, dice):
        return "domains:\n" + "".join(f"  - {{name: d{n}.example, via: [{dice.choice(['s0-0', 's1-0', 's2-0'])}]}}\n"
                                      for n in range(dice.randint(1, 3)))

    def test_it_is_the_full_run_on_what_it_judges(self):
        dice = random.Random(17)
        compared = shown = 0
        for _ in range(60):
            self.write("inventory.yaml", HEADER + (self.domains(dice) if dice.random() < 0.5 else ""))
            for n in range(4):
                self.write(f"parts/{n}.yaml", self.random_part(dice, n))
            self.commit()
            for n in dice.sample(range(4), dice.randint(1, 2)):
                self.write(f"parts/{n}.yaml", self.random_part(dice, n))
            done = self.run_tool("lint", "--format", "json", "--fail-on", "never", self.inventory)
            if done.returncode != 0:
                continue  # a random inventory may contradict itself
            full = json.loads(done.stdout)["findings"]
            report, _ = self.lint("--changed-since", "HEAD")
            some = report["findings"]
            ids = {(f["target"]["kind"], f["target"]["id"]) for f in some}
            expected = [f for f in full if (f["target"]["kind"], f["target"]["id"]) in ids]
            self.assertEqual(some, expected)
            # What the edit declares otherwise is among what was judged.
            before = self.declared("HEAD")
            for address, text in self.declared(None).items():
                if before.get(address) != text:
                    about = [f for f in full if f["target"]["id"] == address]
                    self.assertEqual([f for f in some if f["target"]["id"] == address], about)
                    shown += len(about)
            compared += 1
        self.assertGreater(compared, 12)
        self.assertGreater(shown, 5)

    def test_what_is_checked_out_is_what_the_commit_has(self):
        """Links to files, to folders, to links, and out of the folder: nothing differs right after a commit."""
        dice = random.Random(26)
        judged = 0
        for n in range(3):
            self.write(f"store/{n}/a.yaml", part(n, [(f"s{n}", f"a{n}.mail.example", [f"192.0.2.{n + 1}"])]))
        for _ in range(40):
            shutil.rmtree(self.folder / "dns/parts", ignore_errors=True)
            (self.folder / "dns/parts").mkdir()
            self.write("inventory.yaml", HEADER.replace("parts/*.yaml", dice.choice(["parts/*.yaml", "'**/*.yaml'", "parts/*/*.yaml", "parts/l?/a.yaml"])))
            for link in range(3):
                target = dice.choice(["../store/{0}", "../store/{0}/a.yaml", "../store/../store/./{0}/", "l{0}", "./l{0}", "../parts/l{0}/a.yaml", "../../dns/store/{0}"])
                name = f"parts/l{link}" + (".yaml" if target.endswith(".yaml") else "")
                (self.folder / "dns" / name).symlink_to(target.format(dice.randrange(3)))
            self.commit()
            done = self.run_tool("lint", "--format", "json", "--fail-on", "never", self.inventory)
            some = self.run_tool("lint", "--format", "json", "--fail-on", "never", "--changed-since", "HEAD", self.inventory)
            self.assertEqual(done.returncode, some.returncode, some.stderr)
            if done.returncode == 0:
                self.assertEqual(json.loads(some.stdout)["changed_since"]["judged"], 0, some.stderr)
                judged += 1
        self.assertGreater(judged, 8)

    def declared(self, ref):
        """By address: the line that it stands in."""
        found = {}
        for n in range(4):
            name = f"dns/parts/{n}.yaml"
            text = self.git("show", f"{ref}:{name}") if ref else (self.folder / name).read_text()
            for line in text.splitlines():
                for address in re.findall(r"192\.0\.2\.\d+(?=[\],}])|192\.0\.2\.\d+(?=, )", line):
                    found[address] = line
        return found


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
