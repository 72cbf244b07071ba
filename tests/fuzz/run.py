#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Runs a fuzz target as often as told, from the corpus that is kept: `run.py TARGET RUNS SEEDS...`.

The dice are the same each time: what fails here fails again. In a network namespace of its own, as one of the targets
serves on loopback: it alone is skipped where none can be made, and the others run without any network; what the target finds worth keeping is dropped, what it crashes on is printed in base64.
"""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lab"))
from rdnslab import namespace


SERVES = "client_fuzz"


def main(offline=lambda words: words):
    target, runs, *seeds = sys.argv[1:]
    there = [folder for folder in seeds if Path(folder).is_dir()]
    with tempfile.TemporaryDirectory() as found:
        return subprocess.run(offline([target, f"-runs={runs}", "-seed=1", "-max_len=4096", "-timeout=10", "-rss_limit_mb=1024",
                               # A crash is 77 otherwise, which is how a test says that it was skipped.
                               "-error_exitcode=1",
                               "-print_final_stats=1", f"-artifact_prefix={found}/", found, *there]),
                              # The leak checker stops all threads, which it may not in a namespace of users; the unit tests
                              # look for leaks.
                              env={**os.environ, "ASAN_OPTIONS": "detect_leaks=0"}, stdin=subprocess.DEVNULL, check=False).returncode


if __name__ == "__main__":
    if namespace.can_enter():
        namespace.enter()
        sys.exit(main())
    if Path(sys.argv[1]).name == SERVES:
        print(namespace.NO_NETWORK)
        sys.exit(77)
    sys.exit(main(namespace.without_network))
