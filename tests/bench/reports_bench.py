# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Measures what reports of many findings cost, form by form: `lint` of pools whose names look generic, one finding for each
address, beside `lint` that writes nothing. By hand, never in CI.

Usage: reports_bench.py RDNSGATE [--findings N[,N...]] [--rounds N]
"""
import argparse
import ipaddress
import statistics
import tempfile
from pathlib import Path

import generate
from bench import run

SERVER = "127.0.1.1"
FORMS = {
    "nothing": ["-q", "-q"],
    "text": ["--format", "text"],
    "text, each by itself": ["--format", "text", "--group-by", "none"],
    "json": ["--format", "json"],
    "sarif": ["--format", "sarif"],
    "gitlab": ["--format", "gitlab"],
    "junit": ["--format", "junit"],
}


def generic_pools(count):
    for first in range(0, count, generate.POOL):
        last = min(first + generate.POOL, count) - 1
        begin, end = ipaddress.IPv4Address(generate.FIRST + first), ipaddress.IPv4Address(generate.FIRST + last)
        zone = f"dyn.p{first // generate.POOL}.{generate.ZONE}"
        yield (f'  - name: p{first // generate.POOL}\n    helo: "{{ptr}}"\n'
               f'    addresses: [{{range: {begin}-{end}, ptr: "host-{{-}}.{zone}"}}]\n')


def measure(rdnsgate, inventory, findings, rounds):
    results = {form: [] for form in FORMS}
    for _ in range(rounds):  # alternating, so that a slow moment of the machine falls on all
        for form, options in FORMS.items():
            results[form].append(run([rdnsgate, "lint", "--no-config", *options, inventory]))
    print(f"\n{findings:,} findings; medians of {rounds}")
    bare = statistics.median(cpu for _, cpu, _, _ in results["nothing"])
    for form, rows in results.items():
        wall, cpu, rss = (statistics.median(column) for column in zip(*(row[:3] for row in rows)))
        print(f"  {form:22} {wall:8.2f} s  {cpu:8.2f} s CPU  {1e6 * (cpu - bare) / findings:7.2f} us CPU a finding for the report  "
              f"{rss / 1024:7.0f} MiB  {1024 * rss / findings:7.0f} octets a finding  {len(rows[0][3]) / 1e6:7.1f} MB written")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("rdnsgate", type=Path)
    parser.add_argument("--findings", default="20000,200000")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for findings in (int(n) for n in options.findings.split(",") if n):
            inventory = Path(folder) / f"{findings}.yaml"
            with open(inventory, "w") as out:
                out.write(generate.HEADER.format(server=SERVER))
                out.writelines(generic_pools(findings))
            measure(options.rdnsgate.resolve(), inventory, findings, options.rounds)


if __name__ == "__main__":
    main()
