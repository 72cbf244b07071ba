# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""What the test cases share: worlds that start and end with a class, rdnsgate, nsupdate."""
import itertools
import json
import os
import subprocess
import unittest
from pathlib import Path

from . import zones
from .world import World

_numbers = itertools.count(1)


def scratch():
    """A new folder below the one that run.py made; kept when a test failed."""
    folder = Path(os.environ["RDNSGATE_LAB_SCRATCH"]) / str(next(_numbers))
    folder.mkdir()
    return folder


class Run:
    """One finished run of rdnsgate."""

    def __init__(self, command, cwd, timeout=300):
        done = subprocess.run([str(word) for word in command], cwd=cwd, text=True, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=timeout)
        self.command, self.exit, self.out, self.err = command, done.returncode, done.stdout, done.stderr

    def __str__(self):
        return f"{' '.join(map(str, self.command))}\nexit {self.exit}\n{self.out[-6000:]}\n{self.err[-3000:]}"

    @property
    def report(self):
        return json.loads(self.out)

    def about(self, text):
        """The findings that name it, for the message of a failed assertion."""
        return "\n".join(json.dumps(finding, indent=1) for finding in self.report["findings"] if text in json.dumps(finding))

    def findings(self, *severities):
        """(target, rule) of every open finding, of these severities where some are named."""
        return {(finding["target"]["id"], finding["rule"]) for finding in self.report["findings"]
                if finding["status"] == "open" and (not severities or finding["severity"] in severities)}


class LabCase(unittest.TestCase):
    """Base of all cases: `gate` runs the program under test in a folder of the case's own."""

    def setUp(self):
        self.folder = scratch()

    def gate(self, *arguments, prefix=(), program=None):
        return Run([*prefix, program or os.environ["RDNSGATE"], *arguments], self.folder)

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path


class WorldCase(LabCase):
    """A case with a world; subclasses say whether it is signed. Without `fresh`, all tests of a class share it."""

    signed = False
    fresh = False
    primary_zones = zones.PRIMARY_ZONES

    @classmethod
    def begin(cls):
        cls.world = World(scratch() / "world", cls.signed, cls.primary_zones)
        try:
            cls.world.start()
        except BaseException:
            cls.world.stop()
            raise

    @classmethod
    def setUpClass(cls):
        if not cls.fresh:
            cls.begin()
            cls.addClassCleanup(cls.world.stop)

    def setUp(self):
        super().setUp()
        if self.fresh:
            self.begin()
            self.addCleanup(lambda: self.world.stop())

    def private_root(self):
        """Options that aim `recursive` at the world's own root."""
        options = ["--root-hints", self.world.root_hints]
        return options + (["--trust-anchor", self.world.trust_anchor] if self.signed else [])

    def nsupdate(self, script, *options):
        """Runs the real nsupdate over a script; returns what it said and its exit code."""
        done = subprocess.run(["nsupdate", *map(str, options), str(script)], text=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=30)
        return done.returncode, done.stdout
