# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""The count that ci/test.sh ends with: no crash, time-out or empty suite may pass for a success, no skipped case for a passed
one."""
import contextlib
import io
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

CI = Path(__file__).resolve().parents[2] / "ci"
sys.path.insert(0, str(CI))
import tally

DOCTEST = "[doctest] test cases:  7 |  {} passed | {} failed | {} skipped\n[doctest] assertions: 9 | 9 passed | 0 failed |"
UNITTEST = "test_x (t.X) ... ok\n\n-----\nRan 5 tests in 0.012s\n\n{}\n"

# What unittest itself prints is what has to be understood.
SKIPPING = """
import unittest
class Some(unittest.TestCase):
    def test_runs(self): pass
    def test_is_skipped(self):
        "It has a description."
        self.skipTest("it's no \\"good\\" here")
    @unittest.skip("said beforehand")
    def test_is_marked(self): pass
class Whole(unittest.TestCase):
    @classmethod
    def setUpClass(cls): raise unittest.SkipTest("not on this machine")
    def test_a(self): pass
    def test_b(self): pass
unittest.main(verbosity={})
"""

FAILING = """
import unittest
class Some(unittest.TestCase):
    def test_a(self): self.assertEqual(1, 2)
    def test_b(self):
        "It has a description."
        raise ValueError("nothing here")
    def test_c(self): pass
unittest.main(verbosity=2)
"""

DOCTEST_FAILURE = """[doctest] doctest version is "2.4.9"
===============================================================================
../tests/dns/name_test.cpp:12:
TEST CASE:  a name has dots

../tests/dns/name_test.cpp:14: ERROR: CHECK( one == two ) is NOT correct!
  values: CHECK( 1 == 2 )

===============================================================================
../tests/dns/name_test.cpp:30:
TEST CASE:  another case

../tests/dns/name_test.cpp:31: MESSAGE: seed 4

===============================================================================
"""


def unittest_output(verbosity):
    done = subprocess.run([sys.executable, "-c", SKIPPING.format(verbosity)], capture_output=True, text=True, check=True)
    return done.stdout + "\n" + done.stderr


class Cases(unittest.TestCase):
    def test_totals_of_test_programs(self):
        self.assertEqual(tally.cases(DOCTEST.format(5, 2, 0)), (5, 2, []))
        self.assertEqual(tally.cases(UNITTEST.format("OK")), (5, 0, []))
        passed, failed, skipped = tally.cases(UNITTEST.format("FAILED (failures=1, errors=2, skipped=1)"))
        self.assertEqual((passed, failed, len(skipped)), (1, 3, 1))
        self.assertIsNone(tally.cases("hello"))

    def test_skipped_cases_have_their_names_and_reasons(self):
        passed, failed, skipped = tally.cases(unittest_output(2))
        self.assertEqual((passed, failed), (1, 0))
        self.assertEqual(set(skipped), {("test_is_skipped (__main__.Some.test_is_skipped)", "it's no \"good\" here"),
                                        ("test_is_marked (__main__.Some.test_is_marked)", "said beforehand"),
                                        ("setUpClass (__main__.Whole)", "not on this machine")})

    def test_skipped_cases_without_names_are_counted(self):
        self.assertEqual(len(tally.cases(UNITTEST.format("OK (skipped=2)"))[2]), 2)

    def test_doctest_skips_what_is_marked_and_not_what_another_run_takes(self):
        self.assertEqual(tally.cases(DOCTEST.format(5, 0, 2), ["/build/dns_test"])[::2],
                         (5, [("a case without a name", "doctest::skip")] * 2))
        for option in ("--source-file-exclude=*x.cpp", "--source-file=*x.cpp", "-tc=a*", "-tse=b", "--test-case=c"):
            self.assertEqual(tally.cases(DOCTEST.format(5, 0, 2), ["/build/plan_test", option]), (5, 0, []), option)

    def test_a_crash_counts_whatever_was_printed(self):
        self.assertEqual(tally.judge("FAIL", DOCTEST.format(7, 0, 0)), (7, 1, []))
        self.assertEqual(tally.judge("TIMEOUT", ""), (0, 1, []))
        self.assertEqual(tally.judge("ERROR", UNITTEST.format("FAILED (errors=2)")), (3, 2, []))
        self.assertEqual(tally.judge("OK", ""), (1, 0, []))

    def test_a_program_that_is_skipped_is_one(self):
        self.assertEqual(tally.judge("SKIP", "one line\nlab: no servers here\n"), (0, 0, [("all of it", "lab: no servers here")]))
        self.assertEqual(len(tally.judge("SKIP", "")[2]), 1)


class Folder(unittest.TestCase):
    def write(self, folder, ran):
        (folder / "meson-info").mkdir()
        (folder / "meson-logs").mkdir()
        known = [{"name": "dns", "suite": ["rdnsgate:unit"]}, {"name": "lab", "suite": ["rdnsgate:lab"]}]
        (folder / "meson-info/intro-tests.json").write_text(json.dumps(known))
        (folder / "meson-logs/testlog.json").write_text("".join(
            json.dumps({"name": name, "result": result, "stdout": output}) + "\n" for name, result, output in ran))

    def tally(self, ran, wanted=()):
        with tempfile.TemporaryDirectory() as name, contextlib.redirect_stdout(io.StringIO()) as out:
            self.write(Path(name), ran)
            return tally.tally(Path(name), list(wanted))[:3], out.getvalue()

    def program(self, ran):
        """Exit code and lines of the program as ci/test.sh runs it."""
        with tempfile.TemporaryDirectory() as name:
            self.write(Path(name), ran)
            done = subprocess.run([sys.executable, CI / "tally.py", f"{name}=unit,lab"], capture_output=True, text=True, check=False)
            return done.returncode, done.stdout.splitlines()

    def test_suites_add_up(self):
        counts, _ = self.tally([("dns", "OK", DOCTEST.format(7, 0, 0)), ("lab", "FAIL", UNITTEST.format(
            "FAILED (failures=1)"))])
        self.assertEqual(counts, (11, 1, []))

    def test_a_suite_that_ran_nothing_fails(self):
        for lab in ([], [("lab", "OK", "Ran 0 tests in 0.000s\n\nOK\n")]):
            counts, text = self.tally([("dns", "OK", DOCTEST.format(7, 0, 0)), *lab])
            self.assertEqual(counts, (7, 1, []))
            self.assertIn("suite lab ran no test", text)

    def test_only_the_suites_asked_for_must_run(self):
        self.assertEqual(self.tally([("dns", "OK", DOCTEST.format(7, 0, 0))], ["unit"])[0], (7, 0, []))

    def test_the_last_line(self):
        self.assertEqual(self.program([("dns", "OK", DOCTEST.format(7, 0, 0)), ("lab", "OK", UNITTEST.format("OK"))])[0], 0)
        code, lines = self.program([("dns", "OK", DOCTEST.format(6, 0, 0)), ("lab", "OK", UNITTEST.format("OK"))])
        self.assertEqual((code, lines[-1]), (0, "11 passed, 0 failed"))
        code, lines = self.program([("dns", "FAIL", DOCTEST.format(6, 1, 0)), ("lab", "OK", UNITTEST.format("OK"))])
        self.assertEqual((code, lines[-1]), (1, "11 passed, 1 failed"))

    def test_skipped_cases_are_named_and_do_not_fail(self):
        code, lines = self.program([("dns", "OK", DOCTEST.format(7, 0, 0)), ("lab", "OK", unittest_output(2))])
        self.assertEqual((code, lines[-1]), (0, "8 passed, 0 failed, 3 skipped"))
        self.assertIn("skipped: lab: setUpClass (__main__.Whole)", lines)
        self.assertIn("skipped: 1 because not on this machine", lines)

    def test_what_failed_is_named_with_what_it_printed(self):
        """Where only the last lines of a log are kept, they have to say which case it was."""
        lab = subprocess.run([sys.executable, "-c", FAILING], capture_output=True, text=True, check=False)
        unit = DOCTEST_FAILURE + DOCTEST.format(6, 1, 0)
        after = "\n" + "test_x (t.X.test_x) ... ok\n" * 100  # what another worker printed
        printed = lab.stderr.replace("\n" + "=" * 70, after + "=" * 70, 1).replace("\nRan ", after + "\nRan ")
        _, lines = self.program([("dns", "FAIL", unit), ("lab", "FAIL", printed)])
        self.assertIn("failed: dns: a name has dots (../tests/dns/name_test.cpp:12)", lines)
        self.assertIn("  |   values: CHECK( 1 == 2 )", lines)
        for name in ("test_a", "test_b"):
            self.assertIn(f"failed: lab: {name} (__main__.Some.{name})", lines)
        self.assertIn("  | AssertionError: 1 != 2", lines)
        self.assertIn("  | ValueError: nothing here", lines)
        self.assertFalse([line for line in lines if "a description" in line or "another case" in line or "test_x" in line])
        self.assertTrue(all(line.startswith("failed: ") for line in lines[-4:-1]), lines[-5:])

    def test_a_crash_shows_its_end(self):
        _, lines = self.program([("dns", "FAIL", "\n".join(map(str, range(100)))), ("lab", "OK", UNITTEST.format("OK"))])
        self.assertEqual(lines[lines.index("printed by dns: all of it:") + 1], "  | 70")
        self.assertIn("failed: dns: all of it", lines)

    def test_where_all_was_skipped_nothing_passed(self):
        self.assertEqual(self.program([("dns", "SKIP", ""), ("lab", "SKIP", "")])[0], 1)


if __name__ == "__main__":
    unittest.main()
