# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Two name servers of one zone that hold different records, by real servers: whoever asks one of them meets either by
chance, and all runs have one verdict (RDNSGATE_LOT_RUNS says how many). And a resolver that is dead beside one that answers."""
import os

from rdnslab.case import LabCase, scratch
from rdnslab.servers import Knot, Nsd, Unbound

ROOT, FIRST, SECOND, RESOLVER, DEAD = (f"127.0.7.{n}" for n in (1, 2, 3, 10, 99))
REVERSE, FORWARD = "2.0.192.in-addr.arpa", "mail.example"
RUNS = int(os.environ.get("RDNSGATE_LOT_RUNS", "3"))  # each takes as long as a lagging secondary is given

BOTH_SAY = ("ptr-servers-differ", "fcrdns-servers-differ", "deleg-data-differs", "deleg-soa-serial-differs")
ALONE = "  - {name: authority, kind: authoritative}"
BESIDE = ALONE + "\n  - {name: own, kind: recursive}"
ALL = BESIDE + f"\n  - {{name: office, kind: forward, address: {RESOLVER}}}"

PTR, OTHER_PTR = "10 3600 IN PTR mx1.mail.example.\n", "10 3600 IN PTR before.mail.example.\n"
A, OTHER_A = "mx1 3600 IN A 192.0.2.10\n", "mx1 3600 IN A 192.0.2.99\n"
BEFORE = "before 3600 IN A 192.0.2.10\n"


def zone(serial, records, times="3600 900 604800 300"):
    return f"@ 3600 IN SOA ns1.nic. hostmaster.nic. {serial} {times}\n" \
           f"@ 3600 IN NS ns1.nic.\n@ 3600 IN NS ns2.nic.\n{records}"


class ServersDiffer(LabCase):
    apart = True
    seconds = 40

    def serve(self, name, first, second, resolver=True):
        """`first` and `second`: serial and records of the zone at each of the two servers."""
        folder = scratch() / name
        folder.mkdir()
        root = folder / "root.zone"
        root.write_text("$ORIGIN .\n@ 3600 IN SOA root.nic. hostmaster.nic. 1 3600 900 604800 300\n@ 3600 IN NS root.nic.\n"
                        + "".join(f"{zone}. 3600 IN NS ns{n}.nic.\n" for zone in (REVERSE, FORWARD) for n in (1, 2))
                        + f"root.nic. 3600 IN A {ROOT}\nns1.nic. 3600 IN A {FIRST}\nns2.nic. 3600 IN A {SECOND}\n")
        self.hints = folder / "root.hints"
        self.hints.write_text(f". 3600 IN NS root.nic.\nroot.nic. 3600 IN A {ROOT}\n")
        files = {}
        for origin in (REVERSE, FORWARD):
            files[origin] = folder / f"{origin}.zone"
            files[origin].write_text(f"$ORIGIN {origin}.\n{zone(*first[origin])}")
        texts = {origin: f"$ORIGIN {origin}.\n{zone(*second[origin])}" for origin in (REVERSE, FORWARD)}
        servers = [Nsd(folder / "root", ROOT, {".": root}), Nsd(folder / "first", FIRST, files),
                   Knot(folder / "second", SECOND, texts, signed=False)]
        if resolver:
            servers.append(Unbound(folder / "resolver", RESOLVER, self.hints))
        for server in servers:
            server.start()
            self.addCleanup(server.stop)
        for server in servers:
            server.wait_until_ready()

    def check(self, vantages, *options):
        path = self.write("inventory.yaml", f"""version: 1
vantages:
{vantages}
zones:
  - {{name: {REVERSE}, managed_by: ticket, contact: noc@hoster.example}}
  - {{name: {FORWARD}, managed_by: ticket, contact: noc@hoster.example}}
senders:
  - {{name: mx1, helo: mx1.mail.example, addresses: [192.0.2.10]}}
rules: {{addr-documentation: off, ptr-special-use-name: off, deleg-soa-timers: off}}
""")
        return self.gate("check", "--format", "json", "--timeout", "3s", "--root-hints", self.hints, *options, path)

    def found(self, run):
        """What is said of the address, apart from how the servers are set up."""
        return {(f["rule"], f["certainty"]) for f in run.report["findings"]
                if f["target"]["id"] == "192.0.2.10" and not f["rule"].startswith("deleg-")}

    def assert_trace_agrees(self):
        """The rules that both judge by say the same, of an address and of the zones that it takes."""
        runs = [self.gate("trace", "--format", "json", "--timeout", "3s", "--root-hints", self.hints, *question)
                for question in (("192.0.2.10",), ("mx1.mail.example", "A"))]
        said = {(f["rule"], f["severity"], f["certainty"]) for f in self.check(ALONE).report["findings"]
                if f["rule"] in BOTH_SAY and f["severity"] in ("error", "warning")}
        traced = {(f["rule"], f["severity"], f["certainty"]) for run in runs for cut in run.report["cuts"]
                  for f in cut["findings"]}
        self.assertEqual(traced, said, f"{runs[0]}\n{runs[1]}")
        faults = any(severity == "error" and certainty == "confirmed" for _, severity, certainty in said)
        self.assertEqual(any(run.exit == 1 for run in runs), faults, f"{runs[0]}\n{runs[1]}")
        self.assertTrue(said)

    def assert_one_verdict(self, exit, expected):
        self.assert_trace_agrees()
        for vantages in (ALONE, BESIDE, ALL):
            seen = set()
            for _ in range(2 if vantages == ALONE else RUNS):
                run = self.check(vantages)
                seen.add((run.exit, frozenset(self.found(run))))
            self.assertEqual(seen, {(exit, frozenset(expected))}, f"{vantages}\n{run}")
        return run

    def test_a_secondary_that_is_behind(self):
        self.serve("behind", {REVERSE: (2, PTR), FORWARD: (1, A + BEFORE)}, {REVERSE: (1, OTHER_PTR), FORWARD: (1, A + BEFORE)})
        run = self.assert_one_verdict(0, {("ptr-servers-differ", "transient")})
        finding = next(f for f in run.report["findings"] if f["rule"] == "ptr-servers-differ")
        for text in ("mx1.mail.example at ns1.nic (127.0.7.2, serial 2)", "before.mail.example at ns2.nic (127.0.7.3, serial 1)"):
            self.assertIn(text, finding["message"])
        self.assertIsNotNone(finding["clears_at"])
        self.assertEqual(self.check(ALL, "--transient", "fail").exit, 1)

    def test_a_secondary_that_should_long_have_transferred(self):
        self.serve("overdue", {REVERSE: (2020010102, PTR), FORWARD: (1, A + BEFORE)},
                   {REVERSE: (2020010101, OTHER_PTR), FORWARD: (1, A + BEFORE)})
        self.assert_one_verdict(1, {("ptr-servers-differ", "confirmed")})

    def test_one_serial_and_another_record_or_none(self):
        for name, other in ("another", OTHER_PTR), ("none", ""):
            with self.subTest(name):
                self.serve(name, {REVERSE: (1, PTR), FORWARD: (1, A + BEFORE)}, {REVERSE: (1, other), FORWARD: (1, A + BEFORE)})
                self.assert_one_verdict(1, {("ptr-servers-differ", "confirmed")})
                self.doCleanups()

    def test_forward_records(self):
        for name, serial, other, exit, certainty in (("forward-behind", 1, OTHER_A, 0, "transient"),
                                                     ("forward-other", 2, OTHER_A, 1, "confirmed"),
                                                     ("forward-none", 2, "", 1, "confirmed")):
            with self.subTest(name):
                self.serve(name, {REVERSE: (1, PTR), FORWARD: (2, A)}, {REVERSE: (1, PTR), FORWARD: (serial, other)})
                self.assert_one_verdict(exit, {("fcrdns-servers-differ", certainty)})
                self.doCleanups()

    def test_a_dead_resolver_beside_one_that_answers(self):
        both = {REVERSE: (1, PTR), FORWARD: (1, A)}
        self.serve("quorum", both, both)
        resolver = f"  - {{name: office, kind: forward, address: {RESOLVER}}}\n"
        dead = f"  - {{name: dead, kind: forward, address: {DEAD}}}"
        for vantages in (resolver + dead, ALONE + "\n" + dead, BESIDE + "\n" + dead, dead + "\n" + resolver.rstrip()):
            run = self.check(vantages)
            self.assertEqual(run.exit, 0, run)
            finding = next(f for f in run.report["findings"] if f["rule"] == "resolver-unreachable")
            self.assertEqual((finding["severity"], finding["certainty"], finding["target"]["id"]),
                             ("warning", "confirmed", "dead"), run)
            self.assertGreater(run.report["summary"]["unanswered"], 0, run)
            self.assertEqual(run.report["summary"]["inconclusive"], 0, run)
            self.assertEqual(self.check(vantages, "--fail-on", "warning").report["verdict"],
                             self.check(vantages.replace(dead, "").strip("\n"), "--fail-on", "warning").report["verdict"])
            self.assertEqual(self.check(vantages, "--quorum", "all").exit, 3)
        self.assertEqual(self.check(resolver + dead, "--quorum", "confirmed").exit, 3)
        self.assertEqual(self.check(ALONE + "\n" + dead, "--quorum", "confirmed").exit, 0)

    def test_what_one_resolver_alone_finds_wrong_is_not_confirmed_by_a_dead_one(self):
        both = {REVERSE: (1, ""), FORWARD: (1, A)}
        self.serve("missing", both, both)
        run = self.check(f"  - {{name: office, kind: forward, address: {RESOLVER}}}\n  - {{name: dead, kind: forward, address: {DEAD}}}")
        self.assertEqual((run.exit, self.found(run)), (3, {("ptr-missing", "inconclusive")}), run)
