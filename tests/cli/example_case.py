# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""A folder with the example, for tests that run the program on it and on what they make of it."""
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import offline

ROOT = Path(__file__).resolve().parents[2]


class ExampleCase(unittest.TestCase):
    maxDiff = None
    binary = None

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        shutil.copytree(ROOT / "example", self.folder / "example")
        self.inventory = self.folder / "inventory.yaml"
        self.inventory.write_text((ROOT / "inventory.example.yaml").read_text())

    def run_tool(self, *arguments, place=None, text=None):
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        environment.update({name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ})
        return subprocess.run(offline.command([self.binary, *arguments]), cwd=place or self.folder, env=environment, input=text,
                              capture_output=True, text=True, timeout=60, check=False)
