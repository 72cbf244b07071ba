# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""`smtp probe` against a real Postfix that enforces what receivers enforce, a real Unbound that both ask, a real Dovecot that has the
mailbox, and servers that misbehave. Authentication-Results come from a header check of Postfix, in the place of a milter."""
import contextlib
import email
import email.utils
import json
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

from rdnslab import zones
from rdnslab.case import LabCase, scratch
from rdnslab.certificates import Authority
from rdnslab.dovecot import Dovecot
from rdnslab.postfix import Postfix
from rdnslab.servers import Unbound
from smtp_test import Scripted, dripping, endless, saying, silent

sys.path.append(str(Path(__file__).resolve().parents[1] / "cli"))
import mail_records_test  # its small reader of schemas

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "schemas/smtp-probe.schema.json").read_text())
RESOLVER = zones.RESOLVERS[0]  # that of the machine, as Postfix finds it
NOBODY = zones.NOBODY

# What mail leaves from: sender, address, HELO name.
GOOD, NO_PTR, MISMATCH, BAD_HELO, LOST, SIXTH = (
    ("good", "127.0.6.10", "mx1.corp.example"), ("noptr", "127.0.6.11", "mx2.corp.example"),
    ("mismatch", "127.0.6.12", "mx3.corp.example"), ("badhelo", "127.0.6.13", "nowhere.corp.example"),
    ("lost", "127.0.7.14", "mx5.corp.example"), ("six", "fd00:6::10", "mx6.corp.example"))
ELSEWHERE = ("away", "192.0.2.1", "away.corp.example")
HOSTILE = "127.0.3.1"
DOORS = {"strict": "127.0.4.11", "reverse": "127.0.4.12", "helo": "127.0.4.13", "grey": "127.0.4.14", "v6": "fd00:4::15", "inbox": "127.0.4.21"}


def reverse(address):
    return ".".join(reversed(address.split("."))) + ".in-addr.arpa."


RECORDS = [
    *(f"{name}.example. MX 10 mx.{name}.example." for name in DOORS), *(f"mx.{name}.example. {'AAAA' if ':' in address else 'A'} {address}" for name, address in DOORS.items()),
    "order.example. MX 20 mx.strict.example.", f"order.example. MX 10 dead.order.example.", f"dead.order.example. A {NOBODY}",
    f"implicit.example. A {DOORS['strict']}", "null.example. MX 0 .", "dangling.example. MX 10 lost.broken.example.",
    f"hostile.example. MX 10 mx.hostile.example.", f"mx.hostile.example. A {HOSTILE}",
    "10.6.0.127.in-addr.arpa. PTR mx1.corp.example.", "mx1.corp.example. A 127.0.6.10",
    "mx2.corp.example. A 127.0.6.11",
    "12.6.0.127.in-addr.arpa. PTR mx3.corp.example.", "mx3.corp.example. A 127.0.6.99",
    "13.6.0.127.in-addr.arpa. PTR mx4.corp.example.", "mx4.corp.example. A 127.0.6.13",
    "mx5.corp.example. A 127.0.7.14", "mx6.corp.example. AAAA fd00:6::10",
    f"{'0.1.' + '0.' * 22}6.0.0.0.0.0.d.f.ip6.arpa. PTR mx6.corp.example.",
]
STATIC = ["example.", "6.0.127.in-addr.arpa.", "d.f.ip6.arpa."]
LOST_ZONES = ["broken.example.", "7.0.127.in-addr.arpa."]


def resolver(folder):
    """Unbound with all of the world's records; what lies in LOST_ZONES is asked of nobody who is there."""
    lines = [f'  local-zone: "{zone}" static' for zone in STATIC]
    lines += ['  local-zone: "127.in-addr.arpa." nodefault', '  local-zone: "broken.example." transparent']
    lines += [f'  local-data: "{zone} 300 IN SOA ns.{zone} h.{zone} 1 3600 600 86400 300"' for zone in STATIC]
    lines += [f"  local-data: '{record.split(' ')[0]} 300 IN {record.split(' ', 1)[1]}'" for record in RECORDS]
    forward = "".join(f'\nforward-zone:\n  name: "{zone}"\n  forward-addr: {NOBODY}\n' for zone in LOST_ZONES)
    hints = folder / "hints"
    hints.write_text(f". 3600 NS root.nic.\nroot.nic. 3600 A {NOBODY}\n")

    class Local(Unbound):
        def probe(self):
            return "mx1.corp.example", "A"

    return Local(folder / "unbound", RESOLVER, hints, more="\n".join(lines) + forward)


def inventory(sources, targets, sender="from: probe@corp.example", more=""):
    senders = "".join(f"  - {{name: {name}, helo: {helo}, addresses: ['{address}']}}\n" for name, address, helo in sources)
    probes = "".join(f"  - {{recipient: {target if '@' in target else 'test@' + target}, {sender}}}\n" for target in targets)
    return (f"version: 1\nvantages: [{{name: lab, kind: forward, address: {RESOLVER}}}]\nsenders:\n{senders}"
            f"domains: [{{name: corp.example}}]\nprobes:\n{probes}{more}")


class Policy:
    """A policy service (SMTPD_POLICY_README): greylists, or refuses for what has nothing to do with names."""

    def __init__(self, address, port):
        self.listener = socket.create_server((address, port))
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.listener.accept()
                threading.Thread(target=self.serve, args=[connection], daemon=True).start()

    def serve(self, connection):
        with connection, contextlib.suppress(OSError):
            asked = {}
            for line in connection.makefile("r"):
                name, _, value = line.rstrip("\n").partition("=")
                if name:
                    asked[name] = value
                    continue
                action = ("reject 5.7.1 Service unavailable; blocked using list.example" if asked["recipient"].startswith("block@")
                          else "defer 4.2.0 Greylisted, see http://postgrey.schweikert.ch/help/corp.example.html")
                connection.sendall(f"action={action}\n\n".encode())
                asked = {}

    def stop(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()


class ProbeCase(LabCase):
    @classmethod
    def setUpClass(cls):
        cls.place = scratch()
        for address in ("fd00:6::10", "fd00:4::15"):
            subprocess.run(["ip", "address", "add", f"{address}/128", "dev", "lo", "nodad"], check=True)
        cls.dns = resolver(cls.place)
        cls.addClassCleanup(cls.dns.stop)
        cls.dns.start()
        cls.dns.wait_until_ready()

    def probe(self, *options, sources=(GOOD,), targets=("strict.example",), sender="from: probe@corp.example", more="", state="state.json"):
        path = self.write("inventory.yaml", inventory(sources, targets, sender, more))
        run = self.gate("smtp", "probe", "--state", state, "--format", "json", *options, path)
        if run.exit in (0, 1, 3, 75):
            mail_records_test.SCHEMA = SCHEMA
            self.assertIsNone(mail_records_test.fits(run.report, SCHEMA), run)
        return run

    def one(self, *options, **how):
        run = self.probe(*options, **how)
        self.assertEqual(len(run.report["probes"]), 1, run)
        return run, run.report["probes"][0]


class Enforcing(ProbeCase):
    """Postfix, one server with a door for each thing that receivers ask."""
    seconds = 15

    @classmethod
    def setUpClass(cls):
        if why := Postfix.lacks():
            cls.skipTest(cls, why)
        super().setUpClass()
        policy = Policy("127.0.4.9", 10031)
        cls.addClassCleanup(policy.stop)
        pair = Authority(cls.place / "ca").issue("mx.strict.example", "DNS:mx.strict.example")

        def door(check):
            return [f"smtpd_recipient_restrictions={check},permit"]

        checks = {"strict": "reject_unknown_client_hostname", "reverse": "reject_unknown_reverse_client_hostname",
                  "helo": "reject_unknown_helo_hostname", "grey": "check_policy_service,inet:127.0.4.9:10031", "v6": "reject_unknown_client_hostname"}
        more = ("smtpd_peername_lookup = yes\nmydestination = order.example, implicit.example, "
                + ", ".join(f"{name}.example" for name in DOORS) + "\nlocal_recipient_maps =\nmynetworks = 127.0.0.1\n"
                "smtpd_helo_required = yes\nsmtpd_relay_restrictions = reject_unauth_destination\nnotify_classes =\n")
        cls.server = Postfix(cls.place / "postfix", "127.0.4.10", "mx.strict.example", pair, more=more, takes=True,
                             doors={DOORS[name]: door(check) for name, check in checks.items()})
        cls.addClassCleanup(cls.server.stop)
        cls.server.start()
        cls.server.wait_until_ready()

    def test_each_fault_is_what_it_is(self):
        sources = (GOOD, NO_PTR, MISMATCH, BAD_HELO, LOST)
        for target, wanted in {
                "strict": {"good": ("accepted", None), "noptr": ("refused", "no-ptr"), "mismatch": ("refused", "ptr-mismatch"),
                           "badhelo": ("accepted", None), "lost": ("deferred", "temporary")},
                "reverse": {"good": ("accepted", None), "noptr": ("refused", "no-ptr"), "mismatch": ("accepted", None),
                            "badhelo": ("accepted", None), "lost": ("deferred", "temporary")},
                "helo": {"good": ("accepted", None), "noptr": ("accepted", None), "mismatch": ("accepted", None),
                         "badhelo": ("refused", "helo"), "lost": ("accepted", None)},
                "grey": {name: ("deferred", "temporary") for name, _, _ in sources}}.items():
            with self.subTest(target):
                run = self.probe(sources=sources, targets=(f"{target}.example",))
                found = {row["sender"]: (row["status"], row["class"]) for row in run.report["probes"]}
                self.assertEqual(found, wanted, f"{run}\n{self.server.log()}")
                self.assertEqual(run.exit, 3 if target == "grey" else 1, run)

    def test_refusals_stand_beside_the_findings_of_the_dns(self):
        text = inventory((GOOD, NO_PTR, MISMATCH, BAD_HELO, LOST), ("strict.example", "helo.example", "block@grey.example"))
        path = self.write("inventory.yaml", text.replace("{name: corp.example}", "{name: corp.example, via: [good, noptr]}"))
        run = self.gate("smtp", "probe", "--state", "state.json", "--format", "json", "--output", "probes.json", path)
        self.assertEqual(run.exit, 1, run)
        live = self.gate("check", "--format", "json", "--record", "facts.jsonl", "--probes", "probes.json", path)
        refused = {(one["target"]["id"], one["values"]["receiver"], one["values"]["class"]) for one in live.report["findings"] if one["rule"] == "smtp-refused-identity"}
        self.assertEqual(refused, {("127.0.6.11", "strict.example", "no-ptr"), ("127.0.6.12", "strict.example", "ptr-mismatch"),
                                   ("127.0.6.13", "helo.example", "helo")}, live)
        said = next(one for one in live.report["findings"] if one["rule"] == "smtp-refused-identity" and one["target"]["id"] == "127.0.6.11")
        self.assertIn("cannot find your hostname", said["values"]["reply"])
        self.assertEqual(said["values"]["paths"], ["corp.example via noptr"])
        by_dns = {(one["target"]["id"], one["rule"]) for one in live.report["findings"]}
        self.assertLessEqual({("127.0.6.11", "ptr-missing"), ("127.0.6.12", "fcrdns-mismatch"), ("badhelo", "helo-unresolvable")}, by_dns, live)
        # What was recorded, and the files of its time, give the same again.
        again = self.gate("check", "--format", "json", "--replay", "facts.jsonl", "--probes", "probes.json", path)
        self.assertEqual(again.report["findings"], live.report["findings"])
        self.assertNotIn("smtp-refused-identity", self.gate("check", "--replay", "facts.jsonl", path).out)

    def test_refusal_for_something_else_is_no_fault_of_the_identity(self):
        run, row = self.one(targets=("block@grey.example",))
        self.assertEqual((row["status"], row["class"], row["pattern"], row["code"], run.exit), ("refused-otherwise", "other-not-rdns", None, 554, 3), run)
        self.assertIn("blocked using list.example", row["reply"])

    def test_says_what_it_is_to_say_and_leaves_no_mail(self):
        run, row = self.one()
        self.assertEqual((run.exit, row["server"], row["server_address"], row["tls"]["outcome"], row["tls"]["covers"], row["fcrdns"]),
                         (0, "mx.strict.example", DOORS["strict"], "works", ["mx.strict.example"], "confirmed"), run)
        log = (self.server.folder / "maillog").read_text()
        self.assertIn("disconnect from mx1.corp.example[127.0.6.10] ehlo=2 starttls=1 mail=1 rcpt=1 rset=1 quit=1 commands=7", log)
        self.assertEqual([*(self.server.folder / "queue/incoming").iterdir()], [])
        self.write("inventory.yaml", inventory([GOOD, ELSEWHERE], ["strict.example"]))
        run = self.gate("smtp", "probe", "--state", "other.json", "--null-sender", "--no-tls", "inventory.yaml")
        self.assertEqual(run.exit, 0, run)
        self.assertIn("accepted: 127.0.6.10 (good, HELO mx1.corp.example) to strict.example: would be taken\n", run.out)
        self.assertIn("not addresses of this host: 192.0.2.1 (away)\n1 accepted, 0 refused\n", run.out)

    def test_families_and_the_ways_to_a_server(self):
        run = self.probe(sources=(GOOD, SIXTH), targets=("v6.example",))
        self.assertEqual({row["sender"]: row["status"] for row in run.report["probes"]}, {"good": "no-address", "six": "accepted"}, run)
        self.assertEqual(run.exit, 0, run)
        for target, status, server in (("order.example", "accepted", "mx.strict.example"), ("implicit.example", "accepted", "implicit.example")):
            run, row = self.one(targets=(target,))
            self.assertEqual((row["status"], row["server"], run.exit), (status, server, 0), run)
        for target, reason in (("null.example", "null MX"), ("nowhere.example", "does not exist"), ("dangling.example", "lost.broken.example"),
                               ("broken.example", "broken.example")):
            run, row = self.one(targets=(target,))
            self.assertEqual((row["status"], row["asked_at"], run.exit), ("unknown", None, 3), run)
            self.assertIn(reason, row["reason"], run)

    def test_several_helo_names_are_a_conversation_each(self):
        self.write("inventory.yaml", inventory([("two", "127.0.6.10", "[mx1.corp.example, nowhere.corp.example]")], ["helo.example"]))
        run = self.gate("smtp", "probe", "--state", "state.json", "--format", "json", "inventory.yaml")
        self.assertEqual([(row["helo"], row["status"]) for row in run.report["probes"]],
                         [("mx1.corp.example", "accepted"), ("nowhere.corp.example", "refused")], run)


class Hostile(ProbeCase):
    seconds = 12

    def meet(self, serve, *options):
        server = Scripted(HOSTILE, serve)
        try:
            begun = time.monotonic()
            (self.folder / "state.json").unlink(missing_ok=True)
            run, row = self.one("--conversation", "2s", *options, targets=("hostile.example",))
            self.assertLess(time.monotonic() - begun, 20, run)
        finally:
            server.stop()
        self.heard = server.heard
        return run, row

    def test_what_never_becomes_a_reply_is_unknown(self):
        greeting, ehlo, ok = b"220 a\r\n", b"250 a\r\n", b"250 ok\r\n"
        for case, serve, outcome, step in (
                ("silent", silent, "timeout", "greeting"), ("drip", dripping, "timeout", "greeting"),
                ("endless line", endless(b"220 "), "too-long", "greeting"), ("endless lines", endless(b"220-a\r\n" * 20000), "too-long", "greeting"),
                ("another protocol", saying(b"SSH-2.0-x\r\n"), "malformed", "greeting"),
                ("closed at once", lambda c, h: None, "closed", "greeting"),
                ("closed at EHLO", lambda c, h: (c.sendall(greeting), c.recv(99)), "closed", "ehlo"),
                ("closed at MAIL", lambda c, h: saying(greeting, ehlo)(c, h), "closed", "mail-from"),
                ("closed at RCPT", lambda c, h: saying(greeting, ehlo, ok)(c, h), "closed", "rcpt-to"),
                ("talks before it is asked", saying(greeting, ehlo + ok + ok), "malformed", "mail-from"),
                ("a code that means nothing here", saying(greeting, ehlo, ok, b"354 go\r\n", ok, ok), "malformed", "rcpt-to"),
                ("TLS refused in the middle", saying(greeting, b"250-a\r\n250 STARTTLS\r\n", b"220 go\r\n", b"no TLS here at all\r\n"), "malformed", "starttls"),
                ("STARTTLS injection", saying(greeting, b"250-a\r\n250 STARTTLS\r\n", b"220 go\r\n250 injected\r\n250 more\r\n"), "malformed", "starttls")):
            with self.subTest(case):
                run, row = self.meet(serve)
                self.assertEqual((row["status"], row["class"], row["outcome"], row["step"], run.exit), ("unknown", None, outcome, step, 3), run)
                self.assertNotIn(b"DATA\r\n", self.heard)

    def test_replies_that_count(self):
        greeting, ehlo, ok = b"220 a\r\n", b"250 a\r\n", b"250 ok\r\n"
        for case, serve, status, of, step, code in (
                ("greeted with a refusal", saying(b"554-a\r\n554 Bad DNS PTR resource record\r\n", b"221 bye\r\n"), "refused", "no-ptr", "greeting", 1),
                ("too busy", saying(b"421 a too busy\r\n", b"221 bye\r\n"), "deferred", "temporary", "greeting", 3),
                ("HELO refused", saying(greeting, b"550 Helo command rejected: Host not found\r\n", b"221 bye\r\n"), "refused", "helo", "ehlo", 1),
                ("no such mailbox", saying(greeting, ehlo, ok, b"550 5.1.1 no such user\r\n", ok, ok), "refused-otherwise", "other-not-rdns", "rcpt-to", 3),
                ("STARTTLS not now", saying(greeting, b"250-a\r\n250 STARTTLS\r\n", b"454 not now\r\n", ok, b"251 ok\r\n", ok, ok), "accepted", None, "rcpt-to", 0)):
            with self.subTest(case):
                run, row = self.meet(serve)
                self.assertEqual((row["status"], row["class"], row["step"], run.exit), (status, of, step, code), run)

    def test_says_exactly_what_it_may(self):
        self.meet(saying(b"220 a\r\n", b"502 what\r\n", b"250 a\r\n", b"250 ok\r\n", b"250 ok\r\n", b"250 ok\r\n", b"221 bye\r\n"))
        self.assertEqual(self.heard[:6], [b"EHLO mx1.corp.example\r\n", b"HELO mx1.corp.example\r\n", b"MAIL FROM:<probe@corp.example>\r\n",
                                          b"RCPT TO:<test@hostile.example>\r\n", b"RSET\r\n", b"QUIT\r\n"])
        self.meet(saying(b"220 a\r\n", b"250 a\r\n", b"250 ok\r\n", b"250 ok\r\n", b"250 ok\r\n", b"221 bye\r\n"), "--null-sender")
        self.assertIn(b"MAIL FROM:<>\r\n", self.heard)

    def test_foreign_octets_reach_no_terminal(self):
        nasty = b"550 \x1b[2J\x00\x07\xe2\x80\xaeevil\x9b31m\xff\r\n"
        for form in ("text", "json"):
            server = Scripted(HOSTILE, saying(b"220 a\r\n", b"250 a\r\n", nasty, b"250 ok\r\n", b"221 bye\r\n"))
            self.write("inventory.yaml", inventory([GOOD], ["hostile.example"]))
            run = self.gate("smtp", "probe", "--state", f"{form}.json", "--format", form, "inventory.yaml")
            server.stop()
            self.assertEqual(run.exit, 3, run)
            for bad in "\x1b\x00\x07\u202e\x9b":
                self.assertNotIn(bad, run.out)


class Limits(ProbeCase):
    seconds = 8

    def setUp(self):
        super().setUp()
        ok = b"250 ok\r\n"
        self.server = Scripted(HOSTILE, saying(b"220 a\r\n", ok, ok, ok, ok, b"221 bye\r\n"))
        self.addCleanup(self.server.stop)
        self.how = {"targets": ("hostile.example",)}

    def count(self):
        return self.server.heard.count(b"QUIT\r\n")

    def test_once_in_an_interval(self):
        self.assertEqual(self.probe(**self.how).exit, 0)
        run, row = self.one(**self.how)
        self.assertEqual((run.exit, row["status"], self.count()), (75, "too-early", 1), run)
        self.assertIsNotNone(row["next"])
        # Neither --now nor a clock that was wrong helps: what is in the future was now.
        self.assertEqual(self.probe("--now", "2099-01-01T00:00:00Z", **self.how).exit, 75)
        state = json.loads((self.folder / "state.json").read_text())
        (key,) = state["conversations"]
        self.assertEqual(key, "127.0.6.10 mx1.corp.example test@hostile.example")
        for then, code in (("2098-01-01T00:00:00Z", 75), ("2001-01-01T00:00:00Z", 0)):
            (self.folder / "state.json").write_text(json.dumps({**state, "conversations": {key: then}}))
            self.assertEqual(self.probe(**self.how).exit, code)
        self.assertEqual(self.count(), 2)

    def test_runs_side_by_side_share_it(self):
        codes = []
        path = self.write("inventory.yaml", inventory([GOOD], ["hostile.example"]))
        threads = [threading.Thread(target=lambda: codes.append(self.gate("smtp", "probe", "--state", "state.json", path).exit)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual((sorted(codes), self.count()), ([0] + [75] * 5, 1))

    def test_what_is_not_declared_is_not_tried(self):
        for options, message in (
                (("--target", "victim@hostile.example"), 'declares no recipient or domain "victim@hostile.example"'),
                (("--target", "other.example"), 'declares no recipient or domain "other.example"'),
                (("--host", "127.0.6.11"), 'declares no sender, address or HELO name "127.0.6.11"'),
                (("--interval", "14m"), "--interval: 14m is not between 15m and 30d"),
                (("--interval", "31d"), "is not between"), (("--conversation", "0s"), "longer than nothing")):
            run = self.probe(*options, **self.how)
            self.assertEqual(run.exit, 2, run)
            self.assertIn(message, run.err)
        for sender in ("from: ceo@bank.example", "from: 'a b@corp.example'", "from: \"a@corp.example>\\r\\nRCPT TO:<b@c.example\""):
            self.assertEqual(self.probe(sender=sender, **self.how).exit, 2, sender)
        for target in ("'\"x\\r\\nDATA\"@hostile.example'", "x@", "'x y@hostile.example'", "x@[127.0.3.1]"):
            self.assertEqual(self.probe(targets=(target,)).exit, 2, target)
        self.assertEqual(self.server.heard, [])

    def test_too_much_at_once_is_refused(self):
        self.write("pool.yaml", f"version: 1\nvantages: [{{name: lab, kind: forward, address: {RESOLVER}}}]\nprobes: [{{recipient: test@hostile.example}}]\n"
                   'senders: [{name: p, helo: "{ptr}", addresses: [{range: 127.0.6.0/24, ptr: "h-{n}.corp.example"}]}]\n')
        run = self.gate("smtp", "probe", "--state", "state.json", "pool.yaml")
        self.assertEqual(run.exit, 2, run)
        self.assertIn("and one run has 200 at most", run.err)

    def test_a_state_that_cannot_be_used_stops_it(self):
        for text in ("x", "{}", '{"schema": "rdnsgate/smtp-probe-state/1", "conversations": {"a": 1}}'):
            (self.folder / "state.json").write_text(text)
            run = self.probe(**self.how)
            self.assertEqual(run.exit, 2, run)
            self.assertIn("--state", run.err)
            self.assertEqual((self.folder / "state.json").read_text(), text)
        run = self.probe(state="/proc/nowhere/state.json", **self.how)
        self.assertEqual(run.exit, 2, run)
        self.assertEqual(self.server.heard, [])

    def test_nothing_of_it_is_here(self):
        run = self.probe(sources=(ELSEWHERE,), **self.how)
        self.assertEqual(run.exit, 2, run)
        self.assertIn("this host has none of the 1 addresses", run.err)
        self.write("none.yaml", "version: 1\nsenders: [{name: a, helo: a.corp.example, addresses: [127.0.6.10]}]\n")
        run = self.gate("smtp", "probe", "--state", "state.json", "none.yaml")
        self.assertEqual(run.exit, 2, run)
        self.assertIn("under `probes`", run.err)

    def test_one_connection_at_a_time(self):
        sources = tuple((f"s{i}", f"127.0.6.{100 + i}", f"s{i}.corp.example") for i in range(10))
        run = self.probe(sources=sources, targets=("a@hostile.example", "b@hostile.example"))
        self.assertEqual((run.exit, len(run.report["probes"]), self.server.most_at_once), (0, 20, 1), run)


class Delivered(ProbeCase):
    """Postfix takes the messages and lays them into a Maildir, from which Dovecot serves them."""
    seconds = 20
    PASSWORD = "not-to-be-seen-anywhere"

    @classmethod
    def setUpClass(cls):
        if why := Postfix.lacks() or Dovecot.lacks():
            cls.skipTest(cls, why)
        super().setUpClass()
        authority = Authority(cls.place / "ca")
        cls.ca = authority.certificate
        pair = authority.issue("imap.inbox.example", "DNS:imap.inbox.example,IP:127.0.8.1")
        cls.mail = cls.place / "mail"
        (cls.place / "boxes").write_text("/^lost@/ lost/\n/./ inbox/\n")
        says = "Authentication-Results: mx.inbox.example; spf={0} smtp.mailfrom={1}@corp.example;{2} iprev=pass policy.iprev=127.0.6.10"
        (cls.place / "checks").write_text("".join(f"/^From: <{user}@/ PREPEND {says.format(spf, user, more)}\n" for user, spf, more in (
            ("good", "pass (sender is authorized)", " dmarc=pass header.from=corp.example;"), ("bad", "fail", ""), ("later", "temperror", ""))))
        more = (f"smtpd_peername_lookup = yes\nmydestination =\nvirtual_mailbox_domains = inbox.example\nvirtual_mailbox_base = {cls.mail}\n"
                f"virtual_mailbox_maps = regexp:{cls.place}/boxes\nvirtual_uid_maps = static:1\nvirtual_gid_maps = static:1\n"
                f"virtual_minimum_uid = 1\nheader_checks = regexp:{cls.place}/checks\nsmtpd_relay_restrictions = reject_unauth_destination\n"
                "mynetworks = 127.0.0.1\nnotify_classes =\n")
        cls.server = Postfix(cls.place / "postfix", "127.0.4.20", "mx.inbox.example", pair, more=more, takes=True,
                             doors={DOORS["inbox"]: ["smtpd_recipient_restrictions=permit"]})
        cls.mailbox = Dovecot(cls.place / "dovecot", "127.0.8.1", cls.mail / "inbox", pair, "probe", cls.PASSWORD)
        for server in (cls.server, cls.mailbox):
            cls.addClassCleanup(server.stop)
            server.start()
        for server in (cls.server, cls.mailbox):
            server.wait_until_ready()

    def collect(self, *options, user="good", target="inbox.example", url="imaps://probe@127.0.8.1:9930", password=PASSWORD):
        self.write("password", f"{password}\n")
        (self.folder / "state.json").unlink(missing_ok=True)
        run, row = self.one("--deliver", "--collect", url, "--password-file", "password", "--imap-ca", self.ca, "--authserv-id",
                            "MX.inbox.example", *options, targets=(target,), sender=f"from: {user}@corp.example")
        self.assertNotIn(password, run.out + run.err)
        return run, row

    def test_a_message_that_is_sent_is_found_and_is_what_it_should_be(self):
        run, row = self.collect()
        delivery = row["delivery"]
        self.assertEqual((run.exit, row["status"], row["step"], delivery["status"]), (0, "accepted", "message", "healthy"), f"{run}\n{self.server.log()}")
        self.assertEqual([(one["method"], one["result"]) for one in delivery["results"]], [("spf", "pass"), ("dmarc", "pass"), ("iprev", "pass")])
        self.assertEqual(delivery["results"][0]["properties"], [{"name": "smtp.mailfrom", "value": "good@corp.example"}])
        self.assertLess(delivery["after_ms"], 30000)
        found = [path for path in (self.mail / "inbox").rglob("*") if path.is_file() and row["token"].encode() in path.read_bytes()]
        found = [path for path in found if path.parent.name in ("cur", "new")]
        self.assertEqual(len(found), 1, found)
        message = email.message_from_bytes(found[0].read_bytes())
        self.assertEqual((message["X-Rdnsgate-Probe"], message["Message-ID"], message["From"], message["To"], message["Return-Path"], message["Auto-Submitted"]),
                         (row["token"], f"<rdnsgate.{row['token']}@mx1.corp.example>", "<good@corp.example>", "<test@inbox.example>",
                          "<good@corp.example>", "auto-generated"))
        self.assertIsNone(message["DKIM-Signature"])
        self.assertEqual(message.defects, [])
        self.assertIsNotNone(email.utils.parsedate_to_datetime(message["Date"]))
        self.assertIn("This message tests whether mail from this host is delivered.", message.get_payload())

    def test_what_the_receiver_says_of_it_decides(self):
        for user, options, status, code, reason in (
                ("bad", (), "unhealthy", 1, "spf=fail"), ("later", (), "unknown", 3, "spf=temperror"),
                ("good", ("--authserv-id", "mx.other.example"), "unknown", 3, "no Authentication-Results of mx.other.example")):
            with self.subTest(user):
                options = list(options)
                if options:
                    self.write("password", self.PASSWORD)
                    (self.folder / "state.json").unlink(missing_ok=True)
                    run, row = self.one("--deliver", "--collect", "imap://probe@127.0.8.1:1430/INBOX", "--password-file", "password", "--imap-ca", self.ca,
                                        *options, targets=("inbox.example",), sender="from: good@corp.example")
                else:
                    run, row = self.collect(user=user)
                self.assertEqual((row["delivery"]["status"], run.exit), (status, code), run)
                self.assertIn(reason, row["delivery"]["reason"])

    def test_a_message_that_is_not_there_and_a_mailbox_that_cannot_be_read_are_not_the_same(self):
        run, row = self.collect("--within", "2s", target="lost@inbox.example")
        self.assertEqual((row["delivery"]["status"], row["delivery"]["reason"], run.exit), ("missing", "it did not arrive in time", 1), run)
        for how, reason in (({"password": "wrong-password"}, "does not take the user and the password"),
                            ({"url": "imaps://probe@127.0.8.9:9930"}, "imaps://127.0.8.9:9930"),
                            ({"url": "imaps://probe@127.0.8.1:9930/Nowhere"}, "imaps://127.0.8.1:9930")):
            run, row = self.collect("--within", "1s", **how)
            self.assertEqual((row["status"], row["delivery"]["status"], run.exit), ("accepted", "unknown", 3), run)
            self.assertIn(reason, row["delivery"]["reason"])

    def test_no_password_goes_to_a_server_that_nobody_vouches_for(self):
        self.write("password", self.PASSWORD)
        run, row = self.one("--deliver", "--collect", "imap://probe@127.0.8.1:1430", "--password-file", "password", "--authserv-id", "mx.inbox.example",
                            "--within", "1s", targets=("inbox.example",), sender="from: good@corp.example")
        self.assertEqual((row["delivery"]["status"], run.exit), ("unknown", 3), run)
        self.assertIn("certificate", row["delivery"]["reason"])

        def plain(connection, heard):  # without STARTTLS
            connection.sendall(b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n")
            for line in connection.makefile("rb"):
                heard.append(line)
                connection.sendall(b"* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n" + line.split()[0] + b" OK\r\n")

        server = Scripted("127.0.8.2", plain, 1430)
        self.addCleanup(server.stop)
        run, row = self.collect("--within", "1s", url="imap://probe@127.0.8.2:1430")
        self.assertEqual((row["delivery"]["status"], run.exit), ("unknown", 3), run)
        self.assertNotIn(b"AUTHENTICATE", b"".join(server.heard))
        self.assertNotIn(b"LOGIN", b"".join(server.heard))

    def test_wrong_usage_sends_nothing(self):
        before = (self.server.folder / "maillog").read_text().count("from=<")
        url = "imaps://probe@127.0.8.1:9930"
        good = ("--deliver", "--collect", url, "--authserv-id", "mx.inbox.example")
        self.write("empty", "\n")
        for options, message in (
                (good, "--collect needs a password"), ((*good, "--password-file", "empty"), "the first line of empty is empty"),
                ((*good, "--password-file", "missing"), "--password-file"), (good[1:], "--collect looks for what --deliver sends"),
                (good[:3], "--collect needs --authserv-id"), (("--imap-ca", "x"), "belong to --collect"),
                (("--deliver", "--collect", "imaps://probe:secret@127.0.8.1", "--authserv-id", "x"), "a password does not belong on the command line"),
                (("--deliver", "--collect", "https://probe@127.0.8.1", "--authserv-id", "x"), "this is no URL of imaps or imap")):
            run = self.probe(*options, targets=("inbox.example",), sender="from: good@corp.example")
            self.assertEqual(run.exit, 2, run)
            self.assertIn(message, run.err)
            self.assertNotIn("secret", run.err)
        path = self.write("nobody.yaml", inventory([GOOD], ["inbox.example"]).replace(", from: probe@corp.example", ""))
        run = self.gate("smtp", "probe", "--state", "state.json", "--deliver", path)
        self.assertEqual(run.exit, 2, run)
        self.assertIn("a message to test@inbox.example needs a sender", run.err)
        self.assertEqual((self.server.folder / "maillog").read_text().count("from=<"), before)

    def test_the_password_may_stand_in_the_environment(self):
        path = self.write("inventory.yaml", inventory([GOOD], ["inbox.example"], "from: good@corp.example"))
        run = self.gate("smtp", "probe", "--state", "env.json", "--deliver", "--collect", "imaps://probe@127.0.8.1:9930", "--imap-ca", self.ca,
                        "--authserv-id", "mx.inbox.example", path, prefix=("env", f"RDNSGATE_IMAP_PASSWORD={self.PASSWORD}"))
        self.assertEqual(run.exit, 0, run)
        self.assertRegex(run.out, r"delivery: healthy, after [0-9.]+ s \(spf=pass dmarc=pass iprev=pass\)")
