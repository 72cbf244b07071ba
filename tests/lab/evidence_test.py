# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Evidence from real servers: the packets are read by tcpdump, and show the same names; a finding that is fixed is gone."""
import json
import re
import subprocess
import tarfile

from rdnslab import inventories as inv
from rdnslab import process
from rdnslab.case import WorldCase


class Evidence(WorldCase):
    def bundle(self, subject, *options, vantages=(inv.AUTHORITATIVE, inv.LONE_FORWARD), senders=(inv.OWN, inv.FAULTS)):
        path = self.write("inventory.yaml", inv.inventory("\n".join(vantages), *senders))
        made = self.gate("evidence", subject, "-o", "bundle.tar.gz", "--timeout", "1s", *self.private_root(), *options, path)
        self.assertEqual(made.exit, 0, made)
        verified = self.gate("evidence", "verify", "bundle.tar.gz")
        self.assertEqual(verified.exit, 0, verified)
        with tarfile.open(self.folder / "bundle.tar.gz") as tar:
            files = {member.name.split("/", 1)[1]: tar.extractfile(member).read() for member in tar.getmembers()}
        if "packets.pcap" in files:
            (self.folder / "packets.pcap").write_bytes(files["packets.pcap"])
        return {name: content if name == "packets.pcap" else content.decode() for name, content in files.items()}

    def tcpdump(self, *options):
        # Debian's tcpdump wants to become a user of its own where it is root: here it is nobody.
        done = subprocess.run(["unshare", "-U", process.tool("tcpdump"), "-n", "-r", "packets.pcap", *options], cwd=self.folder,
                              env=process.environment(), capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_tcpdump_reads_the_packets(self):
        files = self.bundle("192.0.2.20")
        shown = self.tcpdump("-vv")
        self.assertTrue("PTR? 20.2.0.192.in-addr.arpa." in shown, shown[:2000])
        answers = re.findall(r"PTR ([a-z0-9.-]+)\.", shown)
        for name in re.findall(r"IN PTR ([a-z0-9.-]+)\.\n", files["transcripts.txt"]):
            self.assertIn(name, answers)
        self.assertNotRegex(shown, r"bad (udp )?cksum|bad length|\[\|domain\]|truncated-ip|incorrect")
        self.assertTrue("[udp sum ok]" in shown)
        counted = json.loads(files["manifest.json"])
        self.assertEqual({one["name"]: one["origin"] for one in counted["files"]}["packets.pcap"], "captured")
        self.assertGreater(counted["packets"]["captured"], 4)

    def test_tcp_is_read_too(self):
        self.bundle("192.0.2.20")
        shown = self.tcpdump("-v", "tcp")
        self.assertIn("SOA", shown)
        self.assertNotIn("incorrect", shown)

    def test_messages_are_as_they_were(self):
        """Each message of the capture is one that a parser of its own reads, a reply to each query."""
        self.bundle("192.0.2.20")
        data = (self.folder / "packets.pcap").read_bytes()
        at, asked, answered = 24, set(), set()
        while at < len(data):
            size = int.from_bytes(data[at + 8:at + 12], "little")
            packet = data[at + 16:at + 16 + size]
            at += 16 + size
            if packet[0] >> 4 != 4 or packet[9] != 17:
                continue
            message = packet[28:]
            (answered if message[2] & 0x80 else asked).add((message[:2], packet[20:22] if not message[2] & 0x80 else packet[22:24]))
        self.assertTrue(answered)
        self.assertEqual(answered - asked, set())

    def test_serials_delegation_and_walk(self):
        files = self.bundle("192.0.2.20")
        self.assertRegex(files["delegation.txt"], r"zone 2\.0\.192\.in-addr\.arpa\., delegated by")
        self.assertRegex(files["delegation.txt"], r"; name server +address +serial +zone transfer\n\S+ +[0-9a-f.:]+ +\d+ ")
        self.assertIn("; walk from the root", files["delegation.txt"])
        self.assertNotIn("; walk from the root", self.bundle("192.0.2.20", "--no-walk")["delegation.txt"])

    def test_zones_that_were_given_away_stay_out(self):
        self.bundle("192.0.2.20")
        self.assertNotRegex(self.tcpdump("-v"), r"> 0\.0\.0\.0.*AXFR\?.*\d+/\d+/\d+ .*SOA")

    def test_live_finding_by_fingerprint_and_ticket(self):
        path = self.write("inventory.yaml", inv.inventory(inv.AUTHORITATIVE, inv.OWN, inv.FAULTS))
        report = self.gate("check", "--format", "json", "--timeout", "1s", *self.private_root(), path).report
        finding = next(one for one in report["findings"] if one["target"]["id"] == "192.0.2.22" and one["severity"] == "error")
        files = self.bundle(finding["fingerprint"][:12], vantages=(inv.AUTHORITATIVE,))
        self.assertEqual(json.loads(files["findings.json"])["findings"][0]["fingerprint"], finding["fingerprint"])
        for subject, exit_code in (("192.0.2.10", 0), ("192.0.2.22", 1)):
            status = self.gate("ticket", "status", subject, "--timeout", "1s", *self.private_root(), path)
            self.assertEqual(status.exit, exit_code, status)
        status = self.gate("ticket", "status", "bundle.tar.gz", "--timeout", "1s", *self.private_root(), path)
        self.assertEqual(status.exit, 1, status)

    def test_nobody_answers(self):
        """A dead network makes a bundle that says so, and no finding."""
        path = self.write("inventory.yaml", inv.inventory(inv.NOBODY, inv.OWN))
        made = self.gate("evidence", "192.0.2.10", "-o", "dead.tar.gz", "--timeout", "500ms", path)
        self.assertEqual(made.exit, 0, made)
        with tarfile.open(self.folder / "dead.tar.gz") as tar:
            findings = json.load(tar.extractfile(next(one for one in tar.getnames() if one.endswith("/findings.json"))))
        self.assertEqual([one for one in findings["findings"] if one["certainty"] == "confirmed" and one["rule"].startswith("ptr")], [])
        status = self.gate("ticket", "status", "192.0.2.10", "--timeout", "500ms", path)
        self.assertEqual(status.exit, 3, status)
