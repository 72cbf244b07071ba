# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Tests that run side by side are counted as those of one program: none is lost, no crash passes for a success."""
import subprocess
import sys
import tempfile
import textwrap
import unittest
from pathlib import Path

LAB = Path(__file__).resolve().parents[1] / "lab"
sys.path[:0] = [str(Path(__file__).resolve().parents[2] / "ci")]
import tally

# A small lab: as run.py, without namespaces.
RUN = f"""
import sys, unittest
sys.path[:0] = [{str(LAB)!r}]
from rdnslab import side_by_side
if sys.argv[1:2] == ["--outcome"]:
    sys.exit(not side_by_side.run_part(unittest.defaultTestLoader.loadTestsFromNames(sys.argv[3:]), sys.argv[2]))
suite = unittest.defaultTestLoader.loadTestsFromName("some_test")
sys.exit(not side_by_side.run([sys.executable, __file__], side_by_side.parts(suite), int(sys.argv[1]), slowest=1))
"""
GOOD = """
class Good(unittest.TestCase):
    def test_a(self): print("said by a")
    def test_b(self): time.sleep(0.01)
    @unittest.skip("not now")
    def test_c(self): pass
"""
WHOLE = """
class Whole(unittest.TestCase):
    @classmethod
    def setUpClass(cls): raise unittest.SkipTest("not on this machine")
    def test_a(self): pass
"""
BAD = """
class Bad(unittest.TestCase):
    def test_fails(self): self.assertEqual(1, 2)
    def test_errs(self): raise OSError("gone")
    def test_passes(self): pass
"""


def crash(how):
    return f"""
class Crash(unittest.TestCase):
    def test_before(self): pass
    def test_it(self): {how}
"""


class SideBySide(unittest.TestCase):
    def run_all(self, *classes, jobs=3):
        """Exit code, and all that was printed."""
        with tempfile.TemporaryDirectory() as name:
            (Path(name) / "some_test.py").write_text("import os, sys, time, unittest\n" + "".join(classes))
            (Path(name) / "run.py").write_text(RUN)
            done = subprocess.run([sys.executable, Path(name) / "run.py", str(jobs)], text=True, stdout=subprocess.PIPE,
                                  stderr=subprocess.STDOUT, check=False)
        return done.returncode, done.stdout

    def test_all_are_counted_and_named(self):
        for jobs in (1, 3):
            code, said = self.run_all(GOOD, WHOLE, GOOD.replace("Good", "Other"), jobs=jobs)
            self.assertEqual(code, 0, said)
            passed, failed, skipped = tally.cases(said)
            self.assertEqual((passed, failed), (4, 0), said)
            self.assertEqual(sorted(skipped), [
                ("setUpClass (some_test.Whole)", "not on this machine"),
                ("test_c (some_test.Good.test_c)", "not now"), ("test_c (some_test.Other.test_c)", "not now")], said)
            self.assertIn("said by a", said)
            self.assertRegex(said, r"0\.\d s  some_test\.\w+\.test_b\n")
            self.assertTrue(said.endswith("OK (skipped=3)\n"), said)

    def test_failures_of_every_part_count(self):
        code, said = self.run_all(BAD, GOOD, BAD.replace("Bad", "Worse"))
        self.assertEqual((code, tally.cases(said)[:2]), (1, (4, 4)), said)
        self.assertIn("FAILED (failures=2, errors=2, skipped=1)", said)
        self.assertEqual(said.count("AssertionError: 1 != 2"), 2, said)

    def test_a_crash_is_a_failure_of_all_that_ran_in_it(self):
        for how in ("os._exit(0)", "os._exit(3)", "os.abort()", "os.kill(os.getpid(), 9)"):
            code, said = self.run_all(GOOD, crash(how))
            self.assertEqual((code, tally.cases(said)[:2]), (1, (2, 2)), said)
            self.assertIn("ERROR: the program of some_test.Crash.test_before, some_test.Crash.test_it ended with exit", said)

    def test_those_that_share_nothing_run_apart(self):
        apart = crash("os.abort()").replace("def test_before", "apart = True\n    def test_before")
        code, said = self.run_all(GOOD, apart)
        self.assertEqual((code, tally.cases(said)[:2]), (1, (3, 1)), said)

    def test_the_longest_come_first(self):
        long = GOOD.replace("def test_a", "seconds = 60\n    def test_a").replace("Good", "Long")
        _, said = self.run_all(GOOD, long, jobs=1)
        self.assertLess(said.index("some_test.Long"), said.index("some_test.Good"), said)

    def test_a_module_that_cannot_be_read_fails(self):
        code, said = self.run_all(GOOD, "import nothing_of_the_sort\n")
        self.assertEqual((code, tally.cases(said)[1]), (1, 1), said)


if __name__ == "__main__":
    unittest.main()
