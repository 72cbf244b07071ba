#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Whatever stands in a file that is read, the program ends by itself, in time, with an exit code that means something.

Usage: hunt_test.py RDNSGATE_BINARY [unittest arguments]

RDNSGATE_HUNT_RUNS (for each kind of file) and RDNSGATE_HUNT_SEED make it longer, and another one; RDNSGATE_HUNT_KIND takes
one kind alone. What it finds is kept under RDNSGATE_HUNT_KEEP, or told in the failure.
"""
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import hunt_inputs
import offline

BINARY = None
RUNS = int(os.environ.get("RDNSGATE_HUNT_RUNS", "40"))
SEED = os.environ.get("RDNSGATE_HUNT_SEED", "1")
KIND = os.environ.get("RDNSGATE_HUNT_KIND")
MEANINGFUL = (0, 1, 2, 3, 75)
SECONDS = 30  # what a busy machine may take for a hundredth of a second's work
MEMORY = 2 << 30


def limits():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Hunt(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def outcome(self, command):
        try:
            done = subprocess.run(offline.command([BINARY, *command]), cwd=self.folder, capture_output=True, timeout=SECONDS, check=False,
                                  stdin=subprocess.DEVNULL, preexec_fn=limits)
        except subprocess.TimeoutExpired:
            return f"still at it after {SECONDS} s"
        if done.returncode in MEANINGFUL and b"bug in rdnsgate" not in done.stderr:
            return None
        return f"exit {done.returncode}: {done.stderr[-400:].decode('utf-8', 'replace')}"

    def keep(self, kind, number, data):
        folder = os.environ.get("RDNSGATE_HUNT_KEEP")
        if not folder:
            return repr(data[:300])
        path = Path(folder) / f"{kind.replace(' ', '-')}-{SEED}-{number}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return str(path)

    def test_files_of_every_kind(self):
        estate = hunt_inputs.Estate(BINARY, self.folder)
        wrong = []
        for kind, (name, spoil, commands) in estate.KINDS.items():
            if KIND and kind != KIND:
                continue
            path = self.folder / name
            good = path.read_bytes()
            for command in commands:  # the seeds are as they should be
                if said := self.outcome(command):
                    wrong.append(f"{kind}, {' '.join(command)} on the file as it is: {said}")
            for number in range(RUNS):
                data = spoil(good, random.Random(f"{SEED} {kind} {number}"))
                path.write_bytes(data)
                command = commands[number % len(commands)]
                if said := self.outcome(command):
                    wrong.append(f"{kind} {number}, {' '.join(command)}: {said} {self.keep(kind, number, data)}")
            path.write_bytes(good)
        self.assertEqual(wrong, [], "\n".join(wrong))

    def test_it_can_fail(self):
        """The judge knows a signal and an exit code that means nothing when it sees them."""
        script = self.folder / "script"
        for body, said in {"kill -SEGV $$": "exit -11", "exit 4": "exit 4", "exit 134": "exit 134", "exit 3": None}.items():
            script.write_text(f"#!/bin/sh\n{body}\n")
            script.chmod(0o755)
            global BINARY
            binary, BINARY = BINARY, str(script)
            try:
                outcome = self.outcome([])
            finally:
                BINARY = binary
            self.assertEqual(outcome.split(":")[0] if outcome else None, said, body)


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
