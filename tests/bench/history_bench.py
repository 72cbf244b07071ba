#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""A year of runs every five minutes over 10,000 addresses, kept in SQLite and in PostgreSQL one after the other:
`history_bench.py RDNSGATE_BINARY HISTORY_BENCH [RUNS]`.

What the store takes is measured by tests/bench/history_bench.cpp, and what a person waits for by the commands themselves. By hand;
RDNSGATE_LAB names the folder that ci/packages.sh lab has unpacked PostgreSQL into."""
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "lab"))
from rdnslab.postgres import Postgres

FINGERPRINT = f"{4000 * 7919:032x}"  # of one that is open all the time
COMMANDS = (["history", "list"], ["history", "show"], ["history", "timeline", "--since", "7d"], ["history", "timeline", "--ip", "198.51.15.160"],
            ["timeline", FINGERPRINT], ["postmortem", FINGERPRINT])
NOW = 1_800_000_000


def commands(binary, where, runs):
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(NOW + 300 * runs))
    for words in COMMANDS:
        times = []
        for _ in range(5):
            begun = time.monotonic()
            done = subprocess.run([binary, "--now", now, *words, "--history", where], capture_output=True, text=True, check=False)
            times.append(time.monotonic() - begun)
            if done.returncode != 0:
                sys.exit(f"{words}: {done.stderr}")
        print(f"rdnsgate {' '.join(words)}: {statistics.median(times) * 1000:.0f} ms ({len(done.stdout.splitlines())} lines)", flush=True)


def measure(name, binary, bench, where, runs):
    print(f"# {name}", flush=True)
    if subprocess.run([bench, where, str(runs)], check=False).returncode != 0:
        sys.exit(f"{name}: the bench failed")
    commands(binary, where, runs)


def main():
    binary, bench = (os.path.abspath(word) for word in sys.argv[1:3])
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 105_120
    with tempfile.TemporaryDirectory() as name:
        measure("SQLite", binary, bench, str(Path(name) / "history.db"), runs)
        server = Postgres(Path(name) / "pg").create_database().start()
        try:
            measure("PostgreSQL", binary, bench, server.url, runs)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
