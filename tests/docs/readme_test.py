#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""What the README and the pages beside it show is what the program takes: its inventory, its commands, its files.

Usage: readme_test.py RDNSGATE_BINARY [unittest arguments]
"""
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
import offline

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()
GUIDE = (ROOT / "docs/guide/README.md").read_text()
ASKING = (ROOT / "docs/asking.md").read_text()
BINARY = None


def run(arguments, text=None):
    return subprocess.run(offline.command([BINARY, *arguments]), input=text, capture_output=True, text=True, timeout=60,
                          check=False)


class Readme(unittest.TestCase):
    def test_its_inventory_is_one(self):
        block = re.search(r"```yaml\n(# inventory\.yaml\n.*?)```", README, re.DOTALL)[1]
        done = run(["lint", "-"], block)
        # The addresses are for documentation, and lint says so; it reads the file all the same.
        rules = set(re.findall(r"\[([a-z-]+)\]$", done.stdout, re.MULTILINE))
        self.assertEqual(rules - {"addr-documentation", "hygiene-owner-missing"}, set(), done.stdout)
        self.assertIn(done.returncode, (0, 1), done.stderr)

    def test_its_commands_are_understood(self):
        commands = re.findall(r"`rdnsgate ((?:lint|check|plan|explain) [^`]*)`", README + GUIDE)
        self.assertGreaterEqual(len(commands), 15)
        with tempfile.TemporaryDirectory() as folder:
            for command in commands:
                arguments = command.replace("--changed-since origin/main ", "").replace("main/", "").replace("inventory.yaml", str(ROOT / "inventory.example.yaml"))
                arguments = arguments.replace("old.yaml", str(ROOT / "inventory.example.yaml")).replace("change/", folder)
                arguments = re.sub(r"zones(?= )", str(ROOT / "example/zones"), arguments).replace("RULE", "ptr-missing").split()
                arguments = [f"{folder}/{word}" if word.endswith(".facts") else word for word in arguments]
                if arguments[0] in ("check", "plan") and "--zone-files" not in arguments:
                    arguments += ["--zone-files", str(ROOT / "example/zones")]
                if "--baseline" in arguments:
                    run(["check", "--zone-files", str(ROOT / "example/zones"), "--output", f"json={folder}/report.json", "-q",
                         str(ROOT / "inventory.example.yaml")])
                    run(["baseline", "write", f"{folder}/report.json", "-o", f"{folder}/.rdnsgate-baseline.json"])
                    arguments = [f"{folder}/{word}" if word.endswith("-baseline.json") else word for word in arguments]
                done = run(arguments)
                self.assertIn(done.returncode, (0, 1), f"{command}\n{done.stdout}\n{done.stderr}")

    def test_its_snapshots_are_written_and_read(self):
        commands = re.findall(r"^rdnsgate (.*?)(?: +#.*)?$", re.search(r"## Snapshots\n\n```sh\n(.*?)```", ASKING, re.DOTALL)[1],
                              re.MULTILINE)
        self.assertEqual(len(commands), 4)
        reports = []
        with tempfile.TemporaryDirectory() as folder:
            for command in commands:
                arguments = command.replace("inventory.yaml", str(ROOT / "inventory.example.yaml"))
                arguments = re.sub(r"(?:today|office|cloud)\.facts", f"{folder}/today.facts", arguments).replace("all.facts", f"{folder}/all.facts")
                done = run(arguments.split() + (["--zone-files", str(ROOT / "example/zones")] if "--record" in command else []))
                self.assertIn(done.returncode, (0, 1), f"{command}\n{done.stdout}\n{done.stderr}")
                reports.append(done.stdout)
        # Where zone files are at hand findings stand at their records, and of a snapshot in the inventory.
        found = [sorted(re.findall(r"(?m)^\S+:\d+:\d+: (\w+: .+ \[[a-z0-9-]+\])$", report)) for report in reports[:2]]
        self.assertEqual(len(found[0]), 6, reports[0])
        self.assertEqual(found[0], found[1])
        self.assertEqual(reports[0].splitlines()[-1], reports[1].splitlines()[-1])

    def test_it_is_a_screen(self):
        """What somebody reads before trying it; the rest is on pages of its own."""
        self.assertLess(len(README.splitlines()), 100)


if __name__ == "__main__":
    BINARY = sys.argv.pop(1)
    unittest.main(verbosity=2)
