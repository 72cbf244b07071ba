#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""`meson install` into a folder: what docs/install.md says is there, with the bytes of this build, and nothing outside it.

Usage: install_test.py MESON BUILD_FOLDER [unittest arguments]
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MESON = BUILD = None


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.done = subprocess.run([MESON, "install", "-C", BUILD, "--no-rebuild", "--destdir", str(cls.folder)], capture_output=True,
                                  text=True, timeout=60, check=False)
        (cls.prefix,) = [path.parent.parent for path in cls.folder.rglob("bin/rdnsgate")] or [None]

    def test_it_ends_well(self):
        self.assertEqual(self.done.returncode, 0, self.done.stdout + self.done.stderr)

    def test_what_the_page_names_is_there(self):
        table = re.search(r"\| what \| where \|\n(.*?)\n\n", (ROOT / "docs/install.md").read_text(), re.DOTALL)[1]
        paths = re.findall(r"`([^`]+)`", table)
        self.assertGreater(len(paths), 12)
        for path in paths:
            self.assertTrue((self.prefix / path).is_file(), path)

    def test_nothing_of_the_project_that_users_read_is_missing(self):
        doc = self.prefix / "share/doc/rdnsgate"
        pages = {path.relative_to(ROOT) for path in (ROOT / "docs").rglob("*") if path.is_file() and path.suffix in (".md", ".svg")}
        self.assertGreater(len(pages), 100)
        self.assertEqual(pages, {path.relative_to(doc) for path in (doc / "docs").rglob("*") if path.is_file()})
        for path in (ROOT / "schemas").iterdir():
            self.assertEqual((self.prefix / "share/rdnsgate/schemas" / path.name).read_bytes(), path.read_bytes())

    def test_the_example_is_whole(self):
        examples = self.prefix / "share/doc/rdnsgate/examples"
        files = re.findall(r"file: ([^,}\s]+)", (examples / "inventory.example.yaml").read_text())
        self.assertTrue(files)
        for path in files:
            self.assertTrue((examples / path).is_file(), path)

    def test_the_completions_are_those_of_this_program(self):
        for shell, path in (("bash", "bash-completion/completions/rdnsgate"), ("zsh", "zsh/site-functions/_rdnsgate"),
                            ("fish", "fish/vendor_completions.d/rdnsgate.fish")):
            said = subprocess.run([self.prefix / "bin/rdnsgate", "completion", shell], capture_output=True, text=True, timeout=60, check=True)
            self.assertEqual((self.prefix / "share" / path).read_text(), said.stdout, shell)

    def test_programs_can_be_run_and_the_rest_is_for_reading(self):
        for path in self.prefix.rglob("*"):
            if path.is_file():
                runs = path.name == "rdnsgate" and path.parent.name == "bin" or path.suffix == ".sh"
                self.assertEqual(os.access(path, os.X_OK) and path.stat().st_mode & 0o111 != 0, runs, path)
                self.assertTrue(path.stat().st_mode & 0o444 == 0o444, path)

    def test_the_manual_is_without_fault(self):
        if shutil.which("man") is None:
            self.skipTest("no man here: apt-get install man-db")
        said = subprocess.run(["man", "--warnings", "-l", str(self.prefix / "share/man/man1/rdnsgate.1")], capture_output=True, text=True,
                              timeout=60, check=True, env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "MANWIDTH": "100"})
        self.assertEqual(said.stderr, "")
        self.assertIn("EXIT STATUS", said.stdout)


if __name__ == "__main__":
    MESON, BUILD = sys.argv.pop(1), sys.argv.pop(1)
    unittest.main(verbosity=2)
