#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""What a user asks of the program itself: help, version, -v.

Usage: help_test.py RDNSGATE_BINARY [unittest arguments]
"""
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import offline

ROOT = Path(__file__).resolve().parents[2]
BINARY = None


def run(*arguments, cwd=None):
    return subprocess.run(offline.command([BINARY, *arguments]), cwd=cwd, capture_output=True, text=True, timeout=60, check=False)


def commands(path=()):
    """Every command, by what --help lists."""
    text = run(*path, "--help").stdout
    listed = text.split("Subcommands:")[1].split("\n\n")[0] if "Subcommands:" in text else ""
    below = re.findall(r"^  ([a-z]+) ", listed, re.MULTILINE)
    return [path, *(one for name in below for one in commands((*path, name)))]


class Help(unittest.TestCase):
    def test_it_is_that_of_the_option(self):
        every = commands()
        self.assertGreater(len(every), 20)
        for path in every:
            said = run("help", *path)
            self.assertEqual((said.returncode, said.stderr), (0, ""), path)
            self.assertEqual(said.stdout, run(*path, "--help").stdout, path)

    def test_a_command_that_there_is_not_is_refused_with_the_one_that_was_meant(self):
        for arguments, hint in ((["lnt"], 'did you mean "lint"?'), (["rollout", "stauts"], 'did you mean "status"?'),
                                (["ptr-missing"], "rdnsgate explain ptr-missing"), (["lint", "xyz"], "rdnsgate help lint lists its options"),
                                (["frobnicate"], "the commands are init, lint")):
            said = run("help", *arguments)
            self.assertEqual((said.returncode, said.stdout), (2, ""), arguments)
            self.assertIn(hint, said.stderr)


class Version(unittest.TestCase):
    def test_the_first_line_is_the_programs_and_the_rest_its_libraries(self):
        said = run("--version")
        self.assertEqual((said.returncode, said.stderr), (0, ""))
        first, *libraries = said.stdout.splitlines()
        self.assertRegex(first, r"^rdnsgate \d+\.\d+\.\d+$")
        versions = dict(line.split() for line in libraries)
        self.assertLessEqual({"libunbound", "ldns", "OpenSSL", "libyaml", "zlib", "zstd", "libgit2"}, set(versions))
        for name, version in versions.items():
            self.assertRegex(version, r"^\d+\.\d+(\.\d+)*([a-z-].*)?$", name)
        self.assertEqual(run("version").stdout, said.stdout)

    def test_they_are_those_that_are_installed(self):
        versions = dict(line.split() for line in run("--version").stdout.splitlines()[1:])
        for name, package in (("libunbound", "libunbound"), ("ldns", "ldns"), ("libyaml", "yaml-0.1"), ("zlib", "zlib"), ("zstd", "libzstd"), ("libgit2", "libgit2")):
            if shutil.which("pkg-config") and subprocess.run(["pkg-config", "--exists", package], check=False).returncode == 0:
                known = subprocess.run(["pkg-config", "--modversion", package], capture_output=True, text=True, check=True).stdout
                self.assertEqual(versions[name], known.strip(), name)


class Verbose(unittest.TestCase):
    CHECK = ("check", "--zone-files", str(ROOT / "example/zones"), str(ROOT / "inventory.example.yaml"))

    def test_it_says_what_was_read_and_asked_and_changes_nothing_else(self):
        plain, verbose = run(*self.CHECK), run("-v", *self.CHECK)
        self.assertEqual((verbose.returncode, verbose.stdout), (plain.returncode, plain.stdout))
        self.assertIn("rdnsgate: no configuration file\n", verbose.stderr)
        self.assertRegex(verbose.stderr, r"rdnsgate: judged .*inventory\.example\.yaml: \d+ addresses, \d+ s\n")
        self.assertRegex(verbose.stderr, r"rdnsgate: asked [a-z -]+: \d+ questions, 0 not answered; median [\d.]+ ms")
        self.assertNotIn("judged", plain.stderr)

    def test_it_names_the_configuration(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "mail.yaml"
            path.write_text("fail_on: warning\n")
            self.assertIn(f"configuration: {path}", run("-v", "--config", str(path), *self.CHECK).stderr)

    def test_twice_quiet_is_quiet(self):
        said = run("-v", "-qq", *self.CHECK)
        self.assertEqual((said.stdout, said.stderr), ("", ""))


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
