#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""lint --fix mends what is mechanical and keeps everything else, octet by octet.

Usage: fix_test.py RDNSGATE_BINARY [unittest arguments]
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
WRONG = b"""# ours
version: 1
senders:
  - {name: mx1,   helo: "MX1.mail.example.", addresses: [198.51.100.10,   '2001:DB8:0::1']}   # Keep ME
  - name: mx2
    halo: mx2.mail.example  # one edit
    addresses: [198.51.100.11]
"""
RIGHT = (WRONG.replace(b"MX1.mail.example.", b"mx1.mail.example").replace(b"2001:DB8:0::1", b"2001:db8::1")
         .replace(b"halo", b"helo"))


class Fix(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.file = self.folder / "inventory.yaml"

    def lint(self, *arguments, text=None, before=()):
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        environment.update({name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ})
        return subprocess.run(offline.command([*before, BINARY, "lint", *arguments]), cwd=self.folder, env=environment, input=text,
                              capture_output=True, timeout=60, check=False)

    def test_mends_and_keeps_every_other_octet(self):
        for frame in (lambda text: text, lambda text: b"\xef\xbb\xbf" + text, lambda text: text.replace(b"\n", b"\r\n")):
            self.file.write_bytes(frame(WRONG))
            done = self.lint("--fix", "--fail-on", "never")
            self.assertEqual(done.returncode, 0, done)
            self.assertIn(b"fixed 3 places in 1 file", done.stderr)
            self.assertEqual(self.file.read_bytes(), frame(RIGHT))
            again = self.lint("--fix", "--fail-on", "never")
            self.assertNotIn(b"fixed", again.stderr)
            self.assertEqual(self.file.read_bytes(), frame(RIGHT))

    def test_dry_run_prints_what_patch_takes_and_writes_nothing(self):
        for bom in (b"", b"\xef\xbb\xbf"):
            self.dry_run(bom + WRONG, bom + RIGHT)

    def dry_run(self, wrong, right):
        self.file.write_bytes(wrong)
        done = self.lint("--fix", "--dry-run")
        self.assertEqual((done.returncode, done.stderr), (1, b""))
        self.assertEqual(self.file.read_bytes(), wrong)
        subprocess.run(["patch", "-p1", "--quiet"], cwd=self.folder, input=done.stdout, check=True)
        self.assertEqual(self.file.read_bytes(), right)
        done = self.lint("--fix", "--dry-run")
        self.assertEqual((done.returncode, done.stdout), (0, b""))

    def test_a_link_stays_a_link_and_the_mode_stays(self):
        real = self.folder / "real.yaml"
        real.write_bytes(WRONG)
        real.chmod(0o640)
        self.file.symlink_to("real.yaml")
        self.assertEqual(self.lint("--fix", "--fail-on", "never").returncode, 0)
        self.assertTrue(self.file.is_symlink())
        self.assertEqual((real.read_bytes(), real.stat().st_mode & 0o777), (RIGHT, 0o640))
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), ["inventory.yaml", "real.yaml"])

    def test_mends_included_files(self):
        self.file.write_text("version: 1\ninclude: [hosts/*.yaml]\n")
        (self.folder / "hosts").mkdir()
        included = self.folder / "hosts" / "a.yaml"
        included.write_bytes(WRONG)
        self.assertEqual(self.lint("--fix", "--fail-on", "never").returncode, 0)
        self.assertEqual(included.read_bytes(), RIGHT)

    def test_what_it_cannot_mend_is_still_said(self):
        self.file.write_bytes(WRONG + b"    colour: red\n")
        done = self.lint("--fix")
        self.assertEqual(done.returncode, 2)
        self.assertEqual(self.file.read_bytes(), RIGHT + b"    colour: red\n")
        self.assertIn(b"colour", done.stdout + done.stderr)
        self.assertNotIn(b"halo", done.stdout + done.stderr)

    def test_nothing_is_written_where_it_would_be_no_better(self):
        # The key is mended, and what stands under it turns out to be wrong too.
        worse = WRONG.replace(b"halo: mx2.mail.example", b"helo: mx2.mail.example\n    ownr: []")
        self.file.write_bytes(worse.replace(b"MX1.mail.example.", b"mx1.mail.example").replace(b"2001:DB8:0::1", b"2001:db8::1"))
        before = self.file.read_bytes()
        done = self.lint("--fix")
        self.assertEqual((done.returncode, self.file.read_bytes()), (2, before))
        self.assertIn(b"nothing was written", done.stderr)

    def test_usage(self):
        self.file.write_bytes(WRONG)
        self.assertEqual(self.lint("--dry-run").returncode, 2)
        self.assertEqual(self.lint("--fix", "-", text=WRONG).returncode, 2)
        self.assertEqual(self.file.read_bytes(), WRONG)

    def test_a_folder_that_cannot_be_written(self):
        self.file.write_bytes(WRONG)
        self.folder.chmod(0o500)
        self.addCleanup(self.folder.chmod, 0o700)
        # Root writes everywhere, by a right that can be given up.
        humble = ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"] if os.geteuid() == 0 else []
        self.assertEqual(self.lint("--fix", before=humble).returncode, 2)
        self.assertEqual(self.file.read_bytes(), WRONG)


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
