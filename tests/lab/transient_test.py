# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""A change that real caches have not seen yet is transient, and the report says until when."""
import time
from datetime import datetime

from rdnslab import inventories as inv
from rdnslab import zones
from rdnslab.case import WorldCase
from rdnslab.process import dig

PRIMARY = zones.PRIMARY[1]
BEFORE = "  - {name: mx1, helo: mx1.mail.example, addresses: [192.0.2.10]}\n"
AFTER = "  - {name: mx1, helo: post.mail.example, addresses: [192.0.2.10]}\n"
BOTH_WAYS = f"{inv.RECURSIVE}\n{inv.FORWARD}"


class Unsigned(WorldCase):
    fresh = apart = True
    seconds = 10

    def check(self, vantages, sender):
        path = self.write("inventory.yaml", inv.inventory(vantages, sender))
        return self.gate("check", "--format", "json", *self.private_root(), path)

    def rename(self):
        script = self.write("edit", f"""server {PRIMARY}
zone 2.0.192.in-addr.arpa
update delete 10.2.0.192.in-addr.arpa PTR
update add 10.2.0.192.in-addr.arpa 300 PTR post.mail.example.
send
zone mail.example
update add post.mail.example 300 A 192.0.2.10
send
""")
        code, text = self.nsupdate(script, "-k", self.world.knot.key_file)
        self.assertEqual(code, 0, text)

    def finding(self, run, rule):
        found = [f for f in run.report["findings"] if f["rule"] == rule]
        self.assertEqual(len(found), 1, run)
        return found[0]

    def seconds_left(self, finding):
        return datetime.fromisoformat(finding["clears_at"].replace("Z", "+00:00")).timestamp() - time.time()

    def test_old_record_and_old_denial_clear_with_their_ttls(self):
        self.assertEqual(self.check(inv.FORWARD, BEFORE).exit, 0)  # the caches have the old PTR record now
        dig(zones.RESOLVERS[0], "post.mail.example", "A")          # and one has it that the new name does not exist
        self.rename()
        run = self.check(BOTH_WAYS, AFTER)
        self.assertEqual(run.exit, 0, run)
        mismatch, unresolvable = self.finding(run, "ptr-mismatch"), self.finding(run, "helo-unresolvable")
        for finding in mismatch, unresolvable:
            self.assertEqual((finding["certainty"], finding["severity"]), ("transient", "error"), run)
        self.assertEqual(mismatch["vantages"], ["resolver0", "resolver1"], run)
        # A signed denial may cover more names than the one it was asked about (RFC 8198), so others may join in.
        self.assertIn("resolver0", unresolvable["vantages"], run)
        self.assertTrue(86000 < self.seconds_left(mismatch) <= 86400, run)
        self.assertTrue(3400 < self.seconds_left(unresolvable) <= 3600, run)

    def test_lowered_ttl_is_no_finding_but_for_the_cache_that_has_the_old_one(self):
        self.assertEqual(self.check(inv.FORWARD, BEFORE).exit, 0)
        script = self.write("edit", f"""server {PRIMARY}
zone 2.0.192.in-addr.arpa
update delete 10.2.0.192.in-addr.arpa PTR
update add 10.2.0.192.in-addr.arpa 300 PTR mx1.mail.example.
send
""")
        code, text = self.nsupdate(script, "-k", self.world.knot.key_file)
        self.assertEqual(code, 0, text)
        run = self.check(BOTH_WAYS, BEFORE)
        self.assertEqual(run.exit, 0, run)
        finding = self.finding(run, "ttl-cache-exceeds-auth")
        self.assertEqual(finding["vantages"], ["resolver0", "resolver1"], run)
        self.assertTrue(86000 < self.seconds_left(finding) <= 86400, run)

    def test_right_estate_through_all_ways_at_once(self):
        run = self.check(BOTH_WAYS, inv.OWN)
        self.assertEqual((run.exit, run.findings()), (0, set()), run)


class Signed(Unsigned):
    signed = True
