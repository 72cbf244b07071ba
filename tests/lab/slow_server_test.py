# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""One of two name servers of a zone that is slow, while the other is not: a watch says which, and a history knows both."""
import json

from rdnslab.case import LabCase, scratch
from rdnslab.distance import Relay
from rdnslab.servers import Nsd

ROOT, FIRST, SECOND, BEHIND = (f"127.0.8.{n}" for n in (1, 2, 3, 4))
REVERSE, FORWARD = "2.0.192.in-addr.arpa", "mail.example"
HOSTS = range(10, 16)
SLOW = f"ns2.nic {SECOND}"

INVENTORY = f"""version: 1
vantages: [{{name: authority, kind: authoritative}}]
standards: {{latency: {{warn: 150ms, fail: 10s}}}}
zones:
  - {{name: {REVERSE}, managed_by: ticket, contact: noc@hoster.example}}
  - {{name: {FORWARD}, managed_by: ticket, contact: noc@hoster.example}}
senders:
""" + "".join(f"  - {{name: mx{n}, helo: mx{n}.mail.example, addresses: [192.0.2.{n}]}}\n" for n in HOSTS)


def zone(origin, records):
    return f"$ORIGIN {origin}.\n@ 3600 IN SOA ns1.nic. hostmaster.nic. 7 3600 900 604800 300\n" \
           f"@ 3600 IN NS ns1.nic.\n@ 3600 IN NS ns2.nic.\n{records}"


class SlowServer(LabCase):
    def setUp(self):
        super().setUp()
        folder = scratch() / "servers"
        folder.mkdir()
        root = folder / "root.zone"
        root.write_text("$ORIGIN .\n@ 3600 IN SOA root.nic. hostmaster.nic. 1 3600 900 604800 300\n@ 3600 IN NS root.nic.\n"
                        + "".join(f"{name}. 3600 IN NS ns{n}.nic.\n" for name in (REVERSE, FORWARD) for n in (1, 2))
                        + f"root.nic. 3600 IN A {ROOT}\nns1.nic. 3600 IN A {FIRST}\nns2.nic. 3600 IN A {SECOND}\n")
        self.hints = folder / "root.hints"
        self.hints.write_text(f". 3600 IN NS root.nic.\nroot.nic. 3600 IN A {ROOT}\n")
        texts = {REVERSE: "".join(f"{n} 3600 IN PTR mx{n}.mail.example.\n" for n in HOSTS),
                 FORWARD: "".join(f"mx{n} 3600 IN A 192.0.2.{n}\n" for n in HOSTS)}
        files = {}
        for origin, records in texts.items():
            files[origin] = folder / f"{origin}.zone"
            files[origin].write_text(zone(origin, records))
        servers = [Nsd(folder / "root", ROOT, {".": root}), Nsd(folder / "first", FIRST, files), Nsd(folder / "behind", BEHIND, files)]
        for server in servers:
            server.start()
            self.addCleanup(server.stop)
        for server in servers:
            server.wait_until_ready()
        self.path = self.write("inventory.yaml", INVENTORY)

    def watch(self, delay):
        relay = Relay(SECOND, BEHIND, delay)
        try:
            run = self.gate("watch", "--every", "1s", "--looks", "1", "--confirm", "1", "--format", "json", "--history", "history.db",
                            "--timeout", "3s", "--root-hints", self.hints, self.path)
        finally:
            relay.stop()
        self.assertIn(run.exit, (0, 1), run)
        events = [json.loads(line) for line in run.out.splitlines()]
        return [one for event in events for one in event["transitions"] if one["rule"] == "watch-slow"]

    def test_one_of_two(self):
        slow = self.watch(0.25)
        self.assertEqual({one["target"]["id"] for one in slow}, {f"authority for {REVERSE}", f"authority for {FORWARD}"}, slow)
        for one in slow:
            self.assertEqual((one["kind"], one["severity"], one["observed"]), ("opened", "warning", f"slower at {SLOW} only"))
        known = json.loads(self.gate("history", "export", "--history", "history.db").out)
        rows = {row["server"]: row for row in known["runs"][0]["latency"] if row["zone"] == REVERSE and row["server"]}
        self.assertEqual(set(rows), {f"ns1.nic {FIRST}", SLOW}, rows)
        self.assertLess(rows[f"ns1.nic {FIRST}"]["p50_ms"], 150)
        self.assertGreater(rows[SLOW]["p50_ms"], 245)
        serials = {(row["zone"], row["server"]): row["serial"] for row in known["zones"]}
        self.assertEqual(serials.get((REVERSE, SLOW)), 7, serials)
        # And it is over when it is over.
        ended = self.watch(0)
        self.assertEqual({one["kind"] for one in ended}, {"recovered"}, ended)
