#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Counts the test cases of one or more `meson test` runs and ends with the line `N passed, N failed`.

Usage: ci/tally.py BUILD_FOLDER[=SUITE,SUITE] ...    (without suites: all that the build folder knows)

The counts are the test programs' own totals (doctest, unittest). A program that failed without admitting a
failed case (a crash, a timeout) counts as one failed case, and so does a suite that ran nothing. Exits 1 when
anything failed.
"""
import json
import re
import sys
from pathlib import Path

DOCTEST = re.compile(r"\[doctest\] test cases:\s*(\d+)\s*\|\s*(\d+) passed\s*\|\s*(\d+) failed")
UNITTEST = re.compile(r"^Ran (\d+) tests? in ", re.MULTILINE)
UNITTEST_BAD = re.compile(r"\b(?:failures|errors|unexpected successes)=(\d+)")
UNITTEST_SKIPPED = re.compile(r"\bskipped=(\d+)")


def cases(output):
    """(passed, failed) as the test program itself counted them; None where it said nothing."""
    match = DOCTEST.search(output)
    if match:
        return int(match[2]), int(match[3])
    ran = UNITTEST.findall(output)
    if not ran:
        return None
    verdict = output.rsplit("Ran ", 1)[1]
    bad = sum(map(int, UNITTEST_BAD.findall(verdict)))
    skipped = sum(map(int, UNITTEST_SKIPPED.findall(verdict)))
    return int(ran[-1]) - bad - skipped, bad


def judge(result, output):
    """(passed, failed) of one program, whatever way it ended."""
    counted = cases(output)
    if result in ("OK", "EXPECTEDFAIL"):
        return counted or (1, 0)
    if result == "SKIP":
        return 0, 0
    passed, failed = counted or (0, 0)
    return passed, max(failed, 1)


def tally(folder, wanted):
    """Counts one build folder: prints a line per suite, returns (passed, failed)."""
    suites = {t["name"]: t["suite"][0].split(":")[-1] for t in json.loads(
        (folder / "meson-info/intro-tests.json").read_text())}
    totals = {name: [0, 0] for name in wanted or sorted(set(suites.values()))}
    for line in (folder / "meson-logs/testlog.json").read_text().splitlines():
        test = json.loads(line)
        passed, failed = judge(test["result"], test.get("stdout", "") + "\n" + test.get("stderr", ""))
        total = totals.setdefault(suites.get(test["name"].split(" / ")[-1], "other"), [0, 0])
        total[0] += passed
        total[1] += failed
    for name, total in totals.items():
        if total == [0, 0]:
            print(f"tally: {folder.name}: suite {name} ran no test at all")
            total[1] = 1
        print(f"tally: {folder.name}: {name}: {total[0]} passed, {total[1]} failed")
    return [sum(column) for column in zip(*totals.values())]


def main():
    passed = failed = 0
    for argument in sys.argv[1:]:
        folder, _, wanted = argument.partition("=")
        counts = tally(Path(folder), wanted.split(",") if wanted else [])
        passed += counts[0]
        failed += counts[1]
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
