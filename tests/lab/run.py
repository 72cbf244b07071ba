# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Runs the lab's tests, each class in network namespaces of its own, several side by side:
`run.py [--jobs N] [--durations N] RDNSGATE [PATTERN]`.

Exits 77 ("skipped") where ci/packages.sh lab was not run. Where no namespace can be made, each case is skipped by its
name. The servers' folders, with their logs, are kept after a failure.
"""
import argparse
import os
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

from rdnslab import namespace, side_by_side, zones
from rdnslab.process import LAB


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("rdnsgate", type=lambda path: str(Path(path).resolve()))
    parser.add_argument("pattern", nargs="?", help="only tests whose name contains it")
    parser.add_argument("--jobs", type=int, default=4, help="how many classes run side by side; most of the time they wait")
    parser.add_argument("--durations", type=int, default=0, metavar="N", help="name the N slowest tests")
    return parser.parse_intermixed_args()


def cases(pattern=None):
    """All that is asked for."""
    loader = unittest.TestLoader()
    if pattern:
        loader.testNamePatterns = [f"*{pattern}*"]
    return loader.discover(str(Path(__file__).parent), pattern="*_test.py")


def skip(suite, reason):
    """Marks every case of a suite, so that each is skipped by its name and no world is started."""
    for case in side_by_side.each(suite):
        type(case).__unittest_skip__, type(case).__unittest_skip_why__ = True, reason


def run_part(outcome, names):
    """In namespaces of its own, where nothing of another part is seen."""
    namespace.enter()
    # Short, because the path of a control socket may have 107 octets at most.
    os.environ["RDNSGATE_LAB_SCRATCH"] = folder = tempfile.mkdtemp(prefix="rdnsgate-lab-")
    namespace.use_resolver(zones.RESOLVERS[0], Path(folder))  # nsupdate finds the primary through it
    if side_by_side.run_part(unittest.defaultTestLoader.loadTestsFromNames(names), outcome):
        shutil.rmtree(folder)
        return 0
    print(f"lab: logs are kept in {folder}", file=sys.stderr)
    return 1


def main():
    if sys.argv[1:2] == ["--outcome"]:
        return run_part(sys.argv[2], sys.argv[3:])
    if not (LAB / "stamp").exists():
        print("lab: no servers; run ci/packages.sh lab")
        return 77
    asked = arguments()
    suite = cases(asked.pattern)
    if not namespace.can_enter():
        skip(suite, namespace.NO_NETWORK)
        return 0 if unittest.TextTestRunner(verbosity=2).run(suite).wasSuccessful() else 1
    os.environ["RDNSGATE"] = asked.rdnsgate
    command = [sys.executable, __file__]
    return 0 if side_by_side.run(command, side_by_side.parts(suite), asked.jobs, asked.durations) else 1


if __name__ == "__main__":
    sys.exit(main())
