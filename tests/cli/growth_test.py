#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Twice the input takes twice the time: CPU time that grows by more than three fails, for each construct of what is read.

Usage: growth_test.py RDNSGATE_BINARY [unittest arguments]

The suite tries those constructs that were once quadratic. RDNSGATE_GROWTH=all tries all of growth_inputs.py, at sizes at
which more shows, and RDNSGATE_GROWTH=WORD those with the word in their name. Of some functions instructions are counted.
"""
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import growth_inputs
import offline

BINARY = None
WANTED = os.environ.get("RDNSGATE_GROWTH", "")
MEASURABLE = float(os.environ.get("RDNSGATE_GROWTH_SECONDS", "0.5" if WANTED else "0.15"))  # seconds of CPU at the smaller size: what starting takes no longer counts
LARGEST = 1 << 24 if WANTED else 1 << 22  # octets of input
MOST = 3  # a product of two lists takes four times; what no longer fits into the caches of a busy machine, 2.6 at most
ATTEMPTS = 4
MEMORY = 6 << 30


def cpu_seconds(folder, command):
    """User and system time of one run; of nobody else's, however busy the machine is."""
    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
    process = subprocess.Popen(offline.command([BINARY, *command]), cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, preexec_fn=limit)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_utime + usage.ru_stime, process.returncode


class Growth(unittest.TestCase):
    def input_of(self, construct, size):
        folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        construct.write(folder, size)
        return folder, sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())

    def measured(self, folder, command):
        seconds, code = cpu_seconds(folder, command)
        self.assertIn(code, (0, 1, 2, 3), f"exit {code} after {seconds:.1f} s")
        return seconds

    def try_construct(self, construct):
        idle = min(self.measured(self.input_of(construct, 1)[0], construct.command) for _ in range(2))
        size = construct.start
        while True:
            small, octets = self.input_of(construct, size)
            seconds = self.measured(small, construct.command) - idle
            if seconds >= MEASURABLE:
                break
            if octets > LARGEST or size > 1 << 22:
                return f"{size:>9}  {seconds:6.2f} s"  # never long enough to see how it grows
            size *= 2
        low, high = self.doubled(construct, idle, size)
        if high > MOST * low:  # a step, which comes once, or growth that is too fast, which goes on at the next size
            size *= 2
            low, high = self.doubled(construct, idle, size)
        self.assertLessEqual(high, MOST * low, f"{size} of them take {low:.2f} s of CPU, {2 * size} take {high:.2f} s")
        return f"{size:>9}  {low:6.2f} s  x {high / low:.2f}"

    def doubled(self, construct, idle, size):
        """Seconds for size of the construct and for twice as many: the least of some attempts."""
        small, large = self.input_of(construct, size)[0], self.input_of(construct, 2 * size)[0]
        best = []
        for _ in range(ATTEMPTS):
            best.append((self.measured(small, construct.command) - idle, self.measured(large, construct.command) - idle))
            low, high = min(one for one, _ in best), min(two for _, two in best)
            if high <= MOST * low:
                break
        return low, high

    def test_twice_the_input_takes_twice_the_time(self):
        for construct in growth_inputs.CONSTRUCTS:
            if not (construct.quick if not WANTED else WANTED == "all" or WANTED in construct.name):
                continue
            with self.subTest(construct.name):
                print(f"{construct.name:<50} {self.try_construct(construct)}", file=sys.stderr, flush=True)


class Instructions(unittest.TestCase):
    def instructions_of(self, function, construct, size):
        """Of the function and all that it calls, as callgrind counts them."""
        folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        construct.write(folder, size)
        command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", f"--toggle-collect={function}", BINARY]
        done = subprocess.run(offline.command([*command, *construct.command]), cwd=folder, stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
        found = re.search(r"Collected : (\d+)", done.stderr)
        self.assertTrue(found, done.stderr)
        return int(found[1])

    def test_twice_the_input_takes_twice_the_instructions(self):
        if shutil.which("valgrind") is None:
            self.skipTest("valgrind is not installed: ci/packages.sh test")
        constructs = {construct.name: construct for construct in growth_inputs.CONSTRUCTS}
        for function, name, size in growth_inputs.FUNCTIONS:
            with self.subTest(function):
                few, many = (self.instructions_of(function, constructs[name], n) for n in (size, 2 * size))
                self.assertGreater(few, 0, "no such function")
                self.assertLessEqual(many, 2.5 * few, f"{name}: {size} take {few:,} instructions, {2 * size} take {many:,}")


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
