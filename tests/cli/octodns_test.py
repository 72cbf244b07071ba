#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""The same data gives the same report, whether it stands in zone files or in octoDNS zones.

Usage: octodns_test.py RDNSGATE_BINARY [unittest arguments]
"""
import json
import shlex
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import offline

ROOT = Path(__file__).resolve().parents[2]
ZONES = ROOT / "example/zones"
BINARY = None
TTL = {"1d": 86400}


def records(text):
    """Owner (relative to the origin), type and data of the records of an example zone; all have the TTL of $TTL."""
    owner = ttl = None
    for line in text.splitlines():
        words = shlex.split(line.split(" ;")[0], posix=True)
        if not words:
            continue
        if words[0] == "$TTL":
            ttl = TTL[words[1]]
        elif not words[0].startswith("$"):
            if not line[0].isspace():
                owner = words.pop(0)
            assert words.pop(0) == "IN", line
            yield "" if owner == "@" else owner, words[0], ttl, words[1:]


def absolute(name, zone):
    return name if name.endswith(".") else f"{name}.{zone}."


def octodns_value(kind, data, zone):
    if kind == "MX":
        return {"preference": int(data[0]), "exchange": absolute(data[1], zone)}
    if kind == "TXT":
        return "".join(data).replace(";", "\\;")
    return absolute(data[0], zone) if kind in ("NS", "PTR", "CNAME") else data[0]


def octodns(path):
    """The zone of a file as octoDNS has it. JSON is YAML, and quotes every owner name."""
    zone = path.name.removesuffix(".zone")
    owners = {}
    for owner, kind, ttl, data in records(path.read_text()):
        if kind == "SOA":
            continue
        entry = owners.setdefault(owner, {}).setdefault(kind, {"type": kind, "ttl": ttl, "values": []})
        entry["values"].append(octodns_value(kind, data, zone))
    return zone, {owner: list(kinds.values()) for owner, kinds in sorted(owners.items())}


def report(*arguments):
    done = subprocess.run(offline.command([BINARY, "--now", "2026-12-01T00:00:00Z", "check", "--format", "json", *arguments,
                           "inventory.example.yaml"]), cwd=ROOT, capture_output=True, timeout=60, check=False)
    document = json.loads(done.stdout)
    for vantage in document["vantages"]:
        del vantage["p50_ms"], vantage["p99_ms"]
    for finding in document["findings"]:  # the file differs, and that there is one does not
        finding["record"] = "record" in finding
    return done.returncode, document


class SameReport(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.expected = report("--zone-files", str(ZONES))
        self.assertEqual(self.expected[0], 1)
        self.assertGreater(len(self.expected[1]["findings"]), 2)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_a_file_for_each_zone(self):
        for path in ZONES.glob("*.zone"):
            zone, data = octodns(path)
            (self.folder / f"{zone}.yaml").write_text("---\n" + json.dumps(data, indent=2))
        self.assertEqual(self.expected, report("--zone-files", str(self.folder)))

    def test_split_zones(self):
        for path in ZONES.glob("*.zone"):
            zone, data = octodns(path)
            split = self.folder / f"{zone}."
            split.mkdir()
            for owner, kinds in data.items():
                name = f"${zone}" if owner == "" else owner
                (split / f"{name}.yaml").write_text(json.dumps({owner: kinds}))
        self.assertEqual(self.expected, report("--zone-files", str(self.folder)))

    def test_one_of_each(self):
        arguments = []
        for number, path in enumerate(sorted(ZONES.glob("*.zone"))):
            if number == 1:
                zone, data = octodns(path)
                path = self.folder / f"{zone}.yaml"
                path.write_text(json.dumps(data))
            arguments += ["--zone-files", str(path)]
        self.assertEqual(self.expected, report(*arguments))

    def test_a_record_that_differs_is_seen(self):
        for path in ZONES.glob("*.zone"):
            zone, data = octodns(path)
            data.pop("mx1", None)
            (self.folder / f"{zone}.yaml").write_text(json.dumps(data))
        self.assertNotEqual(self.expected[1]["findings"], report("--zone-files", str(self.folder))[1]["findings"])


def main():
    global BINARY
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)


if __name__ == "__main__":
    main()
