# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""`paths` over real servers: every vantage sees the same matrix, one that is dead is passed over, and where nobody answers
nothing is known."""
from rdnslab import inventories as inv
from rdnslab import zones
from rdnslab.case import WorldCase

KEY = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="
RECORDS = f"""mail.example. 3600 IN TXT "v=spf1 ip4:192.0.2.10 ip6:2001:db8::10 ip4:192.0.2.32/31 include:spf.mail.example -all"
spf 3600 IN TXT "v=spf1 ip4:198.51.100.64/27 -all"
_dmarc 3600 IN TXT "v=DMARC1; p=none"
s1._domainkey 3600 IN TXT "{KEY}"
"""
MAIL = """relays: [{name: news, spf: "include:spf.mail.example", dkim: [s2]}]
domains: [{name: mail.example, via: [mx1, bulk, half, news], dkim: [s1]}]
"""
HALF = """  - {name: half, helo: mx3.mail.example, addresses: [192.0.2.21, "2001:db8::21"]}
"""
# path, first address: verdict, PTR, FCrDNS, HELO, SPF, DKIM, DMARC
MATRIX = {
    ("mail.example via mx1", "192.0.2.10"): "accepted declared confirmed consistent pass present pass",
    ("mail.example via mx1", "2001:db8::10"): "accepted declared confirmed consistent pass present pass",
    ("mail.example via bulk", "192.0.2.32-192.0.2.33"): "accepted declared confirmed consistent pass present pass",
    ("mail.example via bulk", "192.0.2.34-192.0.2.35"): "refused declared confirmed consistent fail present pass",
    ("mail.example via half", "192.0.2.21"): "refused declared confirmed consistent fail present pass",
    ("mail.example via half", "2001:db8::21"): "refused declared no-forward mismatch fail present pass",
    ("mail.example via news", "198.51.100.64/27"): "refused relay relay relay pass missing pass",
}


class Paths(WorldCase):
    primary_zones = {**zones.PRIMARY_ZONES, "mail.example": zones.PRIMARY_ZONES["mail.example"] + RECORDS}

    def paths(self, vantages, *options):
        path = self.write("inventory.yaml", inv.inventory(vantages, inv.OWN, HALF) + MAIL)
        return self.gate("paths", "--format", "json", *options, path)

    def matrix(self, run):
        found = {}
        for row in run.report["rows"]:
            results = [row[part]["result"] for part in ("ptr", "fcrdns", "helo", "spf", "dkim", "dmarc")]
            for address in row["addresses"][:1]:
                found[row["path"], address] = " ".join([row["verdict"], *results])
        return found

    def test_every_vantage_sees_the_same(self):
        for vantages, options in ((inv.RECURSIVE, self.private_root()), (inv.AUTHORITATIVE, self.private_root()), (inv.FORWARD, [])):
            with self.subTest(vantages):
                run = self.paths(vantages, *options)
                self.assertEqual(run.exit, 1, run)
                self.assertEqual(self.matrix(run), MATRIX, run)

    def test_a_dead_vantage_is_passed_over(self):
        dead = f"  - {{name: dead, kind: forward, address: {zones.NOBODY}}}"
        run = self.paths(f"{dead}\n{inv.LONE_FORWARD}", "--timeout", "500ms")
        self.assertEqual(run.exit, 1, run)
        self.assertEqual(run.report["vantages"][0], "dead", run)
        self.assertEqual(self.matrix(run), MATRIX, run)

    def test_where_nobody_answers_nothing_is_known(self):
        run = self.paths(f"  - {{name: dead, kind: forward, address: {zones.NOBODY}}}", "--timeout", "300ms")
        self.assertEqual(run.exit, 3, run)
        for row in run.report["rows"]:
            self.assertEqual((row["verdict"], row["broken"]), ("unknown", []), run)
            self.assertIn(row["spf"]["result"], ("temperror", "unknown"), run)
            self.assertEqual({row[part]["state"] for part in ("spf", "dkim", "dmarc")}, {"unknown"}, run)

    def test_a_recorded_run_says_the_same(self):
        facts = self.folder / "paths.facts"
        run = self.paths(inv.FORWARD, "--record", facts)
        self.assertEqual(run.exit, 1, run)
        again = self.paths(inv.FORWARD, "--replay", facts)
        self.assertEqual(again.report["rows"], run.report["rows"], again)
