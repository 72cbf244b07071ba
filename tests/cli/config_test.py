#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""What a configuration file and the environment say is heeded, from wherever the program is started, and never wins
over the command line; a file that cannot be used stops the run and says where.

Usage: config_test.py RDNSGATE_BINARY [unittest arguments]
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import offline

BINARY = None
ROOT = Path(__file__).resolve().parents[2]


class Config(unittest.TestCase):
    def setUp(self):
        made = tempfile.TemporaryDirectory()
        self.addCleanup(made.cleanup)
        self.top = Path(made.name).resolve()
        self.repository = self.top / "repository"
        self.folder = self.repository / "mail" / "eu"
        self.folder.mkdir(parents=True)
        (self.repository / ".git").mkdir()
        example = (ROOT / "inventory.example.yaml").read_text()
        (self.repository / "estate.yaml").write_text(example.replace("file: example/zones/", "file: zones/"))
        shutil.copytree(ROOT / "example" / "zones", self.repository / "zones")
        self.file = self.repository / ".rdnsgate.yaml"

    def run_it(self, *arguments, folder=None, code=None, **environment):
        done = subprocess.run(offline.command([BINARY, *arguments]), cwd=folder or self.folder, text=True,
                              env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **environment}, capture_output=True,
                              timeout=60, check=False)
        if code is not None:
            self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def origins(self, command, *arguments, **environment):
        shown = self.run_it("config", "show", "--origin", command, *arguments, code=0, **environment).stdout
        lines = re.findall(rf"^{command}: (\w+): (.*?) +# (.*)$", shown, re.MULTILINE)
        return {key: (value, origin) for key, value, origin in lines}

    def test_it_is_found_from_below_and_its_files_are_seen_from_its_folder(self):
        self.file.write_text("inventory: estate.yaml\ncheck: {zone_files: [zones], output: {json: report.json}}\n")
        said = self.run_it("check", "--now", "2026-11-01T00:00:00Z", code=1)
        self.assertIn("../../estate.yaml:", said.stdout)
        report = json.loads((self.repository / "report.json").read_text())
        self.assertEqual(report["config_path"], "../../.rdnsgate.yaml")
        plain = self.run_it("check", "--no-config", "--zone-files", "../../zones", "../../estate.yaml", "--now",
                            "2026-11-01T00:00:00Z", "--format", "json", code=1)
        without = json.loads(plain.stdout)
        self.assertNotIn("config_path", without)
        for document in (report, without):
            for volatile in ("config_path", "started_at", "finished_at", "vantages"):
                document.pop(volatile, None)
        self.assertEqual(report, without)

    def test_the_search_ends_at_the_repository_and_takes_the_nearest(self):
        (self.top / ".rdnsgate.yaml").write_text("no_such_key: 1\n")
        self.run_it("lint", "../../estate.yaml", code=0)
        self.file.write_text("fail_on: warning\n")
        self.assertEqual(self.origins("lint")["fail_on"], ("warning", "../../.rdnsgate.yaml:1"))
        (self.repository / "mail" / ".config").mkdir()
        (self.repository / "mail" / ".config" / "rdnsgate.yaml").write_text("\nfail_on: info\ninventory: x.yaml\n")
        self.assertEqual(self.origins("lint")["fail_on"], ("info", "../.config/rdnsgate.yaml:2"))
        self.assertEqual(self.origins("lint")["inventory"][0], "../x.yaml")
        shutil.rmtree(self.repository / ".git")  # no repository: the folders above are somebody else's
        self.assertEqual(self.origins("lint")["fail_on"], ("error", "default"))

    def test_the_stronger_wins(self):
        self.file.write_text("fail_on: info\ntimeout: 9s\ncheck: {fail_on: never, zone_files: zones}\nvantage: office\n")
        self.assertEqual(self.origins("lint")["fail_on"], ("info", "../../.rdnsgate.yaml:1"))
        self.assertEqual(self.origins("check")["fail_on"], ("never", "../../.rdnsgate.yaml:3"))
        self.assertEqual(self.origins("check", RDNSGATE_FAIL_ON="warning")["fail_on"], ("warning", "RDNSGATE_FAIL_ON"))
        self.assertEqual(self.origins("check", RDNSGATE_FAIL_ON="")["fail_on"][0], "never")
        # What excludes the stronger stays away: zone files of the section, not the vantage for all commands.
        self.assertNotIn("vantage", self.origins("check"))
        self.assertEqual(self.origins("plan")["vantage"], ("office", "../../.rdnsgate.yaml:4"))
        self.assertNotIn("zone_files", self.origins("check", RDNSGATE_VANTAGE="192.0.2.53"))
        self.file.write_text("inventory: estate.yaml\nfail_on: warning\n")
        self.run_it("lint", "../../estate.yaml", code=1)  # the helo-ptr-mismatch of the example
        self.run_it("lint", "../../estate.yaml", "--fail-on", "error", code=0)
        self.run_it("lint", "../../estate.yaml", "--no-config", code=0)

    def test_which_file_is_said(self):
        other = self.top / "other.yaml"
        other.write_text("fail_on: never\n")
        self.assertEqual(self.origins("lint", "--config", str(other))["fail_on"][0], "never")
        self.assertEqual(self.origins("lint", RDNSGATE_CONFIG=str(other))["fail_on"][0], "never")
        self.assertEqual(self.origins("lint", "--no-config", RDNSGATE_CONFIG=str(other))["fail_on"][0], "error")
        for said in (self.run_it("lint", "--config", "nowhere.yaml", code=2),
                     self.run_it("lint", RDNSGATE_CONFIG="nowhere.yaml", code=2)):
            self.assertIn("names nowhere.yaml, which is not there", said.stderr)
        self.run_it("lint", "--config", str(other), "--no-config", code=2)

    def test_a_file_that_cannot_be_used_stops_the_run(self):
        for text, message in [
            ("fail_an: error", ".rdnsgate.yaml:1:1: error: unknown key \"fail_an\""),
            ("check: {fail_on: loud}", "it has to be error, warning, info or never"),
            ("lint: {transient: pass}", "unknown key \"transient\""),
            ("timeout: soon", "\"soon\" is not a duration"),
            ("- a list", "error: expected"),
            ("a: [", "[config-syntax]"),
            ("required_version: '>= 99'\nkey_of_the_future: 1", "error: this is rdnsgate "),
            ("required_version: soon", "is no range of versions"),
            ("check: {zone_files: zones, vantage: office}", "does not go together with"),
            ("check: {max_share: 30}", "unknown key \"max_share\""),
            ("plan: {max_share: many}", "is not a percentage"),
        ]:
            with self.subTest(text):
                self.file.write_text(text)
                said = self.run_it("check", "../../estate.yaml", code=2)
                self.assertIn(message, said.stderr)
                self.assertEqual(said.stdout, "")
        # It is no reason to leave a user without what helps to mend it.
        self.run_it("schema", "config", code=0)
        self.run_it("explain", "ptr-missing", code=0)
        for link in ("nowhere", "."):  # a link that leads nowhere, and a folder
            self.file.unlink()
            self.file.symlink_to(link)
            self.assertIn("[config-file]", self.run_it("lint", "../../estate.yaml", code=2).stderr)

    def test_relays_of_ones_own_have_their_names_in_a_first_inventory(self):
        head = "$TTL 3600\n@ IN SOA ns1 h 1 3600 600 86400 300\n@ IN NS ns1\nns1 A 192.0.2.1\n"
        zones = self.repository / "own"
        zones.mkdir()
        (zones / "corp.example.zone").write_text(head + 'mx1 A 192.0.2.10\n@ TXT "v=spf1 ip4:192.0.2.10 include:SPF.post.example -all"\n')
        (zones / "post.example.zone").write_text(head + 'spf TXT "v=spf1 ip4:198.51.100.0/28 -all"\n')
        (zones / "2.0.192.in-addr.arpa.zone").write_text(head + "10 PTR mx1.corp.example.\n")
        command = ("init", "--from-domain", "corp.example", "--zone-files", "../../own", "-o", "-")
        self.assertIn("{name: spf.post.example, ", self.run_it(*command, code=0).stdout)
        (self.repository / "relays.yaml").write_text(
            "version: 1\nrelays: [{name: postal, includes: [Spf.Post.Example], documentation: 'https://post.example/dns'}]\n")
        self.file.write_text("known_relays: relays.yaml\n")
        self.assertIn("{name: postal, ", self.run_it(*command, code=0).stdout)
        self.assertIn("{name: spf.post.example, ", self.run_it(*command, "--no-config", code=0).stdout)
        # What is wrong with it is said whatever it would be needed for.
        (self.repository / "relays.yaml").write_text("relays: []\n")
        said = self.run_it("init", "192.0.2.10", "--zone-files", "../../own", "-o", "-", code=2)
        self.assertIn("relays.yaml:1:1: error: the key \"version\" is missing [relays-schema]", said.stderr)

    def test_an_empty_file_says_nothing(self):
        for text in ("", "# nothing yet\n", "---\n"):
            self.file.write_text(text)
            self.assertEqual(self.origins("lint")["fail_on"], ("error", "default"))
            self.run_it("lint", "../../estate.yaml", code=0)

    def test_a_bad_variable_is_named(self):
        for name, value in (("FAIL_ON", "loud"), ("TIMEOUT", "soon"), ("FORMAT", "xml")):
            said = self.run_it("check", "../../estate.yaml", code=2, **{f"RDNSGATE_{name}": value})
            self.assertIn(f"RDNSGATE_{name}: ", said.stderr)
        # It is for reports, and plans have other formats.
        self.assertEqual(self.origins("plan", RDNSGATE_FORMAT="sarif")["format"], ("text", "default"))

    def test_every_key_of_the_schema_is_an_option(self):
        schema = json.loads(self.run_it("schema", "config", code=0).stdout)
        values = {"color": "never", "fail_on": "info", "format": "markdown", "transient": "fail", "inconclusive": "fail", "quorum": "all",
                  "timeout": "7s", "deadline": "7m", "interval": "7h", "every": "7m", "jitter": 7, "recheck": "7s",
                  "confirm": "3/5", "level": "error", "max_changes": 7, "max_share": 7, "output": {"json": "x.json"}}
        sections = {key: of for key, of in schema["properties"].items() if of.get("type") == "object"}
        for section, of in sections.items():
            for key in of["properties"]:
                with self.subTest(f"{section}.{key}"):
                    own = {("plan", "output"): "x", ("watch", "format"): "json"}
                    value = own.get((section, key), values.get(key, "x"))
                    self.file.write_text(json.dumps({section: {key: value}}))
                    self.assertEqual(self.origins(section)[key][1], "../../.rdnsgate.yaml:1")
        for key in set(schema["properties"]) - set(sections) - {"required_version", "color"}:
            with self.subTest(key):
                self.file.write_text(json.dumps({key: values.get(key, "x")}))
                command = {"known_relays": "init"}.get(key, "check")  # one that has the option
                self.assertEqual(self.origins(command)[key][1], "../../.rdnsgate.yaml:1")

    def test_the_schema_has_every_format_of_reports(self):
        definitions = json.loads(self.run_it("schema", "config", code=0).stdout)["definitions"]
        said = self.run_it("lint", "--output", "nothing-of-the-kind=x", "i.yaml", code=2).stderr
        formats = re.search(r"the formats are (.*)", said).group(1).split(", ")
        self.assertGreater(len(formats), 6)
        self.assertEqual(definitions["report_format"]["enum"], formats)
        self.assertEqual(list(definitions["output"]["properties"]), formats)
        help_text = " ".join(self.run_it("lint", "--help", code=0).stdout.split())
        self.assertIn(f"What to print on standard output: {', '.join(formats[:-1])} or {formats[-1]}", help_text)

    def test_a_command_that_has_nothing_to_heed(self):
        said = self.run_it("config", "show", "chekc", code=2)
        self.assertIn("did you mean \"check\"?", said.stderr)
        self.run_it("config", "show", "rollout", code=0)
        self.run_it("config", code=2)


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
