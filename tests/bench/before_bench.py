# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Measures two builds of rdnsgate beside each other, such as one of a commit before a change of structure, on what asks no
name server. By hand, never in CI.

Usage: before_bench.py BEFORE NOW [--addresses N] [--hosts N] [--rounds N]

--addresses: of the inventories that are only read; --hosts: of those that are compared with zone files.
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
import generate
import offline

SERVER = "127.0.1.1"


def run(command):
    """Wall seconds, CPU seconds and peak resident MiB; a report with findings is a result like any other."""
    began = time.monotonic()
    child = subprocess.Popen(offline.command(list(map(str, command))), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        sys.exit(f"{command}: exit {child.returncode}")
    return time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def works(folder, addresses, hosts):
    """What is measured, by its title: the arguments behind the program's name."""
    large, _, _ = generate.write(folder / "large", addresses, SERVER)
    small, zones, _ = generate.write(folder / "small", hosts, SERVER)
    served = folder / "zones"
    served.mkdir()
    for zone in generate.REVERSE, generate.ZONE:
        zones[zone].rename(served / f"{zone}.zone")
    return {
        f"lint, list of {addresses}": ["lint", "-q", "-q", large["list"]],
        f"lint, pools of {addresses}": ["lint", "-q", "-q", large["pools"]],
        f"check --zone-files, list of {hosts}": ["check", "-q", "-q", "--zone-files", served, small["list"]],
        f"lint --zone-files, list of {hosts}": ["lint", "-q", "-q", "--zone-files", served, small["list"]],
    }


def row(title, before, now):
    columns = [list(zip(*results)) for results in (before, now)]
    lowest = [min(c[1]) for c in columns]
    medians = [statistics.median(c[1]) for c in columns]
    memory = [max(c[2]) for c in columns]
    print(f"| {title} | {lowest[0]:.2f} s, {memory[0]:.0f} MiB | {lowest[1]:.2f} s, {memory[1]:.0f} MiB "
          f"| {lowest[1] / lowest[0]:.2f} | {medians[1] / medians[0]:.2f} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("before", type=Path)
    parser.add_argument("now", type=Path)
    parser.add_argument("--addresses", type=int, default=100_000)
    parser.add_argument("--hosts", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print(f"CPU seconds (user and system), the lowest of {options.rounds} alternating runs, and peak memory\n")
    print("| | before | now | ratio | of medians |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as made:
        for title, arguments in works(Path(made), options.addresses, options.hosts).items():
            before, now = [], []
            for _ in range(options.rounds):  # alternating, so that a slow moment of the machine falls on both
                before.append(run([options.before.resolve(), *arguments]))
                now.append(run([options.now.resolve(), *arguments]))
            row(title, before, now)


if __name__ == "__main__":
    main()
