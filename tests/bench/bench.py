# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Measures rdnsgate beside others that do a part of the same work, in one run on one machine, and prints one table. By hand,
on a quiet machine; never in CI.

Usage: bench.py RDNSGATE [--addresses N] [--files N] [--findings N] [--plans N[,N...]] [--rounds N] [--parts WORD[,WORD...]]

Figures are medians of the rounds; those of dnsperf and of bare libunbound are for the questions that belong to an item.
Instructions are those of all threads, as callgrind counts them, where valgrind is installed.
"""
import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lab"))
import check_bench
import lint_bench
import plan_bench
import reports_bench
from measure import Table
from rdnslab import namespace

PARTS = ("check", "recursive", "zone-files", "lint", "plan", "reports")  # recursion takes ten times as long as the rest


def describe_machine():
    words = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.partition(": ")[2] for line in words if line.startswith("model name")), platform.processor())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} x {model}, {memory:.0f} GiB, Linux {platform.release()}; load before: {os.getloadavg()[0]:.2f}"


def numbers(text):
    return [int(word) for word in text.split(",")]


def parts(text):
    words = text.split(",")
    if unknown := set(words) - set(PARTS):
        raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: there are {', '.join(PARTS)}")
    return words


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rdnsgate", type=Path)
    parser.add_argument("--addresses", type=int, default=100_000, help="of check and lint; 100000")
    parser.add_argument("--files", type=int, default=1000, help="that lint's inventory is cut into; 1000")
    parser.add_argument("--findings", type=int, default=200_000, help="of the reports; 200000")
    parser.add_argument("--plans", type=numbers, default=[1000, 10_000, 100_000], help="hosts that change; 1000,10000,100000")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--parts", type=parts, default=PARTS, help=f"only these of {', '.join(PARTS)}")
    options = parser.parse_args()
    rdnsgate = options.rdnsgate.resolve()
    print(f"{describe_machine()}; medians of {options.rounds}\n")
    table = Table(options.rounds)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        check_bench.measure(table, rdnsgate, folder, options.addresses, options.parts)
        if "lint" in options.parts:
            lint_bench.measure(table, rdnsgate, folder / "lint", options.addresses, options.files)
        if "plan" in options.parts:
            plan_bench.measure(table, rdnsgate, folder / "plan", options.plans)
        if "reports" in options.parts:
            reports_bench.measure(table, rdnsgate, folder / "reports", options.findings)


if __name__ == "__main__":
    namespace.enter(as_real_root=True)
    main()
