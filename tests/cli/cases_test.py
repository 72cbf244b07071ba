#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Runs the program on every case folder and compares what it says with what the case expects.

A case is a folder under tests/cli/cases: `args` (one command line, split as a shell does; lines that begin with
# are comments; after a line `then` comes another command line), the files that it needs, and `expected`: the exit
code, standard output and standard error of each. @OUT@ is a folder for what is written.
RDNSGATE_UPDATE_GOLDENS=1 writes `expected` anew; the difference is the review.

Usage: cases_test.py RDNSGATE_BINARY [unittest arguments]

The program runs without any network (offline.py).
"""
import os
import re
import shlex
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import offline

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
UPDATE = os.environ.get("RDNSGATE_UPDATE_GOLDENS") == "1"
BINARY = None


def command_lines(case):
    lines = [line for line in (case / "args").read_text().splitlines() if line and not line.startswith("#")]
    for command in "\n".join(lines).split("\nthen\n"):
        yield shlex.split(command.replace("@ROOT@", str(ROOT)))


MOMENT = r"\w{3} \d{4}-\d\d-\d\d [\d:]+ [A-Z+\d-]+"


def normalised(text, arguments):
    """Times and the checkout's place differ between runs; nothing else may."""
    text = text.replace(str(ROOT), "@ROOT@")
    text = re.sub(rf"(DNS as of |<dt>DNS</dt><dd>as of ){MOMENT}", r"\1@TIME@", text)
    if not {"--now", "--start"}.intersection(arguments):
        text = re.sub(MOMENT, "@TIME@", text)  # of a plan that begins now
    return re.sub(r'("p(?:50|99)_ms": )[0-9.e-]+', r"\1@MS@", text)


def run(case):
    with tempfile.TemporaryDirectory() as out:
        said = [run_one(case, [word.replace("@OUT@", out) for word in command]) for command in command_lines(case)]
        return "".join(said).replace(out, "@OUT@")


def run_one(case, arguments):
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    for sanitizer in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
        if sanitizer in os.environ:
            environment[sanitizer] = os.environ[sanitizer]
    folder = case if not (case / "in-root").exists() else ROOT
    done = subprocess.run(offline.command([BINARY, *arguments]), cwd=folder, env=environment,
                          stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    out, err = (normalised(stream.decode("utf-8", "backslashreplace"), arguments) for stream in (done.stdout, done.stderr))
    return f"exit {done.returncode}\n--- stdout\n{out}--- stderr\n{err}"


class Cases(unittest.TestCase):
    maxDiff = None


def add(case):
    def test(self):
        said = run(case)
        if UPDATE:
            (case / "expected").write_text(said)
        self.assertEqual((case / "expected").read_text(), said,
                         "\nif the new text is right: RDNSGATE_UPDATE_GOLDENS=1 meson test -C build cases")

    setattr(Cases, "test_" + case.name.replace("-", "_"), test)


def main():
    global BINARY
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    for case in sorted((HERE / "cases").iterdir()):
        add(case)
    unittest.main(verbosity=2)


if __name__ == "__main__":
    main()
