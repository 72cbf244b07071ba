#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""The evaluator comes to what spf_cases.yaml says, explanations too.

Usage: spf_cases_test.py EVALUATE_BINARY [unittest arguments]
"""
import subprocess
import sys
import unittest
from pathlib import Path

import spf_cases

EVALUATE = None


def owner_word(owner):
    return "=" + owner.encode("latin-1").hex()


def lines_of(sets):
    """The DNS of a group, for evaluate_main.cpp."""
    yield "NEW"
    addresses = {}
    for (owner, kind), values in sets.items():
        word = owner_word(owner)
        if values == "TIMEOUT":
            yield f"FAIL {kind} {word}"
        elif kind == "TXT":
            for value in values:
                yield f"STRINGS {word} " + " ".join(part.hex() or "-" for part in spf_cases.strings_of(value))
        elif kind in ("A", "AAAA"):
            addresses.setdefault(word, []).extend(values)
        else:
            yield f"{kind} {word} {' '.join(values)}"
    for word, values in addresses.items():
        yield f"A {word} {' '.join(values)}"


class Cases(unittest.TestCase):
    def test_every_case(self):
        lines, checks = [], []
        for _, sets, group in spf_cases.read():
            lines += lines_of(sets)
            for check in group:
                checks.append(check)
                sender, helo = (text.encode("latin-1").hex() or "-" for text in (check.sender, check.helo))
                lines.append(f"CHECK {check.ip} {sender} {helo}")
        done = subprocess.run([EVALUATE], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
        answers = done.stdout.splitlines()
        self.assertEqual(len(answers), len(checks))
        self.assertGreater(len(checks), 280)
        for check, answer in zip(checks, answers):
            with self.subTest(check.name):
                wanted = check.result if check.explanation is None else f"{check.result}\t{check.explanation}"
                self.assertEqual(answer, wanted)


if __name__ == "__main__":
    EVALUATE = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=1)
