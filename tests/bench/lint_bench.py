# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Measures `lint` beside programs that only read YAML, or read it and hold it against the schema, in one run; how its cost
grows; and `--changed-since` of a change to one file. By hand, never in CI.

Usage: lint_bench.py RDNSGATE [--addresses N] [--files N] [--rounds N] [--growth N[,N...]] [--node-modules DIR]

--node-modules: where js-yaml and ajv are installed (npm install js-yaml ajv); left out without it.
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import generate
from bench import run

HERE = Path(__file__).resolve().parent
SCHEMA = HERE.parents[1] / "schemas" / "inventory.schema.json"
SERVER = "127.0.1.1"


def write_split(folder, addresses, files):
    """The list of hosts cut into files, which one that has the rest includes."""
    (folder / "hosts").mkdir(parents=True)
    head = generate.HEADER.format(server=SERVER).replace("version: 1\n", 'version: 1\ninclude: ["hosts/*.yaml"]\n', 1)
    (folder / "inventory.yaml").write_text(head.replace("senders:\n", ""))
    hosts = list(generate.one_by_one(addresses))
    each = -(-addresses // files)
    for n in range(0, addresses, each):
        (folder / "hosts" / f"{n // each:05}.yaml").write_text("version: 1\nsenders:\n" + "".join(hosts[n:n + each]))
    return [folder / "inventory.yaml", *sorted((folder / "hosts").iterdir())]


def write_whole(folder, addresses):
    folder.mkdir(parents=True)
    file = folder / "inventory.yaml"
    with open(file, "w") as out:
        out.write(generate.HEADER.format(server=SERVER))
        out.writelines(generate.one_by_one(addresses))
    return [file]


def ways(rdnsgate, files, node_modules):
    lint = [rdnsgate, "lint", "--no-config", "-q", "-q", files[0]]
    named = {
        "rdnsgate lint": (lint, None),
        "yaml-cpp, events only": ([rdnsgate.parents[2] / "tests/bench/bare_yaml", *files], None),
        "PyYAML (libyaml), jsonschema": ([sys.executable, HERE / "lint_jsonschema.py", SCHEMA, *files], None),
    }
    if node_modules:
        named["js-yaml, ajv"] = (["node", HERE / "lint_ajv.js", SCHEMA, *files], {**os.environ, "NODE_PATH": node_modules})
    return named


def side_by_side(title, rdnsgate, files, node_modules, rounds):
    commands = ways(rdnsgate, files, node_modules)
    results = {way: [] for way in commands}
    for _ in range(rounds):  # alternating, so that a slow moment of the machine falls on all
        for way, (command, env) in commands.items():
            results[way].append(run(command, env)[:3])
    medians = {way: [statistics.median(column) for column in zip(*all_rounds)] for way, all_rounds in results.items()}
    ours = medians["rdnsgate lint"][0]
    print(f"\n{title}; medians of {rounds}")
    for way, (wall, cpu, rss) in medians.items():
        print(f"  {way:30} {wall:8.2f} s  {cpu:8.2f} s CPU  {rss / 1024:8.0f} MiB  {wall / ours:6.2f} times lint")


def growth(rdnsgate, folder, counts, rounds):
    print(f"\ngrowth of lint, one file; medians of {rounds}")
    for count in counts:
        file = write_whole(folder / str(count), count)[0]
        all_rounds = [run([rdnsgate, "lint", "--no-config", "-q", "-q", file])[:3] for _ in range(rounds)]
        wall, cpu, rss = (statistics.median(column) for column in zip(*all_rounds))
        print(f"  {count:9,} addresses {wall:8.3f} s  {1e6 * cpu / count:6.2f} us CPU an address  {1024 * rss / count:7.0f} octets an address")


def changed_since(rdnsgate, folder, addresses, files, rounds):
    paths = write_split(folder, addresses, files)
    def git(*arguments):
        subprocess.run(["git", "-c", "user.name=bench", "-c", "user.email=bench@example.net", *arguments], cwd=folder, check=True,
                       stdout=subprocess.DEVNULL)
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "as it was")
    changed = paths[len(paths) // 2]
    changed.write_text(changed.read_text().replace("senders:\n", "senders:\n  - {name: new, helo: new.mail.example.net, addresses: [10.250.0.1]}\n"))
    whole, part = [], []
    for _ in range(rounds):
        whole.append(run([rdnsgate, "lint", "--no-config", "-q", "-q", folder / "inventory.yaml"])[0])
        part.append(run([rdnsgate, "lint", "--no-config", "-q", "-q", "--changed-since", "HEAD", folder / "inventory.yaml"])[0])
    print(f"\none of {files:,} files changed, {addresses:,} addresses; medians of {rounds}: "
          f"lint {1000 * statistics.median(whole):.0f} ms, --changed-since {1000 * statistics.median(part):.0f} ms (to reach: 100 ms)")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("rdnsgate", type=Path)
    parser.add_argument("--addresses", type=int, default=100_000)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--growth", default="1000,10000,100000,1000000")
    parser.add_argument("--node-modules")
    options = parser.parse_args()
    rdnsgate = options.rdnsgate.resolve()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        side_by_side(f"{options.addresses:,} addresses in one file", rdnsgate, write_whole(folder / "whole", options.addresses),
                     options.node_modules, options.rounds)
        side_by_side(f"{options.addresses:,} addresses in {options.files:,} files", rdnsgate,
                     write_split(folder / "split", options.addresses, options.files), options.node_modules, options.rounds)
        growth(rdnsgate, folder / "growth", [int(n) for n in options.growth.split(",") if n], options.rounds)
        for addresses in (10 * options.files, options.addresses):
            changed_since(rdnsgate, folder / f"git{addresses}", addresses, options.files, 2 * options.rounds)


if __name__ == "__main__":
    main()
