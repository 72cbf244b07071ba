# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""DNS over TLS to real resolvers: the same findings as over UDP, and nothing at all from one that cannot prove who it is."""
import contextlib
import socket
import threading

from check_test import FINDINGS
from rdnslab import inventories as inv
from rdnslab import zones
from rdnslab.case import WorldCase, scratch
from rdnslab.certificates import Authority
from rdnslab.servers import KnotResolver, Unbound

NAME, ADDRESSES = "dns.corp.example", ("127.0.1.20", "127.0.1.21")
EXPIRED, STRANGER, NAMELESS = "127.0.1.22", "127.0.1.23", "127.0.1.24"
RUDE = "127.0.1.25"


def vantage(address, keys, name="tls"):
    return f"  - {{name: {name}, kind: forward, address: {address}, operator: {name}, {keys}}}"


@contextlib.contextmanager
def rude_server(words):
    """Says the words to whoever connects, and hangs up."""
    with socket.create_server((RUDE, 853)) as listener:
        def serve():
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    with connection:
                        connection.recv(4096)
                        connection.sendall(words)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


class Unsigned(WorldCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = scratch()
        cls.authority, other = Authority(folder / "ca"), Authority(folder / "other-ca")
        right = cls.authority.issue(NAME, f"DNS:{NAME},IP:{ADDRESSES[0]}")
        kinds = (Unbound, KnotResolver if KnotResolver.can_run() else Unbound)
        cls.resolvers = [kind(folder / address, address, cls.world.root_hints, cls.world.trust_anchor, tls=right)
                         for kind, address in zip(kinds, ADDRESSES)]
        # They answer as well as the others: only what they show is not to be trusted.
        for address, shown in ((EXPIRED, cls.authority.issue("expired", f"DNS:{NAME}", days=-1)),
                               (STRANGER, other.issue("stranger", f"DNS:{NAME}")),
                               (NAMELESS, cls.authority.issue(NAME + ".", ""))):
            cls.resolvers.append(Unbound(folder / address, address, cls.world.root_hints, cls.world.trust_anchor, tls=shown))
        for resolver in cls.resolvers:
            cls.addClassCleanup(resolver.stop)
            resolver.start()
        for resolver in cls.resolvers:
            resolver.wait_until_ready()

    def check(self, vantages, *senders, options=()):
        self.write("ca.pem", self.authority.certificate.read_text())
        path = self.write("inventory.yaml", inv.inventory(vantages, *senders))
        return self.gate("check", "--format", "json", *options, path)

    def both(self):
        return "\n".join(vantage(address, f"tls_name: {NAME}, tls_ca: ca.pem", name)
                         for address, name in zip(ADDRESSES, ("one", "two")))

    def test_says_what_udp_says(self):
        right = self.check(self.both(), inv.OWN, inv.CLASSLESS)
        self.assertEqual(right.exit, 0, right)
        self.assertEqual(right.findings("error", "warning"), set(), right)
        run = self.check(self.both(), inv.OWN, inv.CLASSLESS, inv.FAULTS)
        self.assertEqual(run.exit, 1, run)
        self.assertEqual(run.findings("error", "warning"), FINDINGS, run)
        self.assertEqual({f["certainty"] for f in run.report["findings"] if f["severity"] == "error"}, {"confirmed"}, run)

    def test_facts_name_the_server_and_its_port(self):
        self.check(self.both(), inv.OWN, options=["--record", "run.facts"])
        shown = self.gate("facts", "show", "run.facts")
        self.assertIn(f"{ADDRESSES[0]}#853", shown.out, shown)

    def test_certificate_may_be_for_the_address(self):
        run = self.check(vantage(ADDRESSES[0], f"tls_name: {ADDRESSES[0]}, tls_ca: ca.pem"), inv.OWN)
        self.assertEqual(run.exit, 0, run)

    def test_nothing_is_learnt_from_a_server_that_proves_nothing(self):
        """Every one of them would answer whoever did not look; the inventory is full of faults, and none is found."""
        trusted = f"tls_name: {NAME}, tls_ca: ca.pem"
        for case, address, keys, reason in (
                ("another name", ADDRESSES[0], "tls_name: dns.example, tls_ca: ca.pem", "the certificate is not for dns.example"),
                ("another address", ADDRESSES[1], f"tls_name: {ADDRESSES[1]}, tls_ca: ca.pem",
                 f"the certificate is not for {ADDRESSES[1]}"),
                ("expired", EXPIRED, trusted, "the certificate is not trusted: certificate has expired"),
                ("an unknown authority", STRANGER, trusted, "the certificate is not trusted: unable to get local issuer"),
                ("only a Common Name", NAMELESS, trusted, f"the certificate is not for {NAME}"),
                ("the system's authorities", ADDRESSES[0], f"tls_name: {NAME}", "the certificate is not trusted: "),
                ("nobody there", zones.NOBODY, trusted, "Connection refused"),
                ("no TLS at this port", ADDRESSES[0], trusted + ", port: 53", "TLS")):
            with self.subTest(case):
                run = self.check(vantage(address, keys), inv.OWN, inv.FAULTS)
                self.assertEqual(run.exit, 3, run)
                # The one fault that the inventory shows without any network is all that is known.
                self.assertEqual({f["rule"] for f in run.report["findings"] if f["certainty"] != "inconclusive"},
                                 {"helo-ptr-mismatch"}, run)
                told = [f["message"] for f in run.report["findings"] if f["rule"] == "resolver-unreachable"]
                self.assertEqual(len(told), 1, run)
                self.assertIn("over TLS: ", told[0])
                self.assertIn(reason, told[0])
                self.assertEqual(run.report["vantages"][0]["unanswered"], run.report["vantages"][0]["questions"], run)

    def test_server_that_speaks_no_tls(self):
        for words, reason in ((b"HTTP/1.1 400 Bad Request\r\n\r\n", "over TLS: no TLS with this server: wrong version number"),
                              (b"", "over TLS: the server closed the connection in the TLS handshake")):
            with self.subTest(reason), rude_server(words):
                run = self.check(vantage(RUDE, f"tls_name: {NAME}, tls_ca: ca.pem"), inv.OWN, inv.FAULTS)
                self.assertEqual(run.exit, 3, run)
                self.assertIn(reason, run.out, run)

    def test_many_questions_on_few_connections(self):
        """More than are under way at once; the zone has few of the names, so that each address has its finding."""
        pool = '  - {name: pool, helo: mx1.mail.example, addresses: [{range: 192.0.2.64/26, ptr: "p-{4}.mail.example"},' \
               ' {range: 192.0.2.128/25, ptr: "p-{4}.mail.example"}]}\n'
        over_udp, over_tls = (self.check(vantages, pool) for vantages in (inv.FORWARD, self.both()))
        self.assertEqual(len([f for f in over_tls.report["findings"] if f["rule"] == "ptr-missing"]), 192)
        self.assertEqual(over_tls.findings(), over_udp.findings())
        self.assertEqual([v["unanswered"] for v in over_tls.report["vantages"]], [0, 0], over_tls)

    def test_certificates_that_cannot_be_read_end_the_run(self):
        self.write("empty.pem", "")
        for file, error in (("gone.pem", "cannot be read"), ("empty.pem", "holds no trusted certificates")):
            run = self.check(vantage(ADDRESSES[0], f"tls_name: {NAME}, tls_ca: {file}"), inv.OWN)
            self.assertEqual(run.exit, 2, run)
            self.assertIn(error, run.err)


class Signed(Unsigned):
    signed = True

    def test_bogus_over_tls_is_never_missing(self):
        run = self.check(self.both(), inv.OWN, inv.BROKEN)
        self.assertEqual(run.exit, 3, run)
        found = [f for f in run.report["findings"] if f["target"]["id"] == "203.0.113.20"]
        self.assertEqual([(f["rule"], f["certainty"]) for f in found], [("ptr-lookup-failed", "inconclusive")], run)
        self.assertIn("bogus", found[0]["message"])
