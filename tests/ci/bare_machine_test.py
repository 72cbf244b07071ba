#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""What a machine that has less lets ci/ and the tests do all the same: nothing but what ci/packages.sh installs, no namespaces
(most containers), no registry of npm.

Usage: bare_machine_test.py RDNSGATE_BINARY [unittest arguments]
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = None


class Bare(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def run_it(self, *command, cwd=ROOT, **environment):
        return subprocess.run([str(word) for word in command], cwd=cwd, env={**os.environ, **environment}, text=True, timeout=300,
                              stdin=subprocess.DEVNULL, capture_output=True, check=False)


class Dependencies(Bare):
    """Meson falls back to cmake, which happens to be on many machines and which ci/packages.sh does not install."""

    def named(self):
        text = "\n".join(path.read_text() for path in (ROOT / "meson.build", *sorted((ROOT / "src").rglob("meson.build"))))
        return set(re.findall(r"\bdependency\('([^']+)'", text)) - {"threads"}

    def test_each_is_found_by_pkg_config(self):
        self.assertGreater(len(self.named()), 10)
        for name in self.named():
            self.assertEqual(self.run_it("pkg-config", "--exists", name).returncode, 0, name)

    def test_the_program_alone_needs_no_test_library(self):
        """The header of doctest is hidden, and cmake, which would find what is left of it."""
        hide = "mount -t tmpfs none /usr/include/doctest && mount --bind /bin/false /usr/bin/cmake 2>/dev/null; exec \"$@\""
        ways = [["unshare", kind] for kind in ("-rm", "-m")]
        way = next((way for way in ways if subprocess.run([*way, "true"], capture_output=True, check=False).returncode == 0), None)
        if way is None or not Path("/usr/include/doctest").is_dir():
            self.skipTest("doctest's header cannot be hidden here")
        done = self.run_it(*way, "sh", "-c", hide, "sh", "meson", "setup", "--buildtype=plain", self.folder / "build")
        self.assertEqual(done.returncode, 0, done.stdout[-3000:] + done.stderr)
        self.assertRegex(done.stdout, r"tests\s*: (NO|False|false)")
        wanted = self.run_it(*way, "sh", "-c", hide, "sh", "meson", "setup", "--buildtype=plain", "-Dtests=enabled", self.folder / "tests")
        self.assertNotEqual(wanted.returncode, 0, "it should be missed where it is asked for")


class Container(Bare):
    """No namespace can be made: here `unshare`, by which the tests make them, fails."""

    def setUp(self):
        super().setUp()
        unshare = self.folder / "unshare"
        unshare.write_text("#!/bin/sh\nexit 1\n")
        unshare.chmod(0o755)
        self.path = f"{self.folder}:{os.environ['PATH']}"

    def test_what_needs_a_network_of_its_own_is_skipped_by_its_name(self):
        if not (ROOT / ".lab/stamp").exists():
            self.skipTest("ci/packages.sh lab was not run")
        done = self.run_it(sys.executable, "tests/lab/run.py", BINARY, "Unreachable", PATH=self.path, RDNSGATE_LAB_NAMESPACE="")
        self.assertEqual(done.returncode, 0, done.stderr)
        tests = re.findall(r"^    def (test_\w+)", (ROOT / "tests/lab/unreachable_test.py").read_text(), re.MULTILINE)
        self.assertGreater(len(tests), 1)
        for test in tests:
            self.assertRegex(done.stderr, rf"(?m)^{test} \(.*\.\.\. skipped .*docker run --privileged")
        self.assertIn(f"OK (skipped={len(tests)})", done.stderr)

    def test_what_is_offline_runs(self):
        done = self.run_it(sys.executable, "tests/cli/cases_test.py", BINARY, "-k", "test_example_check", PATH=self.path)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("skipped", done.stderr)


class Npm(Bare):
    """Nobody answers at the registry: what only that has is skipped, by its name, and nothing fails."""

    def setUp(self):
        super().setUp()
        self.checkout = self.folder / "checkout"
        for place in ("ci", "tests/cli", "example"):
            shutil.copytree(ROOT / place, self.checkout / place, symlinks=True)
        shutil.copy(ROOT / "inventory.example.yaml", self.checkout)

    def test_without_a_registry_its_tests_are_skipped(self):
        done = self.run_it("ci/packages.sh", "validators", cwd=self.checkout, npm_config_registry="http://127.0.0.1:9/",
                           NPM_CONFIG_REGISTRY="http://127.0.0.1:9/")
        self.assertEqual(done.returncode, 75, done.stdout + done.stderr)
        self.assertRegex(done.stdout, r"the tests that ask .* are skipped")
        done = self.run_it(sys.executable, "tests/cli/sarif_validator_test.py", BINARY, cwd=self.checkout)
        self.assertEqual(done.returncode, 0, done.stderr)
        tests = re.findall(r"^    def (test_\w+)", (ROOT / "tests/cli/sarif_validator_test.py").read_text(), re.MULTILINE)
        for test in tests:
            self.assertRegex(done.stderr, rf"(?m)^{test} \(.*\.\.\. skipped .*ci/packages.sh validators")
        self.assertIn(f"OK (skipped={len(tests)})", done.stderr)

    def test_that_does_not_end_the_run(self):
        """The line of ci/test.sh, in a shell that ends at the first failure as that does."""
        (line,) = [line for line in (ROOT / "ci/test.sh").read_text().splitlines() if "packages.sh validators" in line]
        stand_in = self.checkout / "ci/packages.sh"
        for code, expected in ((75, 0), (1, 1), (0, 0)):
            stand_in.write_text(f"#!/bin/sh\nexit {code}\n")
            done = self.run_it("bash", "-euc", f"fail() {{ exit 1; }}\n{line}", cwd=self.checkout)
            self.assertEqual(done.returncode, expected, code)


class NoRoot(Bare):
    """ci/fresh.sh, stood in for, finds that no root can be made here, or something else."""

    def test_the_tests_run_in_place_and_that_is_said(self):
        for name in (".ci/run", "ci/fresh.sh", "ci/test.sh"):
            (self.folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / ".ci/run", self.folder / ".ci/run")
        (self.folder / "ci/test.sh").write_text("echo the tests\nexit 5\n")
        for code, expected in ((69, 5), (1, 1), (0, 0)):
            (self.folder / "ci/fresh.sh").write_text(f"exit {code}\n")
            done = self.run_it("bash", ".ci/run", cwd=self.folder)
            self.assertEqual(done.returncode, expected, done.stdout + done.stderr)
            self.assertEqual("the tests run in place" in done.stdout and "\nthe tests\n" in done.stdout, code == 69, done.stdout)


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
