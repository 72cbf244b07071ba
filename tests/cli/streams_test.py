#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""What standard output and standard error do not take, and what is not there at all.

Usage: streams_test.py RDNSGATE_BINARY [unittest arguments]
"""
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import hunt_inputs
import offline

BINARY = None


class Streams(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        hunt_inputs.Estate(BINARY, self.folder)

    def shell(self, line, **more):
        done = subprocess.run(["bash", "-c", line], cwd=self.folder, env={**os.environ, "R": BINARY}, timeout=60, check=False,
                              capture_output=True, **more)
        return done.returncode

    def test_standard_error_that_takes_nothing_changes_no_exit_code(self):
        for command in ("lint --baseline nope i.yaml", "lint --nope", "lint i.yaml", "lint missing.yaml", "check --zone-files z i.yaml",
                        "plan --zone-files z i.yaml", "rollout status --zone-files z plan.json", "baseline write report.json",
                        "init --from-csv hosts.csv --zone-files z -o -", "trace", "nonsense", ""):
            expected = self.shell(f"$R {command} >/dev/null 2>&1")
            for where in ("2>/dev/full", "2>&-", "2> >(head -c 1 >/dev/null)"):
                self.assertEqual(self.shell(f"$R {command} >/dev/null {where}"), expected, f"{command} {where}")

    def test_the_files_of_a_plan_are_all_there(self):
        def files(folder):
            return sorted(str(p.relative_to(self.folder / folder)) for p in (self.folder / folder).rglob("*"))
        self.assertEqual(self.shell("$R plan --zone-files z -o p i.yaml >/dev/null"), 0)
        for number, where in enumerate(("2>/dev/full", "2>&-")):
            self.assertEqual(self.shell(f"$R plan --zone-files z -o q{number} i.yaml >/dev/null {where}"), 0)
            self.assertEqual(files(f"q{number}"), files("p"))

    def test_a_closed_stream_does_not_become_a_file_that_is_written(self):
        for closed in ("2>&-", "<&-", "<&- 2>&-", "<&- >/dev/null 2>&-"):
            report = self.folder / "r.json"
            report.unlink(missing_ok=True)
            self.shell(f"$R lint --baseline baseline.json --output json=r.json i.yaml {closed}")
            self.assertEqual(json.loads(report.read_text())["schema"], "rdnsgate/report/1", closed)

    def test_standard_output_that_takes_nothing_is_an_error(self):
        for command in ("lint i.yaml", "--help", "--version", "lint --help", "explain", "rules", "schema inventory", "config show",
                        "plan --zone-files z -f json i.yaml", "facts show facts.gz", "baseline write report.json"):
            self.assertIn(self.shell(f"$R {command} >/dev/null"), (0, 1), command)
            for where in (">/dev/full", ">&-"):
                self.assertEqual(self.shell(f"$R {command} {where}"), 2, f"{command} {where}")

    def test_a_limit_on_the_size_of_files_is_an_error(self):
        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
        self.assertEqual(self.shell("exec $R lint --output json=r.json i.yaml >/dev/null", preexec_fn=limit), 2)
        self.assertEqual(self.shell("exec $R check --zone-files z --record f.gz i.yaml >/dev/null", preexec_fn=limit), 2)

    def test_too_few_files_may_be_open(self):
        """The reason is said, with the number, and never the exit code of findings."""
        for command in ("check --vantage 127.0.0.9", "check", "check --zone-files z", "plan", "init 192.0.2.10 -o -", "trace mx1.example.com"):
            for most in (*range(5, 30, 3), 40, 64):
                done = subprocess.run(offline.command(["bash", "-c", f"ulimit -n {most}; exec {BINARY} {command} --deadline 1s --timeout 100ms"
                                                       + (" i.yaml" if command.split()[0] in ("check", "plan") else "")]),
                                      cwd=self.folder, capture_output=True, timeout=60, check=False)
                self.assertIn(done.returncode, (0, 1, 2, 3), f"{command} with {most} files: {done.stderr[-300:]}")
                if done.returncode == 1:
                    self.assertIn(b"rror", done.stdout, f"{command} with {most} files says nothing: {done.stderr[-300:]}")
                self.assertNotIn(b"[err]", done.stderr)

    def test_several_resolvers_say_at_the_start_what_they_need(self):
        """Whatever the limit: libevent and libunbound are not begun with fewer than all of them may take."""
        (self.folder / "many.yaml").write_text(hunt_inputs.INVENTORY.replace("vantages: [", "vantages: [" + "".join(
            f"{{name: r{number}, kind: recursive}}, " for number in range(3)) + "{name: a, kind: authoritative}, "))

        def run(most):
            return subprocess.run(offline.command(["bash", "-c", f"ulimit -n {most}; exec {BINARY} check --deadline 2s --timeout 100ms many.yaml"]),
                                  cwd=self.folder, capture_output=True, timeout=60, check=False)
        for most in (5, *range(8, 65), 100):
            done = run(most)
            self.assertEqual(done.returncode, 2, f"{most}: {done.stderr[-300:]}")
            self.assertRegex(done.stderr, rb"too few files may be open: \d+ more are needed, and only \d+ can be had")
            self.assertNotIn(b"[err]", done.stderr)
        enough = int(re.search(rb"raise it to at least (\d+)", done.stderr)[1])
        self.assertEqual(run(enough - 1).returncode, 2)
        done = run(enough)
        self.assertEqual((done.returncode, done.stderr), (3, b""))

    def test_a_limit_that_can_be_raised_is(self):
        done = subprocess.run(offline.command(["bash", "-c", f"ulimit -Sn 12; exec {BINARY} check --vantage 127.0.0.9 --timeout 100ms i.yaml"]),
                              cwd=self.folder, capture_output=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 3, done.stderr)


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
