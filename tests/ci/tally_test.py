# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""The count that ci/test.sh ends with: no crash, time-out or empty suite may pass for a success."""
import contextlib
import io
import json
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "ci"))
import tally

DOCTEST = "[doctest] test cases:  7 |  {} passed | {} failed | 0 skipped\n[doctest] assertions: 9 | 9 passed | 0 failed |"
UNITTEST = "test_x (t.X) ... ok\n\n-----\nRan 5 tests in 0.012s\n\n{}\n"


class Cases(unittest.TestCase):
    def test_totals_of_test_programs(self):
        self.assertEqual(tally.cases(DOCTEST.format(5, 2)), (5, 2))
        self.assertEqual(tally.cases(UNITTEST.format("OK")), (5, 0))
        self.assertEqual(tally.cases(UNITTEST.format("FAILED (failures=1, errors=2, skipped=1)")), (1, 3))
        self.assertIsNone(tally.cases("hello"))

    def test_a_crash_counts_whatever_was_printed(self):
        self.assertEqual(tally.judge("FAIL", DOCTEST.format(7, 0)), (7, 1))
        self.assertEqual(tally.judge("TIMEOUT", ""), (0, 1))
        self.assertEqual(tally.judge("ERROR", UNITTEST.format("FAILED (errors=2)")), (3, 2))
        self.assertEqual(tally.judge("SKIP", ""), (0, 0))
        self.assertEqual(tally.judge("OK", ""), (1, 0))


class Folder(unittest.TestCase):
    def tally(self, ran, wanted=()):
        with tempfile.TemporaryDirectory() as name, contextlib.redirect_stdout(io.StringIO()) as out:
            folder = Path(name)
            (folder / "meson-info").mkdir()
            (folder / "meson-logs").mkdir()
            known = [{"name": "dns", "suite": ["rdnsgate:unit"]}, {"name": "lab", "suite": ["rdnsgate:lab"]}]
            (folder / "meson-info/intro-tests.json").write_text(json.dumps(known))
            (folder / "meson-logs/testlog.json").write_text("".join(
                json.dumps({"name": name, "result": result, "stdout": output}) + "\n" for name, result, output in ran))
            return tally.tally(folder, list(wanted)), out.getvalue()

    def test_suites_add_up(self):
        counts, _ = self.tally([("dns", "OK", DOCTEST.format(7, 0)), ("lab", "FAIL", UNITTEST.format(
            "FAILED (failures=1)"))])
        self.assertEqual(counts, [11, 1])

    def test_a_suite_that_ran_nothing_fails(self):
        for lab in ([], [("lab", "SKIP", "")], [("lab", "OK", "Ran 0 tests in 0.000s\n\nOK\n")]):
            counts, text = self.tally([("dns", "OK", DOCTEST.format(7, 0)), *lab])
            self.assertEqual(counts, [7, 1])
            self.assertIn("suite lab ran no test", text)

    def test_only_the_suites_asked_for_must_run(self):
        self.assertEqual(self.tally([("dns", "OK", DOCTEST.format(7, 0))], ["unit"])[0], [7, 0])


if __name__ == "__main__":
    unittest.main()
