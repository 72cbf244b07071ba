# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Runs parts of a test suite side by side, each in a program of its own, and counts them as one run of unittest does."""
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

BAD = ("failures", "errors", "unexpectedSuccesses")
COUNTED = {"failures": "failures", "errors": "errors", "skipped": "skipped", "expectedFailures": "expected failures",
           "unexpectedSuccesses": "unexpected successes"}  # as unittest has them, and as it calls them


def each(suite):
    """Every case of a suite."""
    for part in suite:
        if isinstance(part, unittest.TestSuite):
            yield from each(part)
        else:
            yield part


def parts(suite):
    """The names of the tests that go together: those of one class, or, where the class says that they share nothing
    (`apart`), each by itself. The longest come first, as the classes have it (`seconds`, of each part)."""
    groups = {}
    for case in each(suite):
        kind = type(case)
        key = case.id() if getattr(kind, "apart", False) else kind
        groups.setdefault(key, (getattr(kind, "seconds", 5), []))[1].append(case.id())
    return [names for _, names in sorted(groups.values(), key=lambda group: -group[0])]


class _Result(unittest.TextTestResult):
    """Knows in the end how long each test took."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.took = {}

    def startTest(self, test):
        self.began = time.monotonic()
        super().startTest(test)

    def stopTest(self, test):
        super().stopTest(test)
        self.took[test.id()] = time.monotonic() - self.began


def run_part(suite, outcome):
    """In a program of its own: runs a part, and writes what came of it to the file `outcome`. True where all passed."""
    began = time.monotonic()
    result = unittest.TextTestRunner(verbosity=2, resultclass=_Result)._makeResult()
    suite.run(result)
    result.printErrors()
    sys.stdout.flush()
    counts = {name: len(getattr(result, name)) for name in COUNTED}
    Path(outcome).write_text(json.dumps({**counts, "ran": result.testsRun, "took": result.took,
                                         "whole": time.monotonic() - began}))
    return result.wasSuccessful()


class _Worker:
    """One part that runs. What it prints is kept until its end, unless it is `alone`."""

    def __init__(self, command, names, alone):
        self.names = names
        self.outcome = tempfile.NamedTemporaryFile(suffix=".json")
        self.said = None if alone else tempfile.TemporaryFile()
        self.process = subprocess.Popen([*command, "--outcome", self.outcome.name, *names], stdin=subprocess.DEVNULL,
                                        stdout=self.said, stderr=self.said and subprocess.STDOUT)

    def result(self):
        """What came of the part that ended. A crash leaves nothing that could be believed: each of its tests failed."""
        if self.said:
            self.said.seek(0)
            sys.stderr.write(self.said.read().decode(errors="replace"))
        try:
            outcome = json.loads(Path(self.outcome.name).read_text())
        except ValueError:
            outcome = None
        bad = outcome is None or any(outcome[name] for name in BAD)
        if outcome is None or bad != (self.process.returncode != 0):
            print(f"\nERROR: the program of {', '.join(self.names)} ended with exit {self.process.returncode}", file=sys.stderr)
            outcome = {**dict.fromkeys(COUNTED, 0), "errors": len(self.names), "ran": len(self.names), "took": {}, "whole": 0}
        return outcome


def _finished(workers):
    """Waits for one of them."""
    while True:
        for worker in workers:
            if worker.process.poll() is not None:
                workers.remove(worker)
                return worker
        time.sleep(0.02)


def run(command, todo, jobs, slowest=0):
    """Runs `command --outcome FILE NAME...` for each part, `jobs` at a time; prints what they print, the `slowest` tests,
    and last what unittest says at its end. True where all passed."""
    began, workers, results, todo = time.monotonic(), [], [], list(todo)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("lab: ended by a signal"))
    try:
        while todo or workers:
            while todo and len(workers) < jobs:
                workers.append(_Worker(command, todo.pop(0), jobs == 1))
            results.append(_finished(workers).result())
    finally:
        for worker in workers:
            worker.process.terminate()
    took = {name: seconds for result in results for name, seconds in result["took"].items()}
    for name in sorted(took, key=took.get, reverse=True)[:slowest]:
        print(f"{took[name]:7.1f} s  {name}", file=sys.stderr)
    counts = {word: sum(result[name] for result in results) for name, word in COUNTED.items()}
    counts = ", ".join(f"{word}={count}" for word, count in counts.items() if count)
    good = not any(result[name] for result in results for name in BAD)
    ran = sum(result["ran"] for result in results)
    print(f"{'-' * 70}\nRan {ran} test{'s' * (ran != 1)} in {time.monotonic() - began:.3f}s\n\n"
          f"{'OK' if good else 'FAILED'}{f' ({counts})' if counts else ''}", file=sys.stderr)
    return good
