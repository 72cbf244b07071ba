# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""The lab is what the other tests take it for, told by dig and nsupdate alone."""
import subprocess

from rdnslab import zones
from rdnslab.case import WorldCase
from rdnslab.process import dig

RESOLVER = zones.RESOLVERS[0]
PRIMARY = zones.PRIMARY[1]


def flags(server, name, rrtype, *options):
    text = subprocess.run(["dig", f"@{server}", name, rrtype, "+dnssec", "+tries=1", *options], text=True,
                          capture_output=True, check=True).stdout
    line = next(line for line in text.splitlines() if line.startswith(";; flags:"))
    status = text.split("status: ", 1)[1].split(",", 1)[0]
    return status, set(line.removeprefix(";; flags:").split(";")[0].split())


class Unsigned(WorldCase):
    def test_recursion_reaches_every_zone(self):
        for name, rrtype, expected in [
                ("10.2.0.192.in-addr.arpa", "PTR", ["mx1.mail.example."]),
                ("mx1.mail.example", "AAAA", ["2001:db8::10"]),
                ("10.100.51.198.in-addr.arpa", "PTR",
                 ["10.0-63.100.51.198.in-addr.arpa.", "branch.mail.example."]),
                ("20.113.0.203.in-addr.arpa", "PTR", ["mx7.mail.example."])]:
            for resolver in zones.RESOLVERS:
                self.assertEqual(dig(resolver, name, rrtype), expected)

    def test_primary_is_authoritative(self):
        status, seen = flags(PRIMARY, "10.2.0.192.in-addr.arpa", "PTR")
        self.assertEqual((status, "aa" in seen), ("NOERROR", True))
        self.assertEqual(flags(RESOLVER, "22.2.0.192.in-addr.arpa", "PTR")[0], "NXDOMAIN")


class Signed(WorldCase):
    signed = True

    def test_answers_validate(self):
        for name, rrtype in [("10.2.0.192.in-addr.arpa", "PTR"), ("mx1.mail.example", "A"),
                             ("10.100.51.198.in-addr.arpa", "PTR"), ("22.2.0.192.in-addr.arpa", "PTR")]:
            self.assertIn("ad", flags(RESOLVER, name, rrtype)[1], name)

    def test_broken_signature_is_bogus(self):
        self.assertEqual(flags(RESOLVER, "20.113.0.203.in-addr.arpa", "PTR")[0], "SERVFAIL")
        self.assertEqual(flags(RESOLVER, "20.113.0.203.in-addr.arpa", "PTR", "+cd")[0], "NOERROR")


class Updates(WorldCase):
    fresh = True

    SCRIPT = f"server {PRIMARY}\nzone mail.example.\nupdate add new.mail.example. 60 IN A 192.0.2.77\nsend\n"

    def test_the_key_opens_the_zone_and_nothing_else_does(self):
        script = self.write("script", self.SCRIPT)
        code, text = self.nsupdate(script)
        self.assertNotEqual(code, 0, text)
        self.assertEqual(dig(PRIMARY, "new.mail.example", "A"), [])
        code, text = self.nsupdate(script, "-k", self.world.knot.key_file)
        self.assertEqual(code, 0, text)
        self.assertEqual(dig(PRIMARY, "new.mail.example", "A"), ["192.0.2.77"])
