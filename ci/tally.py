#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Counts the test cases of one or more `meson test` runs and ends with the line `N passed, N failed`, or with
`N passed, N failed, N skipped` where some were skipped: they are named before it, with the reason, and so is what
failed; what that printed stands above.

Usage: ci/tally.py BUILD_FOLDER[=SUITE,SUITE] ...    (without suites: all that the build folder knows)

The counts are the test programs' own totals (doctest, unittest). A program that failed without admitting a
failed case (a crash, a timeout) counts as one failed case, and so does a suite that ran nothing. A program that
was skipped as a whole counts as one. Exits 1 when anything failed, or nothing passed.
"""
import ast
import json
import re
import sys
from pathlib import Path

DOCTEST = re.compile(r"\[doctest\] test cases:\s*(\d+)\s*\|\s*(\d+) passed\s*\|\s*(\d+) failed\s*\|\s*(\d+) skipped")
# With a filter, doctest calls skipped what it was told to leave to another run.
DOCTEST_FILTER = re.compile(r"--?(?:dt-)?(?:sf|sfe|ts|tse|tc|tce|f|l|source-file|test-suite|test-case|first|last)[a-z-]*=")
UNITTEST = re.compile(r"^Ran (\d+) tests? in ", re.MULTILINE)
UNITTEST_BAD = re.compile(r"\b(?:failures|errors|unexpected successes)=(\d+)")
UNITTEST_SKIPPED = re.compile(r"\bskipped=(\d+)")
# `name (place.Class.name)`, perhaps a line of the case's description, and the reason as Python writes a string.
UNITTEST_SKIP = re.compile(r"^(\w+) \(([\w.]+)\)(?:\n.*)? \.\.\. skipped (['\"].*['\"])$", re.MULTILINE)
WHOLE_CLASS = ("setUpClass", "setUpModule")
# unittest and doctest draw such a line above each failure. Behind its last one may stand what another program ran.
RULE = re.compile(r"^={60,}$", re.MULTILINE)
UNITTEST_FAILURE = re.compile(r"\A\s*(?:FAIL|ERROR): (.+)\n(?:.*\n)?-{60,}\n([\s\S]*?)(?:\n\s*-{60,}\n|\n\w+ \(\w+\.[\w.]+\)|\Z)")
DOCTEST_FAILURE = re.compile(r"\A\s*(\S+:\d+):[\s\S]*?TEST CASE:\s*(.+)\n([\s\S]*)")
SHOWN_LINES = 30  # of each failure; the log of the build folder has all


def unittest_cases(output, ran):
    """What a unittest program counted; skipped cases have names where it runs with verbosity=2."""
    verdict = output.rsplit("Ran ", 1)[1]
    bad = sum(map(int, UNITTEST_BAD.findall(verdict)))
    count = sum(map(int, UNITTEST_SKIPPED.findall(verdict)))
    skipped = [(f"{name} ({place})", ast.literal_eval(reason)) for name, place, reason in UNITTEST_SKIP.findall(output)]
    # A class that is skipped by its setUpClass is not among the tests that ran.
    classes = sum(name.startswith(WHOLE_CLASS) for name, _ in skipped)
    skipped += [("a case without a name", "it does not say why")] * (count - len(skipped))
    return ran - bad - (count - classes), bad, skipped


def cases(output, command=()):
    """(passed, failed, [(skipped name, reason)]) as the test program itself has it; None where it said nothing."""
    match = DOCTEST.search(output)
    if match:
        filtered = any(DOCTEST_FILTER.match(word) for word in command)
        left_out = 0 if filtered else int(match[4])
        return int(match[2]), int(match[3]), [("a case without a name", "doctest::skip")] * left_out
    ran = UNITTEST.findall(output)
    return unittest_cases(output, int(ran[-1])) if ran else None


def judge(result, output, command=()):
    """(passed, failed, skipped) of one program, whatever way it ended."""
    counted = cases(output, command)
    if result in ("OK", "EXPECTEDFAIL"):
        return counted or (1, 0, [])
    if result == "SKIP":
        said = [line for line in output.splitlines() if line.strip()]
        return 0, 0, [("all of it", said[-1] if said else "it does not say why")]
    passed, failed, skipped = counted or (0, 0, [])
    return passed, max(failed, 1), skipped


def failures(output):
    """[(name, what to show of it)] of the cases that failed: how each begins, which says what was wrong; the end of all that was
    printed where no case says so."""
    found = []
    for part in RULE.split(output):
        if match := UNITTEST_FAILURE.match(part):
            found.append((match[1], match[2]))
        elif (match := DOCTEST_FAILURE.match(part)) and "ERROR" in match[3]:
            found.append((f"{match[2].strip()} ({match[1]})", match[3].partition("[doctest]")[0]))
    if not found:
        return [("all of it", output.strip().splitlines()[-SHOWN_LINES:])]
    return [(name, printed.strip().splitlines()[:SHOWN_LINES]) for name, printed in found]


def name_failed(failed):
    """Each with some of what it printed, and then all their names: the last lines of a log may be all that is kept of it."""
    for name, lines in failed:
        print(f"printed by {name}:")
        for line in lines:
            print(f"  | {line}")
    for name, _ in failed:
        print(f"failed: {name}")


def tally(folder, wanted):
    """Counts one build folder: prints a line per suite, returns (passed, failed, skipped, what failed)."""
    suites = {t["name"]: t["suite"][0].split(":")[-1] for t in json.loads(
        (folder / "meson-info/intro-tests.json").read_text())}
    totals = {name: [0, 0, [], []] for name in wanted or sorted(set(suites.values()))}
    for line in (folder / "meson-logs/testlog.json").read_text().splitlines():
        test = json.loads(line)
        output = test.get("stdout", "") + "\n" + test.get("stderr", "")
        passed, failed, skipped = judge(test["result"], output, test.get("command", ()))
        program = test["name"].split(" / ")[-1]
        total = totals.setdefault(suites.get(program, "other"), [0, 0, [], []])
        total[0] += passed
        total[1] += failed
        total[2] += [(f"{program}: {name}", reason) for name, reason in skipped]
        total[3] += [(f"{program}: {name}", lines) for name, lines in failures(output)] if failed else []
    for name, total in totals.items():
        if total[:3] == [0, 0, []]:
            print(f"tally: {folder.name}: suite {name} ran no test at all")
            total[1] = 1
        print(f"tally: {folder.name}: {name}: {sentence(*total[:3])}")
    return tuple(sum(column, type(column[0])()) for column in zip(*totals.values()))


def sentence(passed, failed, skipped):
    return f"{passed} passed, {failed} failed" + (f", {len(skipped)} skipped" if skipped else "")


def name_skipped(skipped):
    """Each by its name, and after those of one reason the reason, which says what to do about it."""
    for reason in dict.fromkeys(reason for _, reason in skipped):
        names = [name for name, why in skipped if why == reason]
        for name in names:
            print(f"skipped: {name}")
        print(f"skipped: {len(names)} because {reason}")


def main():
    passed, failed, skipped, what_failed = 0, 0, [], []
    for argument in sys.argv[1:]:
        folder, _, wanted = argument.partition("=")
        counts = tally(Path(folder), wanted.split(",") if wanted else [])
        passed += counts[0]
        failed += counts[1]
        skipped += counts[2]
        what_failed += counts[3]
    name_skipped(skipped)
    name_failed(what_failed)
    print(sentence(passed, failed, skipped))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
