# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Measures one audit beside the same in shards, one after the other on one machine, and that the merged report is the
same. By hand, never in CI.

Usage: shards_bench.py RDNSGATE [--addresses N] [--shards N]
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lab"))
import generate
from rdnslab import namespace
from rdnslab.servers import Nsd

SERVER = "127.0.1.1"
TIMES = re.compile(rb'"(started_at|finished_at|p50_ms|p99_ms)": [^,\n]+')


def run(*command):
    """Wall and CPU seconds, and peak resident MiB."""
    began = time.monotonic()
    child = subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 1):
        sys.exit(f"{command}: exit {child.returncode}")
    return time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def spoil(zone, every):
    """Each so many-th reverse name points to another host of the zone."""
    lines = zone.read_text().splitlines()
    records = [i for i, line in enumerate(lines) if " PTR " in line][::every]
    for i, other in zip(records, records[1:]):
        lines[i] = f"{lines[i].rsplit(' ', 1)[0]} {lines[other].rsplit(' ', 1)[1]}"
    zone.write_text("\n".join(lines) + "\n")
    return len(records) - 1


def measure(rdnsgate, folder, addresses, shards, every):
    inventories, zones, _ = generate.write(folder, addresses, SERVER)
    wrong = spoil(zones[generate.REVERSE], every)
    server = Nsd(folder / "nsd", SERVER, zones)
    server.start()
    try:
        server.wait_until_ready(300)
        check = [rdnsgate, "check", "-qq", "--vantage", "local", inventories["pools"]]
        whole = run(*check, "--output", f"json={folder}/whole.json")
        parts = [run(*check, "--shard", f"{i}/{shards}", "--output", f"json={folder}/shard-{i}.json") for i in range(1, shards + 1)]
    finally:
        server.stop()
    files = [folder / f"shard-{i}.json" for i in range(1, shards + 1)]
    merge = run(rdnsgate, "report", "merge", "-qq", "--output", f"json={folder}/merged.json", *files)
    same = TIMES.sub(b"", (folder / "merged.json").read_bytes()) == TIMES.sub(b"", (folder / "whole.json").read_bytes())
    print(f"{addresses} addresses in pools, {wrong} of them with a wrong PTR record, one forward vantage, NSD on the same machine; {shards} shards of "
          f"{sum(f.stat().st_size for f in files) / shards / 2**20:.1f} MiB each, one after the other\n")
    print("| | wall | CPU | peak memory |\n|---|---|---|---|")
    for name, (wall, cpu, memory) in (("one run", whole), ("longest shard", max(parts)), ("shortest shard", min(parts)), ("merge", merge)):
        print(f"| {name} | {wall:.2f} s | {cpu:.2f} s | {memory:.0f} MiB |")
    print(f"\nThe merged report is {'that of the one run, octet for octet but for times' if same else 'ANOTHER ONE'}.")
    return same


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("rdnsgate", type=Path)
    parser.add_argument("--addresses", type=int, default=100_000)
    parser.add_argument("--shards", type=int, default=16)
    parser.add_argument("--every", type=int, default=200, help="each so many-th PTR record is wrong")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if not measure(options.rdnsgate, Path(folder), options.addresses, options.shards, options.every):
            sys.exit(1)


if __name__ == "__main__":
    namespace.enter(as_real_root=True)
    main()
