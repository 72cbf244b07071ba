# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Measures rdnsgate beside dnsperf and bare libunbound, which only ask, in one run on one machine. By hand, never in CI.

Usage: bench.py RDNSGATE [--addresses N] [--rounds N] [--ways WORD[,WORD...]]
"""
import argparse
import gzip
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lab"))
import generate
from rdnslab import namespace
from rdnslab.process import environment, tool
from rdnslab.servers import Nsd

SERVER = "127.0.1.1"


def read_back(file):
    file.seek(0)
    return file.read().decode(errors="replace")


def run(command, env=None):
    """Runs to the end: wall seconds, CPU seconds, peak resident KiB, and standard output."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as talk:
        began = time.monotonic()
        child = subprocess.Popen(command, stdout=out, stderr=talk, stdin=subprocess.DEVNULL, env=env)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        text, errors = (read_back(file) for file in (out, talk))
    if child.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit {child.returncode}\n{text[-2000:]}\n{errors[-2000:]}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, text


def lint(rdnsgate, folder, rounds):
    inventories, _, _ = generate.write(folder / "small", 100, SERVER)
    walls = [run([rdnsgate, "lint", inventories["list"]])[0] for _ in range(10 * rounds)]
    print(f"lint of 100 addresses, start to exit: median {1000 * statistics.median(walls):.1f} ms, "
          f"worst of {len(walls)} {1000 * max(walls):.1f} ms (to reach: 20 ms)\n")


def check_once(rdnsgate, inventory, vantage="local"):
    """Through one vantage; those that walk begin at the root of the bench."""
    root = [] if vantage == "local" else ["--root-hints", inventory.parent / "root.hints"]
    wall, cpu, rss, text = run([rdnsgate, "check", "--format", "json", "--vantage", vantage, *root, inventory])
    document = json.loads(text)
    assert document["verdict"] == "pass", document["summary"]
    return wall, cpu, rss, sum(v["questions"] for v in document["vantages"])


def record_questions(rdnsgate, inventory, questions):
    """Writes what a check asks for dnsperf and libunbound, in the order of a snapshot: every question, those among them
    that no host of the inventory stands for."""
    recorded = questions.with_suffix(".facts.gz")
    run([rdnsgate, "check", "--format", "json", "--vantage", "local", "--record", recorded, inventory])
    with gzip.open(recorded, "rt") as lines, open(questions, "w") as asked:
        next(lines)  # the head
        for line in lines:
            fact = json.loads(line)
            asked.write(f"{fact['name'].rstrip('.')}. {fact['type']}\n")


def dnsperf_once(questions):
    # A name server that may not enlarge its socket buffer drops what a window of 1,000 sends at once.
    window = "1000" if namespace.is_real_root() else "100"
    wall, cpu, rss, text = run([tool("dnsperf"), "-s", SERVER, "-d", questions, "-n", "1", "-c", "1", "-T", "1",
                                "-q", window, "-b", "4096"], environment())
    done = int(re.search(r"Queries completed:\s+(\d+)", text)[1])
    lost = int(re.search(r"Queries lost:\s+(\d+)", text)[1])
    assert lost == 0, f"dnsperf lost {lost} questions"
    return wall, cpu, rss, done


# As `recursive` sets libunbound up (src/resolve/adapters/unbound.cpp).
UNBOUND = """server:
  verbosity: 0
  unblock-lan-zones: yes
  msg-cache-size: 4m
  rrset-cache-size: 8m
  qname-minimisation: no
  udp-connect: no
  prefetch: no
  module-config: "validator iterator"
  outbound-msg-retry: 2
  infra-cache-max-rtt: 500
  unknown-server-time-limit: 376
  infra-keep-probing: yes
  outgoing-range: {window}
  num-queries-per-thread: {window}
  do-not-query-localhost: no
"""


def unbound_once(rdnsgate, folder, questions, window):
    (folder / "unbound.conf").write_text(UNBOUND.format(window=window))
    bare = rdnsgate.parents[2] / "tests/bench/bare_unbound"
    wall, cpu, rss, text = run([bare, folder / "unbound.conf", folder / "root.hints", questions, str(window)])
    return wall, cpu, rss, int(text.split()[1])


def check(rdnsgate, folder, addresses, rounds, wanted):
    inventories, zones, questions = generate.write(folder / "large", addresses, SERVER)
    server = Nsd(folder / "nsd", SERVER, zones)
    server.start()
    try:
        server.wait_until_ready(60)
        record_questions(rdnsgate, inventories["list"], questions)
        ways = {
            "dnsperf": lambda: dnsperf_once(questions),
            "forward, pools": lambda: check_once(rdnsgate, inventories["pools"]),
            "forward, a list of hosts": lambda: check_once(rdnsgate, inventories["list"]),
            "authoritative, pools": lambda: check_once(rdnsgate, inventories["pools"], "authority"),
            # As many open questions as a process may have sockets by default, and as few as suffice here.
            "bare libunbound, 800 open": lambda: unbound_once(rdnsgate, folder / "large", questions, 800),
            "bare libunbound, 64 open": lambda: unbound_once(rdnsgate, folder / "large", questions, 64),
            "recursive, pools": lambda: check_once(rdnsgate, inventories["pools"], "own"),
        }
        ways = {way: measure for way, measure in ways.items() if any(word in way for word in wanted)}
        results = {way: [] for way in ways}
        for _ in range(rounds):  # alternating, so that a slow moment of the machine falls on all
            for way, measure in ways.items():
                results[way].append(measure())
    finally:
        server.stop()
    table(addresses, rounds, results)


def table(addresses, rounds, results):
    print(f"check of {addresses} addresses through one vantage, NSD on the same machine, "
          f"median of {rounds} alternating rounds")
    print("| | questions | wall | questions/s | CPU a question | peak memory |\n|---|---|---|---|---|---|")
    medians = {}
    for who, rows in results.items():
        wall, cpu, rss, asked = (statistics.median(column) for column in zip(*rows))
        medians[who] = wall, cpu / asked
        print(f"| {who} | {asked:.0f} | {wall:.2f} s | {asked / wall:.0f} | {1e6 * cpu / asked:.2f} us "
              f"| {rss / 1024:.0f} MiB ({rss * 1024 / addresses:.0f} octets an address) |")
    for way, ours in medians.items():
        if way == "dnsperf" or way.startswith("bare"):
            continue
        peers = "bare" if way.startswith("recursive") else "dnsperf"
        for beside, theirs in medians.items():
            if not beside.startswith(peers):
                continue
            print(f"| ratio: {way} to {beside} | | {ours[0] / theirs[0]:.2f} | | {ours[1] / theirs[1]:.2f} | |")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("rdnsgate", type=Path)
    parser.add_argument("--addresses", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--ways", type=lambda words: words.split(","), default=[""],
                        help="only those with one of these words in their name; recursion takes ten times as long as the rest")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lint(options.rdnsgate, Path(folder), options.rounds)
        check(options.rdnsgate, Path(folder), options.addresses, options.rounds, options.ways)


if __name__ == "__main__":
    namespace.enter(as_real_root=True)
    main()
