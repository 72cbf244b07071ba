#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Every command, option and choice that --help names is in the man page, and the other way round.

Usage: man_page_test.py RDNSGATE_BINARY [unittest arguments]
"""
import re
import subprocess
import sys
import unittest
from pathlib import Path

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "rdnsgate.1").read_text()
COMMANDS = ["init", "lint", "fmt", "check", "baseline", "plan", "rollout", "facts", "trace", "paths", "spf", "dkim", "dmarc", "smtp", "watch", "logs", "history", "report", "evidence", "ticket", "postmortem", "timeline", "drill", "explain", "rules", "schema", "config", "lsp",
            "completion", "help", "vantages", "version"]
NESTED = [["baseline", "write"], ["config", "show"], ["facts", "trace", "merge"], ["facts", "trace", "show"], ["smtp", "banner"], ["smtp", "mta-sts"], ["smtp", "probe"], ["evidence", "verify"], ["ticket", "status"], ["drill", "list"], ["drill", "run"], ["drill", "report"],
          *(["history", name] for name in ("list", "show", "timeline", "export", "prune")),
          *(["report", name] for name in ("show", "merge", "diff")),
          *(["rollout", name] for name in ("status", "next", "verify", "wait"))]
BINARY = None


def help_text(*command):
    return subprocess.run([BINARY, *command, "--help"], capture_output=True, text=True, check=True).stdout


class ManPage(unittest.TestCase):
    def test_every_option_of_every_command_is_documented(self):
        documented = {"--" + name for name in re.findall(r"Fl -([a-z-]+)", PAGE)}
        offered = set()
        for command in [[], *([name] for name in COMMANDS), *NESTED]:
            listing = re.split(r"\n\n", help_text(*command).split("Options:")[1])[0]
            offered.update(re.findall(r"^\s+(?:-\w,)?(--[a-z-]+)", listing, re.MULTILINE))
        self.assertEqual(offered, documented)

    def test_every_command_is_documented(self):
        offered = set(re.findall(r"^  ([a-z]+) ", help_text().split("Subcommands:")[1], re.MULTILINE))
        section = re.search(r"^\.Sh COMMANDS$(.*?)^\.Sh ", PAGE, re.MULTILINE | re.DOTALL)[1]
        self.assertEqual(offered, set(re.findall(r"^\.It Cm ([a-z]+)", section, re.MULTILINE)))
        self.assertEqual(offered, set(COMMANDS))


if __name__ == "__main__":
    BINARY = sys.argv.pop(1)
    unittest.main(verbosity=2)
