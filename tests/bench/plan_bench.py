# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Measures `plan` over changed addresses in fifty zones: seconds, memory, and phases beside the fewest that there can be.
By hand, never in CI.

With --ways, what the simulation costs: `bare` writes the plan unproven (--accept-exposure), `proven` simulates it and
every roll-back with the worst caches, as every plan is, `simulated` runs it against the crowd of --simulate beside.

Usage: plan_bench.py RDNSGATE [--counts N[,N...]] [--rounds N] [--formats WORD[,WORD...]] [--ways WORD[,WORD...]]
"""
import argparse
import ipaddress
import itertools
import json
import statistics
import tempfile
from pathlib import Path

from bench import run

ZONES = 25  # reverse zones, and as many forward ones
SOA = "@ 3600 IN SOA ns.example.net. hostmaster.example.net. 1 14400 3600 604800 3600\n@ 3600 IN NS ns.example.net.\n"

# The longest chain of operations of which none may begin before the one before it is over, for a host that changes
# in that way: what is looked at first and the TTLs at both ends are phases too.
FEWEST = {
    # add the name, change the PTR, change the HELO name, take the old name away
    "renamed": 4,
    # add address and PTR side by side, send from the new one, no more from the old one, its PTR goes, its A goes
    "renumbered": 5,
}
WAYS = {"bare": ["--accept-exposure"], "proven": [], "simulated": ["--simulate"]}
AROUND = 3  # preflight, lower-ttl, restore-ttl


def old_address(zone, n):
    return ipaddress.IPv4Address(f"10.{zone}.0.0") + n + 1


def new_address(zone, n):
    return ipaddress.IPv4Address(f"10.{zone}.128.0") + n + 1


def hosts(count, kind):
    """Zone, name and address of each host before and after."""
    for i in range(count):
        zone, n = i % ZONES, i // ZONES
        name = f"mx{n}.z{zone}.example"
        if kind == "renamed":
            yield zone, (name, old_address(zone, n)), (f"out{n}.z{zone}.example", old_address(zone, n))
        else:
            yield zone, (name, old_address(zone, n)), (name, new_address(zone, n))


def write(folder, count, kind):
    """The inventories before and after, and the zones as they are before."""
    folder.mkdir(parents=True)
    (folder / "zones").mkdir()
    zones = [f"{zone}.10.in-addr.arpa" for zone in range(ZONES)], [f"z{zone}.example" for zone in range(ZONES)]
    files = {}
    for name in (*zones[0], *zones[1]):
        files[name] = open(folder / "zones" / f"{name}.zone", "w")
        files[name].write(f"$ORIGIN {name}.\n{SOA}")
    head = "version: 1\nzones:\n" + "".join(f"  - {{name: {name}, managed_by: nsupdate}}\n" for name in (*zones[0], *zones[1]))
    head += "rules: {addr-not-global: off, deleg-ns-count: off}\nsenders:\n"
    texts = [head], [head]
    for i, (zone, before, after) in enumerate(hosts(count, kind)):
        for text, (name, address) in zip(texts, (before, after)):
            text.append(f"  - {{name: s{i}, helo: {name}, addresses: [{address}]}}\n")
        name, address = before
        octets = str(address).split(".")
        files[zones[0][zone]].write(f"{octets[3]}.{octets[2]} 86400 IN PTR {name}.\n")
        files[zones[1][zone]].write(f"{name}. 86400 IN A {address}\n")
    for file in files.values():
        file.close()
    paths = folder / "before.yaml", folder / "after.yaml"
    for path, text in zip(paths, texts):
        path.write_text("".join(text))
    return paths, folder / "zones"


def measure(rdnsgate, folder, count, kind, rounds, forms, ways):
    (before, after), zones = write(folder / f"{kind}-{count}", count, kind)
    for form, way in itertools.product(forms, ways):
        rows = []
        for _ in range(rounds):
            wall, cpu, rss, text = run([rdnsgate, "plan", "--format", form, *WAYS[way], "--base", before, "--zone-files",
                                        zones, after])
            rows.append((wall, cpu, rss))
        wall, cpu, rss = (statistics.median(column) for column in zip(*rows))
        phases = f"{len(json.loads(text)['phases'])} ({AROUND} + {FEWEST[kind]})" if form == "json" else ""
        print(f"| {kind} | {count} | {form} | {way} | {wall:.2f} s | {1e6 * cpu / count:.0f} us | {rss / 1024:.0f} MiB "
              f"| {len(text) / 1e6:.1f} MB | {phases} |", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("rdnsgate", type=Path)
    parser.add_argument("--counts", type=lambda text: [int(n) for n in text.split(",")], default=[100, 1000, 10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--formats", type=lambda words: words.split(","), default=["json"])
    parser.add_argument("--ways", type=lambda words: words.split(","), default=["proven"])
    parser.add_argument("--kinds", type=lambda words: words.split(","), default=list(FEWEST))
    options = parser.parse_args()
    print(f"plan over {2 * ZONES} zones, median of {options.rounds}\n"
          "| hosts | changed | format | way | wall | CPU an address | peak memory | output | phases (fewest) |\n"
          "|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for kind in options.kinds:
            for count in options.counts:
                measure(options.rdnsgate, Path(folder), count, kind, options.rounds, options.formats, options.ways)


if __name__ == "__main__":
    main()
