#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""`paths`: the matrix over zone files, as JSON, text and Markdown; what would be refused, and what is not known.

Usage: mail_paths_test.py RDNSGATE_BINARY [unittest arguments]
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import mail_records_test as records
import offline

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "schemas/paths.schema.json").read_text())
HEAD = "$TTL 3600\n@ IN SOA ns1.example.com. h.example.com. 1 3600 600 86400 300\n@ IN NS ns1.example.com.\n"
KEY = records.txt(records.GOOD)
INVENTORY = """version: 1
zones:
  - {name: example.com, managed_by: zonefile}
  - {name: relay.example, managed_by: zonefile}
  - {name: 2.0.192.in-addr.arpa, managed_by: zonefile}
senders:
  - {name: mx1, helo: mx1.example.com, addresses: [192.0.2.10]}
  - {name: mx2, helo: mx2.example.com, addresses: [192.0.2.11]}
  - name: pool
    helo: "{ptr}"
    addresses: [{range: 192.0.2.32/30, ptr: "out-{4}.example.com"}]
relays:
  - {name: news, spf: "include:spf.relay.example", helo: "*.relay.example", dkim: [k1]}
domains:
  - {name: example.com, via: [mx1, mx2, pool, news], dkim: [s1]}
rules: {addr-documentation: off}
"""
FORWARD = HEAD + f"""ns1 A 192.0.2.1
@ TXT "v=spf1 ip4:192.0.2.10 ip4:192.0.2.32/31 include:spf.relay.example -all"
_dmarc TXT "v=DMARC1; p=reject"
s1._domainkey TXT {KEY}
k1._domainkey TXT {KEY}
mx1 A 192.0.2.10
mx2 A 192.0.2.11
out-32 A 192.0.2.32
out-33 A 192.0.2.33
out-34 A 192.0.2.34
out-35 A 192.0.2.35
"""
REVERSE = HEAD + "10 PTR mx1.example.com.\n11 PTR mx2.example.com.\n" + "".join(
    f"{n} PTR out-{n}.example.com.\n" for n in range(32, 36))
RELAY = HEAD + 'spf TXT "v=spf1 ip4:198.51.100.0/28 ip4:198.51.100.16/28 ip6:2001:db8:77::/48 -all"\n'
BINARY = None


class MailPaths(unittest.TestCase):
    def setUp(self):
        made = tempfile.TemporaryDirectory()
        self.addCleanup(made.cleanup)
        self.folder = Path(made.name)
        (self.folder / "zones").mkdir()
        self.files = {"inventory.yaml": INVENTORY, "zones/example.com.zone": FORWARD, "zones/relay.example.zone": RELAY,
                      "zones/2.0.192.in-addr.arpa.zone": REVERSE}

    def change(self, name, old, new):
        self.assertIn(old, self.files[name])
        self.files[name] = self.files[name].replace(old, new)

    def run_tool(self, *arguments):
        for name, text in self.files.items():
            (self.folder / name).write_text(text)
        return subprocess.run(offline.command([BINARY, "paths", *arguments]), cwd=self.folder, capture_output=True, timeout=120,
                              text=True, check=False, stdin=subprocess.DEVNULL,
                              env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"})

    def paths(self, expected, *options, zones="zones"):
        done = self.run_tool("--zone-files", zones, "--format", "json", *options, "inventory.yaml")
        self.assertEqual(done.returncode, expected, done.stdout + done.stderr)
        said = json.loads(done.stdout)
        records.SCHEMA = SCHEMA
        self.assertIsNone(records.fits(said, SCHEMA))
        return said

    def row(self, said, path, *addresses):
        found = [row for row in said["rows"] if row["path"] == path and (not addresses or row["addresses"] == list(addresses))]
        self.assertEqual(len(found), 1, said["rows"])
        return found[0]

    def results(self, row):
        return [row[part]["result"] for part in ("ptr", "fcrdns", "helo", "spf", "dkim", "dmarc")]

    def broken(self, row, effect="refused"):
        return {one["rule"] for one in row["broken"] if one["effect"] == effect}

    def test_a_matrix(self):
        said = self.paths(1)
        row = self.row(said, "example.com via mx1")
        self.assertEqual(self.results(row), ["declared", "confirmed", "consistent", "pass", "present", "pass"])
        self.assertEqual((row["verdict"], row["broken"], row["spf"]["term"]), ("accepted", [], '"ip4:192.0.2.10" of example.com'))
        # SPF forgets it; it is signed, so that DMARC passes, and bulk mail needs both.
        row = self.row(said, "example.com via mx2")
        self.assertEqual(self.results(row), ["declared", "confirmed", "consistent", "fail", "present", "pass"])
        self.assertEqual((row["verdict"], row["dmarc"]["policy"]), ("refused", "reject"))
        self.assertEqual(self.broken(row), {"gmail-bulk-spf", "yahoo-bulk-spf", "microsoft-bulk-spf"})
        # Half of a range: a row for each half, with the names of its addresses.
        row = self.row(said, "example.com via pool", "192.0.2.32-192.0.2.33")
        self.assertEqual((row["verdict"], row["count"], row["helo"]["names"]), ("accepted", 2, ["out-32.example.com", "out-33.example.com"]))
        row = self.row(said, "example.com via pool", "192.0.2.34-192.0.2.35")
        self.assertEqual((row["spf"]["result"], row["ptr"]["names"], row["helo"]["names"]),
                         ("fail", ["out-34.example.com", "out-35.example.com"], ["out-34.example.com", "out-35.example.com"]))
        # A relay without addresses has those that its term allows; those of two blocks that touch are one.
        rows = [row for row in said["rows"] if row["relay"] == "news"]
        self.assertEqual([block for row in rows for block in row["addresses"]], ["198.51.100.0/27", "2001:db8:77::/48"])
        for row in rows:
            self.assertEqual((row["published"], row["verdict"], row["helo"]["names"], row["ptr"]["state"]),
                             (True, "accepted", ["*.relay.example"], "unjudged"))
        self.assertEqual(said["summary"]["rows"], len(said["rows"]))
        self.assertEqual((said["summary"]["paths"], said["summary"]["refused"]), (4, 3))

    def test_what_is_said_of_hosts_makes_rows(self):
        """Addresses of one sender are a row where the same is to be said of them, with the names of all of them."""
        self.change("zones/2.0.192.in-addr.arpa.zone", "33 PTR out-33.example.com.\n", "")
        said = self.paths(1)
        for addresses, result, verdict in (("192.0.2.32", "declared", "accepted"), ("192.0.2.33", "missing", "refused")):
            row = self.row(said, "example.com via pool", addresses)
            self.assertEqual((row["ptr"]["result"], row["verdict"], row["count"]), (result, verdict, 1))
        self.files["zones/2.0.192.in-addr.arpa.zone"] += "33 PTR out-33.example.com.\n33 PTR also-33.example.com.\n32 PTR also-32.example.com.\n"
        self.files["zones/example.com.zone"] += "also-32 A 192.0.2.32\nalso-33 A 192.0.2.33\n"
        row = self.row(self.paths(1), "example.com via pool", "192.0.2.32-192.0.2.33")
        self.assertEqual((row["ptr"]["result"], row["count"]), ("several", 2))
        self.assertEqual((len(row["ptr"]["names"]), row["ptr"]["more"]), (3, 1), row["ptr"])
        # One name of two addresses, and two names of one address.
        self.change("inventory.yaml", "{name: mx1, helo: mx1.example.com, addresses: [192.0.2.10]}",
                    "{name: mx1, helo: [mx1.example.com, app.example.com], addresses: [192.0.2.10, {ip: 192.0.2.12, ptr: mx1.example.com}]}")
        self.change("zones/example.com.zone", "ip4:192.0.2.10 ", "ip4:192.0.2.10 ip4:192.0.2.12 ")
        self.change("zones/example.com.zone", "mx1 A 192.0.2.10\n", "mx1 A 192.0.2.10\nmx1 A 192.0.2.12\napp A 192.0.2.10\napp A 192.0.2.12\n")
        self.files["zones/2.0.192.in-addr.arpa.zone"] += "12 PTR mx1.example.com.\n"
        rows = [row for row in self.paths(1)["rows"] if row["path"] == "example.com via mx1"]
        self.assertEqual(sorted(name for row in rows for name in row["helo"]["names"]), sorted(2 * ["app.example.com", "mx1.example.com"]), rows)
        self.assertEqual({row["ptr"]["names"][0] for row in rows}, {"mx1.example.com"})

    def test_addresses_of_a_relay_are_counted(self):
        known = "ip4:198.51.100.0/28 ip4:198.51.100.16/28 ip6:2001:db8:77::/48"
        for terms, count in (("ip4:198.51.100.0/28 ip4:198.51.100.64/28", 32), ("ip4:198.51.100.7", 1), ("ip6:2001:db8:77::/66 ip4:198.51.100.7", 2 ** 62 + 1),
                             (known, 2 ** 64 - 1), ("ip6:2001:db8:77::/48 ip6:2001:db8:99::/48", 2 ** 64 - 1), ("ip6:2001:db8:77::/64", 2 ** 64 - 1)):
            with self.subTest(terms):
                self.files["zones/relay.example.zone"] = RELAY.replace(known, terms)
                self.assertEqual([row["count"] for row in self.paths(1)["rows"] if row["relay"] == "news"], [count])

    def test_low_volume(self):
        said = self.paths(0, "--volume", "low")
        self.assertEqual({row["verdict"] for row in said["rows"]}, {"accepted"})
        self.change("zones/example.com.zone", "s1._domainkey", "s0._domainkey")
        said = self.paths(1, "--volume", "low")
        row = self.row(said, "example.com via mx2")
        self.assertEqual((row["dkim"]["result"], row["dmarc"]["result"]), ("missing", "fail"))
        self.assertEqual(self.broken(row), {"gmail-authentication", "yahoo-authentication", "dmarc-reject"})
        self.assertEqual(self.broken(row, "scored"), {"rspamd-spf", "rspamd-dmarc"})
        self.assertEqual(self.row(said, "example.com via mx1")["verdict"], "accepted")

    def test_host_faults(self):
        ptr = {"rule": {"gmail-ptr", "yahoo-ptr"}}
        for name, old, new, expected, refused in (
                ("2.0.192.in-addr.arpa", "10 PTR mx1.example.com.\n", "", ["missing", "no-ptr", "consistent"], ptr),
                ("2.0.192.in-addr.arpa", "10 PTR mx1", "10 PTR gone", ["other", "no-forward", "consistent"], ptr),
                ("2.0.192.in-addr.arpa", "10 PTR mx1", "10 PTR mx2", ["other", "mismatch", "consistent"], ptr),
                ("2.0.192.in-addr.arpa", "10 PTR mx1", "10 PTR mx2.example.com.\n10 PTR mx1", ["several", "partial", "consistent"], {}),
                ("example.com", "mx1 A 192.0.2.10", "mx1 A 192.0.2.10\nmx1 A 192.0.2.99", ["declared", "confirmed", "inconsistent"], {}),
                ("example.com", "mx1 A 192.0.2.10", "mx1 A 192.0.2.10\nmx1 AAAA 2001:db8::99", ["declared", "confirmed", "inconsistent"], {}),
                ("example.com", "mx1 A 192.0.2.10", "mx1 A 192.0.2.99", ["declared", "mismatch", "mismatch"], ptr),
                ("example.com", "mx1 A 192.0.2.10", "mx1 AAAA 2001:db8::99", ["declared", "no-forward", "mismatch"], ptr),
                ("example.com", "mx1 A 192.0.2.10", "mx1 MX 10 mx2", ["declared", "no-forward", "unresolvable"], ptr),
                ("example.com", "mx1 A 192.0.2.10", "", ["declared", "no-forward", "unresolvable"], ptr)):
            with self.subTest(new=new, expected=expected):
                self.setUp()
                self.change(f"zones/{name}.zone", old, new)
                row = self.row(self.paths(1), "example.com via mx1")
                self.assertEqual(self.results(row)[:3], expected)
                good = {"declared", "confirmed", "consistent"}
                self.assertEqual([row[part]["state"] for part in ("ptr", "fcrdns", "helo")],
                                 ["good" if result in good else "bad" for result in expected])
                self.assertEqual(self.broken(row), refused.get("rule", set()))
                self.assertEqual("postfix-helo-hostname" in self.broken(row, "configured"), expected[2] == "unresolvable" and "MX" not in new)

    def test_helo_characters(self):
        self.change("inventory.yaml", "helo: mx1.example.com", "helo: mx_1.example.com")
        row = self.row(self.paths(1), "example.com via mx1")
        self.assertEqual((row["helo"]["result"], self.broken(row) & {"exim-helo-characters"}), ("invalid", {"exim-helo-characters"}))

    def test_text_in_brackets(self):
        """Exim takes an address literal, and no other text in brackets (RFC 5321 §4.1.3)."""
        for helo, result in (("[192.0.2.10]", "literal"), ("[IPv6:2001:db8::10]", "literal"), ("[ipv6:2001:db8::10]", "literal"),
                             ("[2001:db8::10]", "invalid"), ("[IPv6:192.0.2.10]", "invalid"), ("[mx1.example.com]", "invalid"),
                             ("[192.0.2.10", "invalid"), ("[]", "invalid")):
            with self.subTest(helo):
                self.setUp()
                self.change("inventory.yaml", "helo: mx1.example.com, addresses: [192.0.2.10]",
                            f'helo: "{helo}", addresses: [{{ip: 192.0.2.10, ptr: mx1.example.com}}]')
                row = self.row(self.paths(1), "example.com via mx1")
                self.assertEqual((row["helo"]["result"], row["helo"]["names"]), (result, [helo]))
                self.assertEqual(self.broken(row), set() if result == "literal" else {"exim-helo-characters"})

    def test_helo_names_of_a_sender(self):
        """The worst of several names is told; a literal and no name at all are something else."""
        self.change("inventory.yaml", "helo: mx1.example.com", "helo: [mx1.example.com, app.example.com]")
        row = self.row(self.paths(1), "example.com via mx1")
        self.assertEqual((row["helo"]["result"], row["helo"]["names"]), ("unresolvable", ["mx1.example.com", "app.example.com"]))
        self.assertTrue(row["helo"]["detail"].startswith("app.example.com: "), row["helo"])
        self.assertIn("postfix-helo-hostname", self.broken(row, "configured"))
        self.files["zones/example.com.zone"] += "app A 192.0.2.10\n"
        row = self.row(self.paths(1), "example.com via mx1")
        self.assertEqual((row["helo"]["result"], row["verdict"]), ("consistent", "accepted"))
        for helo, result in (('helo: "[192.0.2.10]", ', "literal"), ("", "missing")):
            self.setUp()
            self.change("inventory.yaml", "helo: mx1.example.com, addresses: [192.0.2.10]",
                        helo + "addresses: [{ip: 192.0.2.10, ptr: mx1.example.com}]")
            row = self.row(self.paths(1), "example.com via mx1")
            self.assertEqual((row["helo"]["result"], self.broken(row)), (result, set()))

    def test_records_of_the_domain(self):
        for old, new, expected, rule in (
                ('_dmarc TXT "v=DMARC1; p=reject"', "", ("dmarc", "missing"), "microsoft-bulk-dmarc"),
                (f"s1._domainkey TXT {KEY}", 's1._domainkey TXT "v=DKIM1; p="', ("dkim", "revoked"), "gmail-bulk-dkim"),
                (f"s1._domainkey TXT {KEY}", 's1._domainkey TXT "v=DKIM1; p=x"', ("dkim", "faulty"), "gmail-bulk-dkim"),
                ('@ TXT "v=spf1', '@ TXT "v=spf0', ("spf", "none"), "yahoo-bulk-spf"),
                ('@ TXT "v=spf1', '@ TXT "v=spf1 ip5:x', ("spf", "permerror"), "yahoo-bulk-spf")):
            with self.subTest(expected=expected):
                self.setUp()
                self.change("zones/example.com.zone", old, new)
                if rule.endswith("dmarc"):  # whether com has a record is known, too
                    self.files["zones/com.zone"] = HEAD
                row = self.row(self.paths(1), "example.com via mx1")
                self.assertEqual(row[expected[0]]["result"], expected[1], row)
                self.assertIn(rule, self.broken(row))

    def test_what_no_file_holds_is_unknown(self):
        del self.files["zones/relay.example.zone"]
        self.change("inventory.yaml", "  - {name: relay.example, managed_by: zonefile}\n", "")
        self.change("inventory.yaml", "via: [mx1, mx2, pool, news]", "via: [mx1, news]")
        said = self.paths(3)
        row = self.row(said, "example.com via news")
        self.assertEqual((row["addresses"], row["spf"]["state"], row["verdict"]), ([], "unknown", "unknown"))
        self.assertIn("spf.relay.example TXT", row["spf"]["detail"])
        self.assertEqual(self.row(said, "example.com via mx1")["verdict"], "accepted")
        self.paths(0, "--inconclusive", "pass")
        self.paths(1, "--inconclusive", "fail")
        # The reverse zone, and a record above the domain.
        del self.files["zones/2.0.192.in-addr.arpa.zone"]
        (self.folder / "zones/2.0.192.in-addr.arpa.zone").unlink()
        self.change("zones/example.com.zone", '_dmarc TXT "v=DMARC1; p=reject"', "")
        row = self.row(self.paths(3), "example.com via mx1")
        self.assertEqual(self.results(row), ["unknown", "unknown", "consistent", "pass", "present", "unknown"])
        self.assertEqual(row["broken"], [])

    def test_undeclared_selectors_are_not_missing(self):
        self.change("inventory.yaml", ", dkim: [s1]", "")
        row = self.row(self.paths(1), "example.com via mx1")
        self.assertEqual((row["dkim"]["result"], row["dkim"]["state"], row["verdict"]), ("undeclared", "unknown", "unknown"))
        row = self.row(self.paths(1), "example.com via mx2")  # SPF forgets it, and a signature may be there
        self.assertEqual((row["spf"]["result"], row["dmarc"]["result"]), ("fail", "unknown"))

    def test_alignment(self):
        """Of a relay with a bounce domain and a signature of its own, and by which of the two DMARC passes."""
        row = self.row(self.paths(1), "example.com via mx1")
        self.assertEqual((row["dmarc"]["by"], row["spf"]["domain"], row["dkim"]["domain"]), (["spf", "dkim"], "example.com", "example.com"))
        row = self.row(self.paths(1), "example.com via mx2")  # SPF forgets it
        self.assertEqual((row["dmarc"]["by"], row["dmarc"]["result"]), (["dkim"], "pass"))
        relay = "- {name: news, "
        self.change("inventory.yaml", relay, relay + "mail_from: bounces.relay.example, ")
        self.files["zones/relay.example.zone"] += 'bounces TXT "v=spf1 include:spf.relay.example -all"\n'
        rows = [one for one in self.paths(1)["rows"] if one["relay"] == "news"]
        for row in rows:
            self.assertEqual((row["spf"]["result"], row["spf"]["domain"], row["dmarc"]["by"], row["dmarc"]["result"], row["verdict"]),
                             ("pass", "bounces.relay.example", ["dkim"], "pass", "accepted"))
            self.assertIn("MAIL FROM bounces.relay.example: another organisational domain", row["dmarc"]["detail"])
        # A signature of its own is not what DMARC passes by.
        self.change("inventory.yaml", "mail_from: bounces.relay.example, ", "dkim_domain: relay.example, ")
        self.files["zones/relay.example.zone"] += f"k1._domainkey TXT {KEY}\n"
        for row in [one for one in self.paths(1)["rows"] if one["relay"] == "news"]:
            self.assertEqual((row["dkim"]["result"], row["dmarc"]["result"], row["dmarc"]["by"]), ("present", "pass", ["spf"]))
        self.change("inventory.yaml", "dkim_domain: relay.example, ", "mail_from: bounces.relay.example, ")
        # It signs as itself as well: neither is aligned, and where it is refused is said.
        self.change("inventory.yaml", relay, relay + "dkim_domain: relay.example, ")
        self.files["zones/relay.example.zone"] += f"n1._domainkey TXT {KEY}\ns1._domainkey TXT {KEY}\n"
        rows = [one for one in self.paths(1)["rows"] if one["relay"] == "news"]
        for row in rows:
            self.assertEqual((row["dkim"]["result"], row["dkim"]["domain"], row["dmarc"]["result"], row["dmarc"]["by"]),
                             ("present", "relay.example", "fail", []))
            self.assertEqual(self.broken(row), {"gmail-bulk-alignment", "yahoo-bulk-alignment", "microsoft-bulk-alignment", "dmarc-reject"})
        done = self.run_tool("--zone-files", "zones", "inventory.yaml")
        self.assertIn("pass (SPF, DKIM)", done.stdout)
        self.assertIn("pass (DKIM)", done.stdout)

    def test_a_snapshot_says_the_same(self):
        live = self.paths(1, "--record", "a.facts")
        done = self.run_tool("--replay", "a.facts", "--format", "json", "inventory.yaml")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(json.loads(done.stdout)["rows"], live["rows"])

    def test_a_file_for_it(self):
        done = self.run_tool("--zone-files", "zones", "--format", "markdown", "-o", "paths.md", "inventory.yaml")
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        text = (self.folder / "paths.md").read_text()
        self.assertIn("| refused | example.com via mx2 | 192.0.2.11 | 1 | declared |", text)

    def test_hostile_records_stay_on_their_line(self):
        self.change("zones/example.com.zone", '@ TXT "v=spf1', '@ TXT "v=spf1 x\\027[31m|<b>@all')
        for form in ("text", "markdown"):
            done = self.run_tool("--zone-files", "zones", "--format", form, "inventory.yaml")
            self.assertEqual(done.returncode, 1)
            self.assertNotIn("\x1b", done.stdout)
            self.assertNotIn("<b>", done.stdout if form == "markdown" else "")
            self.assertNotRegex(done.stdout, "[\x00-\x09\x0b-\x1f\x7f]")

    def test_no_path(self):
        self.change("inventory.yaml", "via: [mx1, mx2, pool, news], ", "")
        self.assertEqual(self.paths(0)["rows"], [])
        done = self.run_tool("--zone-files", "zones", "inventory.yaml")
        self.assertIn("no mail path", done.stdout)

    def test_usage(self):
        for arguments, said in ((["--format", "xml"], "xml"), (["--volume", "much"], "much"), (["missing.yaml"], "missing.yaml"),
                                (["--over", "live", "inventory.yaml"], "--zone-files")):
            done = self.run_tool(*arguments)
            self.assertEqual((done.returncode, done.stdout), (2, ""), arguments)
            self.assertIn(said, done.stderr)

    def test_a_large_pool_is_a_row(self):
        self.change("inventory.yaml", "{range: 192.0.2.32/30, ptr: \"out-{4}.example.com\"}", "{range: 192.0.2.32/30, ptr: \"out-{4}.example.com\"}, "
                    "{range: 20.0.0.0/20, ptr: \"o-{3}-{4}.example.com\"}")
        self.change("zones/example.com.zone", "ip4:192.0.2.10", "ip4:192.0.2.10 ip4:20.0.0.0/19")
        names = [(n // 256, n % 256) for n in range(4096)]
        self.files["zones/example.com.zone"] += "".join(f"o-{a}-{b} A 20.0.{a}.{b}\n" for a, b in names)
        self.files["zones/0.20.in-addr.arpa.zone"] = HEAD + "".join(f"{b}.{a} PTR o-{a}-{b}.example.com.\n" for a, b in names)
        self.change("inventory.yaml", "zones:\n", "zones:\n  - {name: 0.20.in-addr.arpa, managed_by: zonefile}\n")
        row = self.row(self.paths(1), "example.com via pool", "20.0.0.0-20.0.15.255")
        self.assertEqual((row["count"], row["verdict"], len(row["helo"]["names"]), row["helo"]["more"]), (4096, "accepted", 3, 4093))


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
