# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""What a history keeps of real servers: serials, TTLs and latency, of each vantage and of the servers of each zone."""
import json

from rdnslab import inventories as inv
from rdnslab.case import WorldCase


class History(WorldCase):
    def test_statistics(self):
        vantages = "\n".join([inv.AUTHORITATIVE, inv.LONE_FORWARD, inv.NOBODY])
        path = self.write("inventory.yaml", inv.inventory(vantages, inv.OWN, inv.FAULTS))
        for _ in range(2):
            run = self.gate("check", "-qq", "--timeout", "1s", "--history", "history.db", *self.private_root(), path)
            self.assertIn(run.exit, (1, 3), run)
            self.assertEqual(run.err, "")
        done = self.gate("history", "export", "--history", "history.db")
        self.assertEqual(done.exit, 0, done)
        said = json.loads(done.out)
        self.assertEqual(len(said["runs"]), 2)
        whole = {one["vantage"]: one for one in said["runs"][0]["latency"] if one["zone"] is None}
        self.assertEqual(set(whole), {"authority", "resolver0", "nobody"})
        for name, one in whole.items():
            self.assertGreater(one["questions"], 0, name)
            lost = one["timeouts"] + one["failures"]
            self.assertEqual(lost == one["questions"], name == "nobody", one)
            self.assertLessEqual(one["p50_ms"], one["p95_ms"])
            self.assertLessEqual(one["p95_ms"], one["p99_ms"])
        servers = [one for one in said["runs"][0]["latency"] if one["zone"] == "mail.example" and one["server"]]
        self.assertTrue(servers)
        self.assertEqual({one["vantage"] for one in servers}, {"authority"})
        zones = {(one["zone"], one["server"]): one for one in said["zones"]}
        serials = [one["serial"] for (zone, server), one in zones.items() if zone == "mail.example" and server]
        self.assertTrue(serials and all(serial for serial in serials), zones)
        self.assertIsNotNone(zones["mail.example", None]["ttl_low_s"], zones)
        # Nothing moved between the two runs, and so there is one state of each.
        self.assertEqual(len(zones), len(said["zones"]))
        self.assertEqual({one["kind"] for one in said["transitions"]}, {"opened"})
        # Without the authority nobody knows what it has; nothing recovers because of that.
        path.write_text(inv.inventory(inv.NOBODY, inv.OWN, inv.FAULTS))
        self.gate("check", "-qq", "--timeout", "100ms", "--history", "history.db", *self.private_root(), path)
        shown = json.loads(self.gate("history", "timeline", "--history", "history.db", "--format", "json").out)
        gone = {(one["rule"], one["target"]["id"]) for one in shown["transitions"] if one["kind"] == "recovered"}
        self.assertNotIn(("ptr-missing", "192.0.2.22"), gone)
