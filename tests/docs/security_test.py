#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""SECURITY.md is where forges look for it, says of everything that is read whether it is trusted, how pull requests of
strangers are judged and how a fault is reported; and what it shows is so."""
import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / ".github/SECURITY.md"
# What the kinds of input are called in the table of trust.
READ = ("command line", "configuration named", "configuration that was found", "inventory", "fork", "zone files", "baselines",
        "the DNS", "snapshots", "plans", "rollout states", "reports", "CSV", "NetBox", "links")


class Security(unittest.TestCase):
    def setUp(self):
        self.sections = dict(part.split("\n", 1) for part in PAGE.read_text().split("\n## ")[1:])

    def test_all_that_is_read_is_trusted_or_not(self):
        rows = [row for row in re.findall(r"^\| (.+?) \| (.+?) \| .*\|$", self.sections["What is trusted, and what is not"], re.MULTILINE)
                if row[0] not in ("input", "---")]
        for _, trusted in rows:
            self.assertRegex(trusted, "^(yes|no|as the plan)$")
        for what in READ:
            self.assertTrue(any(what in named for named, _ in rows), what)
        trusted = " ".join(named for named, how in rows if how == "yes")
        for what in ("found", "inventory", "zone files", "the DNS", "snapshots", "plans"):
            self.assertNotIn(what, trusted)

    def test_it_says_how_pull_requests_of_strangers_are_judged(self):
        text = self.sections["Pull requests of strangers"]
        for word in ("--config-from", "--no-config", "pull_request_target", "weakens", "log", "--zone-files"):
            self.assertIn(word, text)
        for path in ("ci/github/rdnsgate.yml", "ci/gitlab/rdnsgate.gitlab-ci.yml"):
            self.assertIn("--config-from", (ROOT / path).read_text(), path)

    def test_it_says_how_a_fault_is_reported(self):
        text = self.sections["Reporting a fault"]
        for word in ("in private", "rdnsgate --version", "exit code of 4"):
            self.assertIn(word, text)

    def test_what_it_names_is_there(self):
        text = PAGE.read_text()
        for path in re.findall(r"\]\(([^)#]+)\)", text):
            self.assertTrue((PAGE.parent / path).exists(), path)
        for path in re.findall(r"`(tests/[^`]+)`", text):
            self.assertTrue((ROOT / path).exists(), path)


if __name__ == "__main__":
    unittest.main(verbosity=2)
