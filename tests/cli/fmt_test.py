#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""fmt gives the files of an inventory one layout, and says beforehand what it would do.

Usage: fmt_test.py RDNSGATE_BINARY [unittest arguments]
"""
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import offline

BINARY = None
ROOT = Path(__file__).resolve().parents[2]
UGLY = b"""# ours
version:  1


senders:
- name:   mx1
  # why
  helo: mx1.mail.example
  addresses: [ 198.51.100.10,198.51.100.11 ]
"""
NEAT = b"""# ours
version: 1

senders:
  - name: mx1
    # why
    helo: mx1.mail.example
    addresses: [198.51.100.10, 198.51.100.11]
"""


class Fmt(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.file = self.folder / "inventory.yaml"

    def fmt(self, *arguments, code, text=None):
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        environment.update({name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ})
        done = subprocess.run(offline.command([BINARY, "fmt", *arguments]), cwd=self.folder, env=environment, input=text,
                              capture_output=True, timeout=60, check=False)
        self.assertEqual(done.returncode, code, done)
        return done

    def test_lays_out_a_file_and_what_it_includes(self):
        (self.folder / "hosts").mkdir()
        included = self.folder / "hosts" / "a.yaml"
        included.write_bytes(UGLY)
        self.file.write_bytes(b"\xef\xbb\xbfversion:   1\r\ninclude: [ hosts/*.yaml ]\r\n")
        self.assertEqual(self.fmt("--check", code=1).stdout, b"inventory.yaml\nhosts/a.yaml\n")
        self.assertEqual(included.read_bytes(), UGLY)
        self.fmt(code=0)
        self.assertEqual(included.read_bytes(), NEAT)
        self.assertEqual(self.file.read_bytes(), b"\xef\xbb\xbfversion: 1\r\ninclude: [hosts/*.yaml]\r\n")
        self.assertEqual(self.fmt("--check", code=0).stdout, b"")

    def test_the_difference_is_what_patch_takes(self):
        self.file.write_bytes(UGLY)
        difference = self.fmt("--diff", code=1).stdout
        self.assertEqual(self.file.read_bytes(), UGLY)
        subprocess.run(["patch", "-p1", "--quiet"], cwd=self.folder, input=difference, check=True)
        self.assertEqual(self.file.read_bytes(), NEAT)
        self.assertEqual(self.fmt("--diff", code=0).stdout, b"")

    def test_standard_input(self):
        self.assertEqual(self.fmt("-", code=0, text=UGLY).stdout, NEAT)
        self.assertEqual(self.fmt("-", code=0, text=NEAT).stdout, NEAT)
        self.fmt("--check", "-", code=1, text=UGLY)

    def test_what_is_no_yaml_is_left_alone(self):
        broken = UGLY + b"x: [\n"
        self.file.write_bytes(broken)
        self.assertIn(b"inventory.yaml:", self.fmt(code=2).stderr)
        self.assertEqual(self.file.read_bytes(), broken)
        self.fmt("missing.yaml", code=2)

    def test_what_is_wrong_otherwise_is_laid_out(self):
        self.file.write_bytes(UGLY + b"colour:   red\n")
        self.fmt(code=0)
        self.assertEqual(self.file.read_bytes(), NEAT + b"colour: red\n")

    def test_the_example_has_this_layout(self):
        shutil.copy(ROOT / "inventory.example.yaml", self.file)
        self.assertEqual(self.fmt("--diff", code=0).stdout, b"")


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
