#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""What `init` writes of any estate passes `lint`, and `check` where the DNS is right.

Usage: init_test.py RDNSGATE_BINARY [unittest arguments]
"""
import ipaddress
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import offline

BINARY = None
ROUNDS = 12


def soa(origin):
    return f"$ORIGIN {origin}.\n$TTL 86400\n@ IN SOA ns1.example.com. hostmaster.example.com. 1 3600 600 604800 3600\n" \
           "@ IN NS ns1.example.com.\n"


class Estate:
    """Addresses and names as teams have them: pools with and without gaps, single hosts, both families."""

    def __init__(self, seed):
        dice = random.Random(seed)
        self.names = {}
        free = list(range(1, 255))
        for pool in range(dice.randrange(3)):
            first, count = dice.choice(free), dice.randrange(2, 24)
            pattern = dice.choice(["out-{octet}", "p{pool}-{index}", "{index:03}.pool{pool}", "v4-192-0-2-{octet}"])
            for index, octet in enumerate(range(first, first + count)):
                if octet in free and dice.random() > 0.1:
                    free.remove(octet)
                    self.names[ipaddress.ip_address(f"192.0.2.{octet}")] = pattern.format(octet=octet, pool=pool, index=index)
        for host in range(dice.randrange(1, 12)):
            octet = free.pop(dice.randrange(len(free)))
            self.names[ipaddress.ip_address(f"192.0.2.{octet}")] = f"mx{host}"
            if dice.random() < 0.5:
                self.names[ipaddress.ip_address(f"2001:db8::{octet:x}")] = f"mx{host}"

    def zones(self):
        reverse4 = soa("2.0.192.in-addr.arpa")
        reverse6 = soa("8.b.d.0.1.0.0.2.ip6.arpa")
        forward = soa("example.com") + "ns1 IN A 192.0.2.254\n"
        for address, name in self.names.items():
            line = f"{address.reverse_pointer}. IN PTR {name}.example.com.\n"
            if address.version == 4:
                reverse4 += line
                forward += f"{name} IN A {address}\n"
            else:
                reverse6 += line
                forward += f"{name} IN AAAA {address}\n"
        return {"2.0.192.in-addr.arpa.zone": reverse4, "8.b.d.0.1.0.0.2.ip6.arpa.zone": reverse6, "example.com.zone": forward}


class Init(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def run_tool(self, *arguments):
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        environment.update({name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ})
        return subprocess.run(offline.command([BINARY, *arguments]), cwd=self.folder, env=environment, capture_output=True,
                              text=True, timeout=60, check=False)

    def expect(self, code, *arguments):
        done = self.run_tool(*arguments)
        self.assertEqual(done.returncode, code, f"{arguments}\n{done.stdout}{done.stderr}")
        return done

    def write_zones(self, estate):
        zones = self.folder / "zones"
        shutil.rmtree(zones, ignore_errors=True)
        zones.mkdir()
        for name, text in estate.zones().items():
            (zones / name).write_text(text)

    def declared(self):
        report = json.loads(self.expect(0, "check", "--zone-files", "zones", "--format", "json", "inventory.yaml").stdout)
        return report["summary"]["addresses"]

    def test_any_estate_in_zone_files(self):
        for seed in range(ROUNDS):
            with self.subTest(seed=seed):
                estate = Estate(seed)
                self.write_zones(estate)
                self.expect(0, "init", "--force", "--from-zone-files", "zones")
                self.expect(0, "lint", "inventory.yaml")
                self.assertEqual(self.declared(), len(estate.names))

    def test_any_estate_asked_for_by_address(self):
        """The same through PTR questions, of which some have no answer."""
        for seed in range(ROUNDS):
            with self.subTest(seed=seed):
                estate = Estate(seed)
                self.write_zones(estate)
                self.expect(0, "init", "--force", "--zone-files", "zones", "192.0.2.0/24",
                            *(str(a) for a in estate.names if a.version == 6))
                self.expect(0, "lint", "inventory.yaml")
                self.assertEqual(self.declared(), len(estate.names))
                text = (self.folder / "inventory.yaml").read_text()
                self.assertIn("no PTR record", text)
                # Those that answered are declared, as far as they hold something of ours.
                self.assertIn('{name: 2.0.192.in-addr.arpa, managed_by: zonefile, file: "zones/2.0.192.in-addr.arpa.zone"}', text)

    def test_octodns_folders_are_read_and_stay_theirs(self):
        zones = self.folder / "zones"
        zones.mkdir()
        for name, records in {
            "2.0.192.in-addr.arpa.": "'10':\n  type: PTR\n  value: mx1.example.com.\n",
            "example.com.": "'':\n  type: MX\n  values:\n    - {preference: 10, exchange: mx1.example.com.}\n"
                            "mx1:\n  type: A\n  value: 192.0.2.10\n",
        }.items():
            (zones / f"{name}yaml").write_text("---\n" + records)
        self.expect(0, "init", "--from-zone-files", "zones")
        text = (self.folder / "inventory.yaml").read_text()
        self.assertEqual(text.count("managed_by: octodns"), 2, text)
        self.assertNotIn("managed_by: zonefile", text)
        self.expect(0, "lint", "inventory.yaml")
        self.assertEqual(self.declared(), 1)

    def test_what_check_would_find_is_found(self):
        """The test can fail: a name that does not resolve back is declared all the same, and check says so."""
        estate = Estate(1)
        self.write_zones(estate)
        path = self.folder / "zones" / "example.com.zone"
        address = next(a for a in estate.names if a.version == 4)
        path.write_text(path.read_text().replace(f"IN A {address}\n", "IN A 192.0.2.254\n"))
        self.expect(0, "init", "--from-zone-files", "zones")
        self.expect(0, "lint", "inventory.yaml")
        self.expect(1, "check", "--zone-files", "zones", "inventory.yaml")


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
