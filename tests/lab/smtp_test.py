# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""`smtp banner` against a real Postfix, and against servers that misbehave; `check --banners` over what it wrote."""
import contextlib
import hashlib
import json
import socket
import ssl
import subprocess
import sys
import threading
import time
from pathlib import Path

from rdnslab.case import LabCase, scratch
from rdnslab.certificates import Authority
from rdnslab.postfix import Postfix

sys.path.append(str(Path(__file__).resolve().parents[1] / "cli"))
import mail_records_test  # its small reader of schemas

ROOT = Path(__file__).resolve().parents[2]
mail_records_test.SCHEMA = SCHEMA = json.loads((ROOT / "schemas/smtp-banner.schema.json").read_text())
NAME = "mx1.corp.example"
EHLO = b"250-mx1.corp.example\r\n250 SIZE\r\n"


def inventory(*hosts):
    """(sender, address, HELO name) of each; the root is answered from a file without anything in it."""
    lines = "".join(f"  - {{name: {name}, helo: {helo}, addresses: ['{address}']}}\n" for name, address, helo in hosts)
    return f"version: 1\nsenders:\n{lines}"


def is_open(connection):
    """The other side has not hung up."""
    try:
        return connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False  # closed here


class Scripted:
    """A server that does `serve(connection)` with whoever connects; keeps what it was told."""

    def __init__(self, address, serve, port=25):
        self.listener = socket.create_server((address, port), family=socket.AF_INET6 if ":" in address else socket.AF_INET)
        self.serve, self.heard, self.open, self.most_at_once = serve, [], [], 0
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                self.open = [*filter(is_open, self.open), connection]
                self.most_at_once = max(self.most_at_once, len(self.open))
                threading.Thread(target=self.handle, args=[connection], daemon=True).start()

    def handle(self, connection):
        with connection, contextlib.suppress(OSError):
            self.serve(connection, self.heard)

    def stop(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


def saying(greeting, *replies):
    """Says the greeting, and then a reply to each line."""
    def serve(connection, heard):
        connection.sendall(greeting)
        lines = connection.makefile("rb")
        for reply in replies:
            heard.append(lines.readline())
            connection.sendall(reply)
        heard.append(lines.readline())
    return serve


def silent(connection, _heard):
    connection.recv(1)
    time.sleep(30)


def endless(start):
    def serve(connection, _heard):
        connection.sendall(start)
        while True:
            connection.sendall(b"a" * 4096)
    return serve


def dripping(connection, _heard):
    while True:
        connection.sendall(b"2")
        time.sleep(0.2)


def two_certificates_short(connection, heard):
    """TLS ends in the middle of the handshake."""
    saying(b"220 mx1.corp.example ESMTP\r\n", b"250-mx1.corp.example\r\n250 STARTTLS\r\n", b"220 go\r\n")(connection, heard)


class Hostile(LabCase):
    seconds = 12

    def ask(self, serve, *options, name=NAME):
        server = Scripted("127.0.3.1", serve)
        try:
            path = self.write("inventory.yaml", inventory(("a", "127.0.3.1", name)))
            begun = time.monotonic()
            run = self.gate("smtp", "banner", "--timeout", "2s", "--format", "json", *options, path)
            self.assertLess(time.monotonic() - begun, 8, run)
            self.heard = server.heard
        finally:
            server.stop()
        self.assertIn(run.exit, (0, 1, 3), run)
        self.assertIsNone(mail_records_test.fits(run.report, SCHEMA), run)
        return run, run.report["hosts"][0]

    def test_each_failure_has_its_outcome_and_is_no_mismatch(self):
        for case, serve, outcome, step, reason in (
                ("never answers", silent, "timeout", "greeting", "no reply in time"),
                ("one octet at a time", dripping, "timeout", "greeting", "no reply in time"),
                ("closes at once", lambda connection, heard: None, "closed", "greeting", "the server closed the connection"),
                ("a line without an end", endless(b"220 "), "too-long", "greeting", "a reply without an end"),
                ("lines without an end", endless(b"220-a\r\n" * 20000), "too-long", "greeting", "a reply without an end"),
                ("no newline, then closed", saying(b"220 mx1.corp.example"), "timeout", "greeting", "no reply in time"),
                ("another protocol", saying(b"SSH-2.0-OpenSSH_9.2\r\n"), "malformed", "greeting", "a line without a reply code"),
                ("different codes", saying(b"220-a.example\r\n221 b.example\r\n"), "malformed", "greeting",
                 "lines of one reply with different codes"),
                ("another code", saying(b"250 other.example\r\n"), "malformed", "greeting", "the greeting has code 250"),
                ("does not want to", saying(b"554 other.example go away\r\n"), "refused", "greeting", "the greeting has code 554"),
                ("EHLO is refused", saying(b"220 ESMTP\r\n", b"550 no\r\n"), "refused", "ehlo", "EHLO is answered with 550"),
                ("hangs up at EHLO", lambda c, h: (c.sendall(b"220 ESMTP\r\n"), c.recv(100)), "closed", "ehlo",
                 "the server closed the connection"),
        ):
            with self.subTest(case):
                run, host = self.ask(serve)
                self.assertEqual((host["outcome"], host["step"], host["reason"], host["status"], run.exit),
                                 (outcome, step, reason, "unknown", 3), run)

    def test_nobody_there(self):
        path = self.write("inventory.yaml", inventory(("a", "127.0.3.9", NAME)))
        run = self.gate("smtp", "banner", path)
        self.assertEqual(run.exit, 3, run)
        self.assertIn("unknown: 127.0.3.9 (a): Connection refused (unreachable, at connect)", run.out)

    def test_foreign_octets_reach_no_terminal(self):
        """Control characters of both kinds, NUL, a text that turns round, and what is not UTF-8."""
        nasty = b"220 mx1.corp.example \x1b[2J\x00\x07\xe2\x80\xaeevil\x9b31m\xff\r\n"
        for form in ("text", "json"):
            server = Scripted("127.0.3.1", saying(nasty, b"250-mx1.corp.example \x1b]0;x\x07\r\n250 \x1b[31mSIZE\r\n", b"221 bye\r\n"))
            path = self.write("inventory.yaml", inventory(("a", "127.0.3.1", NAME)))
            run = self.gate("smtp", "banner", "--format", form, path)
            server.stop()
            self.assertEqual(run.exit, 0, run)
            for bad in "\x1b\x00\x07\u202e\x9b":
                self.assertNotIn(bad, run.out)

    def test_names_that_are_none_say_nothing(self):
        for greeting, reply in ((b"220 ESMTP\r\n", b"250 OK\r\n"), (b"220 ***** \r\n", b"250 [127.0.3.1]\r\n"), (b"220\r\n", b"250\r\n")):
            run, host = self.ask(saying(greeting, reply, b"221 bye\r\n"))
            self.assertEqual((host["outcome"], host["status"], run.exit), ("answered", "unknown", 3), run)

    def test_match_and_mismatch(self):
        for greeting, reply, status, code in (
                (b"220 MX1.Corp.Example. ESMTP\r\n", EHLO, "match", 0),
                (b"220 ESMTP ready\r\n", EHLO, "match", 0),
                (b"220-mx1.corp.example ESMTP\r\n220 second line\r\n", EHLO, "match", 0),
                (b"220 localhost ESMTP\r\n", EHLO, "mismatch", 1),
                (b"220 mx1.corp.example ESMTP\r\n", b"250 other.example\r\n", "mismatch", 1)):
            run, host = self.ask(saying(greeting, reply, b"221 bye\r\n"))
            self.assertEqual((host["status"], run.exit), (status, code), run)

    def test_says_ehlo_and_quit_and_nothing_else(self):
        self.ask(saying(b"220 mx1.corp.example\r\n", EHLO, b"221 bye\r\n"), "--ehlo", "probe.corp.example")
        self.assertEqual(self.heard[:2], [b"EHLO probe.corp.example\r\n", b"QUIT\r\n"])
        self.ask(saying(b"220 mx1.corp.example\r\n", EHLO, b"221 bye\r\n"))
        self.assertRegex(self.heard[0], rb"^EHLO \[127\.[0-9.]+\]\r\n$")
        self.ask(saying(b"220 mx1.corp.example\r\n", b"502 what\r\n", b"250 mx1.corp.example\r\n", b"221 bye\r\n"))
        self.assertRegex(self.heard[1], rb"^HELO \[")
        self.assertEqual(self.heard[2], b"QUIT\r\n")

    def test_tls_that_fails_is_told_beside_the_name(self):
        offer = b"250-mx1.corp.example\r\n250 STARTTLS\r\n"
        for case, replies, reason in (
                ("refused", (offer, b"454 not now\r\n", b"221 bye\r\n"), "STARTTLS is answered with 454"),
                ("injected", (offer, b"220 go\r\n250 injected\r\n"), "there is more behind the reply to STARTTLS"),
                ("no TLS", (offer, b"220 go\r\n", b"HTTP/1.1 400 Bad Request\r\n\r\n"), "no TLS with this server: wrong version number"),
                ("no reply", (offer,), "the server closed the connection"),
                ("no handshake", (offer, b"220 go\r\n"), "")):
            with self.subTest(case):
                run, host = self.ask(saying(b"220 mx1.corp.example\r\n", *replies))
                self.assertEqual((host["outcome"], host["status"], host["tls"]["outcome"], run.exit), ("answered", "match", "failed", 0), run)
                self.assertIn(reason, host["tls"]["reason"], run)

    def test_certificate_for_another_name(self):
        authority = Authority(self.folder / "ca")
        certificate, key = authority.issue("other", "DNS:other.example,DNS:*.wild.example")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)

        def serve(connection, heard):
            connection.sendall(b"220 mx1.corp.example\r\n")
            connection.recv(100)
            connection.sendall(b"250-mx1.corp.example\r\n250 STARTTLS\r\n")
            connection.recv(100)
            connection.sendall(b"220 go\r\n")
            with context.wrap_socket(connection, server_side=True) as wrapped:
                heard.append(wrapped.recv(100))
                wrapped.sendall(b"221 bye\r\n")

        run, host = self.ask(serve)
        tls = host["tls"]
        self.assertEqual((tls["outcome"], tls["names"], tls["covers"]), ("works", ["other.example", "*.wild.example"], []), run)
        self.assertEqual(self.heard, [b"QUIT\r\n"])
        run, host = self.ask(serve, name="mx9.wild.example")
        self.assertEqual((host["tls"]["covers"], host["status"]), (["mx9.wild.example"], "mismatch"), run)

    def test_one_connection_at_a_time_to_a_sender(self):
        server = Scripted("0.0.0.0", saying(b"220 mx1.corp.example\r\n", EHLO, b"221 bye\r\n"))
        self.addCleanup(server.stop)
        addresses = ", ".join(f"127.0.3.{i}" for i in range(1, 21))
        path = self.write("inventory.yaml", f"version: 1\nsenders: [{{name: a, helo: {NAME}, addresses: [{addresses}]}}]\n")
        run = self.gate("smtp", "banner", path)
        self.assertEqual(run.exit, 0, run)
        self.assertIn("20 match, 0 mismatch, 0 unknown", run.out)
        self.assertEqual(server.most_at_once, 1)

    def test_only_what_is_declared_is_connected_to(self):
        path = self.write("inventory.yaml", inventory(("a", "127.0.3.1", NAME), ("b", "::1", "mx2.corp.example")))
        run = self.gate("smtp", "banner", "--host", "127.0.3.2", path)
        self.assertEqual(run.exit, 2, run)
        self.assertIn('the inventory declares no sender, address or HELO name "127.0.3.2"', run.err)
        server = Scripted("::1", saying(b"220 mx2.corp.example\r\n", b"250 mx2.corp.example\r\n", b"221 bye\r\n"), 2525)
        self.addCleanup(server.stop)
        for host in ("b", "::1", "0:0::1", "MX2.corp.example"):
            run = self.gate("smtp", "banner", "--host", host, "--port", "2525", path)
            self.assertEqual(run.exit, 0, run)
            self.assertIn("1 match, 0 mismatch, 0 unknown", run.out)
        pool = self.write("pool.yaml", 'version: 1\nsenders: [{name: p, helo: "{ptr}", addresses: [{range: 127.1.0.0/20, ptr: "h-{n}.corp.example"}]}]\n')
        run = self.gate("smtp", "banner", pool)
        self.assertEqual(run.exit, 2, run)
        self.assertIn("one run connects to 1000 at most", run.err)

    def test_deadline_ends_it(self):
        servers = [Scripted(f"127.0.3.{i}", silent) for i in range(1, 5)]
        path = self.write("inventory.yaml", f"version: 1\nsenders: [{{name: a, helo: {NAME}, addresses: [127.0.3.1, 127.0.3.2, 127.0.3.3, 127.0.3.4]}}]\n")
        begun = time.monotonic()
        run = self.gate("smtp", "banner", "--deadline", "1s", path)
        for server in servers:
            server.stop()
        self.assertLess(time.monotonic() - begun, 5)
        self.assertEqual(run.exit, 3, run)
        self.assertIn("the deadline passed before it was asked", run.out)


class RealPostfix(LabCase):
    seconds = 10

    @classmethod
    def setUpClass(cls):
        if why := Postfix.lacks():
            cls.skipTest(cls, why)
        folder = scratch()
        pair = Authority(folder / "ca").issue(NAME, f"DNS:{NAME}")
        cls.certificate = pair[0]
        cls.servers = [Postfix(folder / "a", "127.0.4.1", NAME, pair), Postfix(folder / "b", "127.0.4.2", "localhost.localdomain")]
        for server in cls.servers:
            cls.addClassCleanup(server.stop)
            server.start()
        for server in cls.servers:
            server.wait_until_ready()

    def test_says_its_name_and_shows_its_certificate(self):
        path = self.write("inventory.yaml", inventory(("a", "127.0.4.1", NAME)))
        run = self.gate("smtp", "banner", path)
        self.assertEqual(run.exit, 0, run)
        self.assertIn(f"match: 127.0.4.1 (a): says {NAME}, as declared\n", run.out)
        self.assertIn(f"    greeting: {NAME} ESMTP Postfix", run.out)
        self.assertRegex(run.out, rf"STARTTLS: TLSv1.3, certificate for {NAME}, until 20..-..-..\n")
        log = (self.servers[0].folder / "maillog").read_text()
        self.assertIn("ehlo=1 starttls=1 quit=1 commands=3", log)

    def test_its_certificate_is_held_against_tlsa_records(self):
        """By openssl's digests of the certificate that Postfix was given, and of the authority that signed it."""
        path = self.write("inventory.yaml", inventory(("a", "127.0.4.1", NAME)) + "domains: [{name: corp.example, via: [a]}]\nrules: {addr-not-global: off}\n")
        run = self.gate("smtp", "banner", "--format", "json", path)
        self.assertEqual(run.exit, 0, run)
        self.assertIsNone(mail_records_test.fits(run.report, SCHEMA), run)
        self.write("banners.json", run.out)
        der = subprocess.run(["openssl", "x509", "-in", self.certificate, "-outform", "DER"], check=True, capture_output=True).stdout
        public = subprocess.run(["openssl", "x509", "-in", self.certificate, "-noout", "-pubkey"], check=True, capture_output=True).stdout
        key = subprocess.run(["openssl", "pkey", "-pubin", "-outform", "DER"], check=True, capture_output=True, input=public).stdout
        sha256, sha512 = (lambda octets: hashlib.sha256(octets).hexdigest()), (lambda octets: hashlib.sha512(octets).hexdigest())
        shown = run.report["hosts"][0]["tls"]
        self.assertEqual(shown["chain"][0], {"certificate_sha256": sha256(der), "certificate_sha512": sha512(der),
                                             "key_sha256": sha256(key), "key_sha512": sha512(key)}, run)
        self.assertEqual((shown["server_name"], shown["signed_chain"]), (NAME, 1), run)
        other = "00" * 32
        for records, wrong in (([f"3 1 1 {sha256(key)}"], False), ([f"3 0 2 {sha512(der)}"], False), ([f"3 0 0 {der.hex()}"], False),
                               ([f"3 1 1 {other}", f"3 1 2 {sha512(key)}"], False), ([f"3 1 1 {sha256(der)}"], True),
                               ([f"3 1 1 {other}"], True), ([f"2 1 1 {other}"], True), ([f"1 1 1 {other}"], False), ([], False)):
            with self.subTest(records):
                tlsa = "".join(f"_25._tcp.mx1 TLSA {record}\n" for record in records)
                self.write("corp.example.zone", "$TTL 3600\n@ IN SOA ns1.corp.example. h.corp.example. 1 3600 600 86400 300\n@ IN NS ns1.corp.example.\n"
                           f"@ MX 10 mx1\nns1 A 127.0.0.1\nmx1 A 127.0.4.1\n{tlsa}")
                judged = self.gate("check", "--format", "json", "--zone-files", "corp.example.zone", "--banners", "banners.json", path)
                self.assertEqual(("corp.example", "dane-certificate-mismatch") in judged.findings("error"), wrong, judged)
                alone = self.gate("check", "--format", "json", "--zone-files", "corp.example.zone", path)
                self.assertNotIn("dane-certificate-mismatch", alone.out)

    def test_a_mail_host_that_is_no_helo_name_is_asked_for_by_its_name(self):
        path = self.write("inventory.yaml", inventory(("a", "127.0.4.1", NAME)) + "domains: [{name: corp.example, via: [a]}]\nrules: {addr-not-global: off}\n")
        self.write("corp.example.zone", "$TTL 3600\n@ IN SOA ns1.corp.example. h.corp.example. 1 3600 600 86400 300\n@ IN NS ns1.corp.example.\n"
                   f"@ MX 10 mail\nns1 A 127.0.0.1\nmx1 A 127.0.4.1\nmail A 127.0.4.1\n_25._tcp.mail TLSA 3 1 1 {'00' * 32}\n")
        self.gate("check", "--zone-files", "corp.example.zone", "--record", "now.facts", path)
        for options, asked, wrong in (([], [], False), (["--mail-hosts", "now.facts"], ["mail.corp.example"], True)):
            with self.subTest(options):
                run = self.gate("smtp", "banner", "--format", "json", *options, path)
                self.assertEqual(run.exit, 0, run)
                self.assertIsNone(mail_records_test.fits(run.report, SCHEMA), run)
                shown = run.report["hosts"][0]["mail_hosts"]
                self.assertEqual([(one["server_name"], one["outcome"], one["covers"]) for one in shown], [(name, "works", []) for name in asked], run)
                self.write("banners.json", run.out)
                judged = self.gate("check", "--format", "json", "--replay", "now.facts", "--banners", "banners.json", path)
                self.assertEqual(("corp.example", "dane-certificate-mismatch") in judged.findings("error"), wrong, judged)
        text = self.gate("smtp", "banner", "--mail-hosts", "now.facts", path)
        self.assertIn(f"    as mail.corp.example: certificate for {NAME}, until ", text.out)
        missing = self.gate("smtp", "banner", "--mail-hosts", "gone.facts", path)
        self.assertEqual(missing.exit, 2, missing)
        self.assertIn("--mail-hosts", missing.err)

    def test_each_mail_host_is_asked_for_once(self):
        """One of two domains, one that is the HELO name as well, and a domain that is its own, as it has no MX record."""
        path = self.write("inventory.yaml", inventory(("a", "127.0.4.1", NAME)) + "rules: {addr-not-global: off}\ndomains:\n" + "".join(
            f"  - {{name: {name}.example, via: [a]}}\n" for name in ("corp", "other", "plain")))
        files = []
        for name, records in (("corp", "@ MX 10 mail\n@ MX 20 mx1\nmx1 A 127.0.4.1\nmail A 127.0.4.1\nmail AAAA ::1\n"),
                              ("other", "@ MX 10 mail.corp.example.\n"), ("plain", "@ A 127.0.4.1\n")):
            self.write(f"{name}.example.zone", f"$TTL 3600\n@ IN SOA ns1 h 1 3600 600 86400 300\n@ IN NS ns1\nns1 A 127.0.0.1\n{records}")
            files += ["--zone-files", f"{name}.example.zone"]
        self.gate("check", *files, "--record", "now.facts", path)
        run = self.gate("smtp", "banner", "--format", "json", "--mail-hosts", "now.facts", path)
        self.assertEqual(run.exit, 0, run)
        self.assertEqual([one["server_name"] for one in run.report["hosts"][0]["mail_hosts"]], ["mail.corp.example", "plain.example"], run)

    def test_another_name_is_found_and_check_judges_it(self):
        path = self.write("inventory.yaml", inventory(("a", "127.0.4.1", NAME), ("b", "127.0.4.2", "mx2.corp.example"), ("c", "127.0.4.3", "mx3.corp.example"))
                          + "rules: {addr-not-global: off}\n")
        run = self.gate("smtp", "banner", "--format", "json", path)
        self.assertEqual(run.exit, 1, run)
        self.assertEqual([host["status"] for host in run.report["hosts"]], ["match", "mismatch", "unknown"], run)
        self.assertEqual(run.report["hosts"][1]["tls"]["outcome"], "not-offered", run)
        self.write("banners.json", run.out)
        zone = "$TTL 3600\n@ IN SOA ns1.corp.example. h.corp.example. 1 3600 600 86400 300\n@ IN NS ns1.corp.example.\nns1 A 127.0.0.1\n"
        self.write("corp.example.zone", zone)
        for options, wanted in ((("--banners", "banners.json"), {("127.0.4.2", "helo-live-banner-mismatch")}), ((), set())):
            judged = self.gate("check", "--format", "json", "--zone-files", "corp.example.zone", *options, path)
            found = {entry for entry in judged.findings() if entry[1] == "helo-live-banner-mismatch"}
            self.assertEqual(found, wanted, judged)
