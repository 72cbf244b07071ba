# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""`rdnsgate trace` walks through real servers: whole chains, and delegations that are broken in one way each."""
from rdnslab import zones
from rdnslab.case import LabCase, WorldCase, scratch
from rdnslab.fault_world import FaultWorld


class Trace(WorldCase):
    def trace(self, *arguments):
        return self.gate("trace", "--root-hints", self.world.root_hints, "--format", "json", *arguments)

    def complaints(self, run):
        """(zone, fault, weight) of all that was said, notes too."""
        return {(cut["zone"], complaint["fault"], complaint["weight"]) for cut in run.report["cuts"]
                for complaint in cut["complaints"]}


class Unsigned(Trace):
    dnssec = "unsigned"

    def test_whole_chain(self):
        run = self.trace("192.0.2.10")
        self.assertEqual((run.exit, run.report["verdict"], run.report["end"]), (0, "pass", "answer"), run)
        self.assertEqual([cut["zone"] for cut in run.report["cuts"]],
                         [".", "arpa", "in-addr.arpa", "2.0.192.in-addr.arpa"], run)
        self.assertEqual(run.report["answer"]["rdata"], ["mx1.mail.example."], run)
        self.assertEqual(self.complaints(run), set(), run)
        self.assertEqual({cut["dnssec"] for cut in run.report["cuts"][1:]}, {self.dnssec}, run)
        for cut in run.report["cuts"]:
            for server in cut["servers"]:
                for address in server["addresses"]:
                    self.assertIsNotNone(address["serial"], run)
                    self.assertTrue(address["soa_udp"]["authoritative"] and address["soa_tcp"]["authoritative"], run)

    def test_classless_reverse_zone(self):
        run = self.trace("198.51.100.10")
        self.assertEqual(run.exit, 0, run)
        self.assertEqual([cut["zone"] for cut in run.report["cuts"]][-2:],
                         ["100.51.198.in-addr.arpa", "0-63.100.51.198.in-addr.arpa"], run)
        self.assertEqual([alias["owner"] for alias in run.report["aliases"]], ["10.100.51.198.in-addr.arpa"], run)
        self.assertEqual(run.report["answer"]["rdata"], ["branch.mail.example."], run)

    def test_denials_are_whole_chains(self):
        run = self.trace("192.0.2.22")
        self.assertEqual((run.exit, run.report["end"], run.report["zone"]), (0, "nxdomain", "2.0.192.in-addr.arpa"), run)
        run = self.trace("mx1.mail.example", "MX")
        self.assertEqual((run.exit, run.report["end"], run.report["zone"]), (0, "nodata", "mail.example"), run)
        run = self.trace("a.b.mail.example")
        self.assertEqual((run.exit, run.report["missing"]), (0, "b.mail.example"), run)

    def test_text_ends_with_a_conclusion(self):
        run = self.gate("trace", "--root-hints", self.world.root_hints, "2001:db8::10")
        self.assertEqual(run.exit, 0, run)
        self.assertIn(" IN PTR mx1.mail.example.", run.out)
        self.assertTrue(run.out.splitlines()[-1].endswith("the chain is whole"), run)

    def test_root_that_does_not_exist(self):
        hints = self.write("hints", f". 3600 IN NS root.nic.\nroot.nic. 3600 IN A {zones.NOBODY}\n")
        run = self.gate("trace", "--root-hints", hints, "192.0.2.10")
        self.assertIn(run.exit, (1, 3), run)
        self.assertNotIn("does not exist", run.out)


class Broken(Trace):
    def broken(self, zone, *expected, exit=1):
        run = self.trace(f"host.{zone}")
        self.assertEqual((run.exit, self.complaints(run)), (exit, {(zone, *item) for item in expected}), run)
        # The provider holds the zone: what is wrong beside it hides nothing.
        self.assertEqual((run.report["answer"] or {}).get("rdata"), ["192.0.2.80"], run)
        return run

    def test_lame_server(self):
        run = self.broken("lame.example", ("lame-refused", "fault"))
        complaint = run.report["cuts"][-1]["complaints"][0]
        self.assertEqual((complaint["server"], complaint["address"]), ("primary.nic", zones.PRIMARY[1]), run)

    def test_server_that_is_down(self):
        self.broken("down.example", ("not-listening", "fault"))

    def test_server_without_an_address(self):
        self.broken("noaddress.example", ("no-address", "fault"))

    def test_parent_and_child_differ(self):
        run = self.broken("mismatch.example", ("ns-mismatch", "fault"))
        self.assertIn("only in the zone: provider2.nic", run.report["cuts"][-1]["complaints"][0]["detail"], run)

    def test_ds_without_a_key(self):
        self.broken("nokey.example", ("ds-without-dnskey", "fault"))


class Signed(Unsigned):
    signed = True
    dnssec = "matches"

    def test_signatures_and_signed_denials_are_seen(self):
        run = self.trace("192.0.2.10")
        for server in run.report["cuts"][-1]["servers"]:
            for address in server["addresses"]:
                self.assertGreater(min(address["soa_udp"]["signatures"], address["dnskey"]["signatures"]), 0, run)
                for question in ("cds", "cdnskey"):
                    reply = address[question]
                    self.assertTrue(reply["signatures"] if reply["reply"] == "answer" else reply["signed_denial"], run)
        for server in run.report["cuts"][1]["servers"]:  # one label: left alone
            self.assertEqual([address["cds"] for address in server["addresses"] if address["cds"]], [], run)


class Signatures(LabCase):
    """Zones whose delegation is whole and whose signatures are not."""
    seconds = 50

    @classmethod
    def setUpClass(cls):
        cls.world = FaultWorld(scratch() / "world")
        cls.addClassCleanup(cls.world.stop)
        cls.world.start()

    FAULTS = {
        "signed": set(),
        "unsigned": set(),
        "bogus": {"signature-broken"},
        "expired": {"signature-expired"},
        "not-yet-valid": {"signature-not-yet-valid"},
        "signature-missing": {"signature-missing"},
        "ds-without-dnskey": {"ds-without-dnskey"},
        "ds-of-another-key": {"ds-mismatch"},
    }

    def test_each_says_why_validators_call_it_bogus(self):
        for name, faults in self.FAULTS.items():
            with self.subTest(name):
                run = self.gate("trace", "--root-hints", self.world.root_hints, "--format", "json",
                                self.world.hosts[name].address)
                found = {complaint["fault"] for complaint in run.report["cuts"][-1]["complaints"]}
                self.assertEqual((run.exit, found), (1 if faults else 0, faults), run)

    def test_the_text_names_the_records(self):
        host = self.world.hosts["bogus"]
        run = self.gate("trace", "--root-hints", self.world.root_hints, host.address)
        self.assertIn(f"do not fit the records or the keys: validators call the records bogus: {host.reverse[:-1]} PTR",
                      run.out)

    def test_it_says_what_check_says(self):
        """The same rules judge: of signatures, open recursion, serials and silence nothing is said by one alone."""
        shared = ("deleg-open-recursor", "deleg-soa-serial-differs", "deleg-udp-unreachable", "deleg-tcp-unreachable",
                  "deleg-parent-child-ns-mismatch", "deleg-data-differs", "ptr-servers-differ")
        names = ("signed", "expired", "not-yet-valid", "ds-of-another-key", "denial-without-proof", "right", "open-recursor",
                 "serial-behind", "one-of-two-silent")
        path = self.write("inventory.yaml", self.world.inventory("  - {name: authority, kind: authoritative}", *names,
                                                                 declare_each=True))
        checked = self.gate("check", "--format", "json", "--timeout", "4s", "--root-hints", self.world.root_hints, path)
        seen = set()
        for name in names:
            host = self.world.hosts[name]
            expected = {(f["rule"], f["severity"]) for f in checked.report["findings"]
                        if f["target"]["id"] in (host.zone, host.address) and f["severity"] in ("error", "warning")
                        and (f["rule"].startswith("dnssec-") or f["rule"] in shared)}
            run = self.gate("trace", "--root-hints", self.world.root_hints, "--format", "json", host.address)
            with self.subTest(name):
                found = {(f["rule"], f["severity"]) for f in run.report["cuts"][-1]["findings"]}
                self.assertEqual(found, expected, run)
                errors = [rule for rule, severity in found if severity == "error"]
                self.assertFalse(errors and run.exit == 0, run)
            seen |= expected
        self.assertGreater(len(seen), 4, seen)
