# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Blocklists, served by NSD: listings of both families and of names, lists that are dead, lists that refuse; and MTA-STS
policies from a web server with a certificate, by the addresses that the vantage has."""
import contextlib
import http.server
import json
import ssl
import sys
import threading
import time
from pathlib import Path

from rdnslab.case import LabCase, scratch
from rdnslab.certificates import Authority
from rdnslab.servers import Nsd

sys.path.append(str(Path(__file__).resolve().parents[1] / "cli"))
import mail_records_test  # its small reader of schemas

ROOT = Path(__file__).resolve().parents[2]
SERVER, WEB = "127.0.8.1", "127.0.8.2"
IPV6 = "0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2"  # of 2001:db8::10
TEST6 = ".".join(reversed("0" * 20 + "ffff" + "7f000002"))
RECORDS = f"""
mx1.corp.example. A 192.0.2.10
mx1.corp.example. AAAA 2001:db8::10
10.2.0.192.in-addr.arpa. PTR mx1.corp.example.
{IPV6}.ip6.arpa. PTR mx1.corp.example.
2.0.0.127.bl.lab. A 127.0.0.2
{TEST6}.bl.lab. A 127.0.0.2
10.2.0.192.bl.lab. A 127.0.0.2
10.2.0.192.bl.lab. A 127.0.0.4
10.2.0.192.bl.lab. TXT "look at https://bl.lab/192.0.2.10"
{IPV6}.bl.lab. A 127.0.0.9
2.0.0.127.clean.lab. A 127.0.0.2
{TEST6}.clean.lab. A 127.0.0.2
*.everything.lab. A 127.0.0.2
*.parked.lab. A 192.0.2.99
2.0.0.127.refusing.lab. A 127.255.255.254
1.0.0.127.refusing.lab. A 127.255.255.254
10.2.0.192.refusing.lab. A 127.255.255.254
10.2.0.192.gone.lab. A 127.0.0.2
test.names.lab. A 127.0.1.2
corp.example.names.lab. A 127.0.1.5
_mta-sts.corp.example. TXT "v=STSv1; id=1"
mta-sts.corp.example. A {WEB}
corp.example. MX 10 mx1.corp.example.
corp.example. MX 20 mx2.corp.example.
mx2.corp.example. A 192.0.2.11
"""
INVENTORY = """version: 1
senders: [{name: mx1, helo: mx1.corp.example, addresses: [192.0.2.10, '2001:db8::10']}]
domains: [{name: corp.example, via: [mx1]}]
rules: {addr-documentation: off}
"""


class Served(LabCase):
    """NSD is the root, and all that there is."""

    @classmethod
    def setUpClass(cls):
        folder = scratch()
        zone = folder / "root.zone"
        zone.write_text("$ORIGIN .\n$TTL 300\n@ IN SOA ns.lab. h.lab. 1 3600 900 604800 300\n@ IN NS ns.lab.\n"
                        f"ns.lab. A {SERVER}\n" + RECORDS)
        cls.hints = folder / "root.hints"
        cls.hints.write_text(f". 3600 IN NS ns.lab.\nns.lab. 3600 IN A {SERVER}\n")
        cls.server = Nsd(folder / "nsd", SERVER, {".": zone})
        cls.server.start()
        cls.addClassCleanup(cls.server.stop)
        cls.server.wait_until_ready()


class Lists(Served):
    seconds = 15

    def check(self, lists, *options, inventory=INVENTORY):
        path = self.write("inventory.yaml", inventory + (f"blocklists: {lists}\n" if lists else ""))
        run = self.gate("check", "--format", "json", "--root-hints", self.hints, "--timeout", "2s", *options, path)
        self.assertIn(run.exit, (0, 1, 3), run)
        found = {(f["rule"], f["target"]["id"], f["certainty"]) for f in run.report["findings"] if f["rule"].startswith(("dnsbl", "dbl"))
                 and f["status"] == "open"}
        return run, found

    def test_what_is_listed_and_what_that_means(self):
        lists = "{special_addresses: true, addresses: [{zone: bl.lab, codes: {127.0.0.2: spam, 127.0.0.8/29: proxy}}, clean.lab], names: [names.lab]}"
        run, found = self.check(lists, "--record", "facts")
        rules = {(rule, target) for rule, target, _ in found}
        self.assertEqual(rules, {("dnsbl-listed", "192.0.2.10"), ("dnsbl-listed", "2001:db8::10"), ("dbl-listed", "corp.example")}, run)
        by_target = {f["target"]["id"]: f for f in run.report["findings"] if f["rule"].startswith(("dnsbl", "dbl"))}
        self.assertEqual(by_target["192.0.2.10"]["message"],
                         "192.0.2.10 is on the blocklist bl.lab: 127.0.0.2 (spam), 127.0.0.4; it says: look at https://bl.lab/192.0.2.10")
        self.assertIn("127.0.0.9 (proxy)", by_target["2001:db8::10"]["message"])
        # As it was recorded; nothing is asked then.
        path = self.folder / "inventory.yaml"
        again = self.gate("check", "--format", "json", "--replay", "facts", path)
        self.assertEqual({(f["rule"], f["target"]["id"]) for f in again.report["findings"] if f["rule"].startswith(("dnsbl", "dbl"))}, rules, again)
        # A waiver of the address is one of its listing.
        waived = INVENTORY + "waivers: [{rule: dnsbl-listed, target: 192.0.2.10, reason: asked to be removed, expires: 2099-01-01}]\n"
        run, found = self.check("{special_addresses: true, addresses: [bl.lab]}", inventory=waived)
        self.assertEqual({(rule, target) for rule, target, _ in found}, {("dnsbl-listed", "2001:db8::10")}, run)

    def test_dead_and_refusing_lists_list_nobody(self):
        for zone, why in (("everything.lab", "it lists 127.0.0.1"), ("parked.lab", "it answers 192.0.2.99"), ("refusing.lab", "public resolver"),
                          ("gone.lab", "it has no entry for 127.0.0.2"), ("nowhere.lab", "it has no entry for 127.0.0.2")):
            with self.subTest(zone):
                run, found = self.check(f"{{special_addresses: true, addresses: [{zone}]}}")
                self.assertEqual(found, {("dnsbl-lookup-failed", zone, "inconclusive")}, run)
                self.assertIn(why, run.out)
                self.assertIn(run.exit, (1, 3), run)

    def test_nothing_is_asked_unless_it_is_wanted(self):
        run, found = self.check("")
        self.assertEqual(found, set(), run)
        self.assertNotIn("bl.lab", run.out)
        # Documentation addresses are told to nobody by default.
        run, found = self.check("{addresses: [bl.lab]}")
        self.assertEqual(found, set(), run)

    def test_zone_files_alone_know_no_list(self):
        self.write("corp.example.zone", "$TTL 300\n@ IN SOA ns1 h 1 3600 600 86400 300\n@ NS ns1\nns1 A 192.0.2.1\nmx1 A 192.0.2.10\n")
        path = self.write("inventory.yaml", INVENTORY + "blocklists: {special_addresses: true, addresses: [bl.lab], names: [names.lab]}\n")
        run = self.gate("check", "--format", "json", "--zone-files", "corp.example.zone", path)
        self.assertEqual([f for f in run.report["findings"] if f["rule"].startswith(("dnsbl", "dbl"))], [], run)

    def test_a_silent_list_is_not_known(self):
        run, found = self.check("{special_addresses: true, addresses: [bl.lab]}", "--vantage", "127.0.8.9")
        self.assertEqual(found, set(), run)  # that the resolver is silent is said once, for everything
        self.assertIn('"resolver-unreachable"', run.out)


class Web(threading.Thread):
    """Serves one answer over HTTPS; keeps the names that it was asked for."""

    def __init__(self, pair, respond):
        super().__init__(daemon=True)
        outer, self.hosts = self, []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.hosts.append((self.headers["Host"], self.path))
                with contextlib.suppress(OSError):
                    respond(self)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer((WEB, 443), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*pair)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)

    def run(self):
        self.server.serve_forever()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


def answering(body, status=200, media="text/plain", **headers):
    def respond(handler):
        octets = body.encode()
        handler.send_response(status)
        if media:
            handler.send_header("Content-Type", media)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(octets)))
        handler.end_headers()
        handler.wfile.write(octets)
    return respond


def slow(handler):
    time.sleep(20)


POLICY = "version: STSv1\r\nmode: enforce\r\nmx: mx1.corp.example\r\nmax_age: 1209600\r\n"


class Policies(Served):
    seconds = 15

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.authority = Authority(scratch() / "ca")
        cls.pair = cls.authority.issue("mta-sts.corp.example", "DNS:mta-sts.corp.example")
        cls.schema = json.loads((ROOT / "schemas/mta-sts.schema.json").read_text())

    def fetch(self, respond, *options, pair=None, trusted=True):
        web = Web(pair or self.pair, respond)
        web.start()
        try:
            path = self.write("inventory.yaml", INVENTORY)
            trust = ["--ca", self.authority.certificate] if trusted else []
            run = self.gate("smtp", "mta-sts", "--format", "json", "--root-hints", self.hints, *trust, *options, path)
        finally:
            web.stop()
        self.assertIn(run.exit, (0, 1, 3), run)
        mail_records_test.SCHEMA, kept = self.schema, mail_records_test.SCHEMA
        try:
            self.assertIsNone(mail_records_test.fits(run.report, self.schema), run)
        finally:
            mail_records_test.SCHEMA = kept
        self.write("policies.json", run.out)
        return run, run.report["policies"][0], web.hosts

    def judge(self):
        run = self.gate("check", "--format", "json", "--root-hints", self.hints, "--mta-sts", "policies.json", "inventory.yaml")
        return run, {f["rule"]: f for f in run.report["findings"] if f["rule"].startswith("tls-mtasts") and f["status"] == "open"}

    def test_a_policy_is_fetched_and_held_against_the_mail_hosts(self):
        run, policy, hosts = self.fetch(answering(POLICY, media="text/plain; charset=utf-8"))
        self.assertEqual((run.exit, policy["outcome"], policy["policy"], policy["addresses"]), (0, "fetched", POLICY, [WEB]), run)
        self.assertEqual(hosts, [("mta-sts.corp.example", "/.well-known/mta-sts.txt")])
        run, found = self.judge()
        self.assertEqual(set(found), {"tls-mtasts-mx-mismatch"}, run)
        self.assertEqual((found["tls-mtasts-mx-mismatch"]["severity"], found["tls-mtasts-mx-mismatch"]["values"]["hosts"]["items"]
                          if isinstance(found["tls-mtasts-mx-mismatch"]["values"]["hosts"], dict)
                          else found["tls-mtasts-mx-mismatch"]["values"]["hosts"]), ("error", ["mx2.corp.example"]), run)
        self.fetch(answering(POLICY.replace("mx1.", "*.")))
        run, found = self.judge()
        self.assertEqual(found, {}, run)

    def test_a_policy_that_changes_under_its_id(self):
        wide = POLICY.replace("mx1.", "*.")
        self.fetch(answering(wide))
        (Path(self.folder) / "policies.json").rename(Path(self.folder) / "first.json")
        before = ("--before", "first.json")
        run, policy, _ = self.fetch(answering(wide.replace("\r\n", "\n") + "\n"), *before)
        self.assertEqual((run.exit, policy["id"], policy["first"]), (0, "1", None), run)
        self.assertEqual(self.judge()[1], {})
        run, policy, _ = self.fetch(answering(wide.replace("1209600", "1209601")), *before)
        self.assertEqual((run.exit, policy["first"]["policy"]), (1, wide), run)
        # Until the id is a new one, whatever is fetched meanwhile.
        (Path(self.folder) / "policies.json").rename(Path(self.folder) / "second.json")
        run, again, _ = self.fetch(answering(wide.replace("1209600", "1209601")), "--before", "second.json")
        self.assertEqual((run.exit, again["first"]), (1, policy["first"]), run)
        self.assertEqual(set(self.judge()[1]), {"tls-mtasts-id-unchanged"})
        run, kept, _ = self.fetch(answering("", 503), "--before", "second.json")
        self.assertEqual((run.exit, kept["outcome"], kept["id"], kept["first"]), (3, "unreachable", "1", policy["first"]), run)
        self.assertEqual(set(self.judge()[1]), {"tls-mtasts-lookup-failed"})
        (Path(self.folder) / "policies.json").rename(Path(self.folder) / "third.json")
        run, again, _ = self.fetch(answering(wide.replace("1209600", "1209601")), "--before", "third.json")
        self.assertEqual((run.exit, again["first"]), (1, policy["first"]), run)
        run, same, _ = self.fetch(answering(wide), "--before", "third.json")
        self.assertEqual((run.exit, same["first"]), (0, None), run)
        first = json.loads((Path(self.folder) / "first.json").read_text())
        first["policies"][0]["id"] = "0"
        self.write("other.json", json.dumps(first))
        run, policy, _ = self.fetch(answering(wide.replace("1209600", "1209601")), "--before", "other.json")
        self.assertEqual((run.exit, policy["first"]), (0, None), run)
        # Where nobody had a policy then, none was changed.
        first["policies"][0].update(id="1", outcome="unreachable", policy=None, reason="it was down")
        self.write("other.json", json.dumps(first))
        run, policy, _ = self.fetch(answering(wide.replace("1209600", "1209601")), "--before", "other.json")
        self.assertEqual((run.exit, policy["first"]), (0, None), run)
        # A file of an earlier version has no id: nothing is known.
        del first["policies"][0]["id"], first["policies"][0]["first"]
        self.write("other.json", json.dumps(first))
        run, policy, _ = self.fetch(answering(wide.replace("1209600", "1209601")), "--before", "other.json")
        self.assertEqual((run.exit, policy["first"]), (0, None), run)

    def test_what_counts_as_none(self):
        elsewhere = self.authority.issue("elsewhere.example", "DNS:elsewhere.example")
        for case, respond, options, wanted in (
                ("not found", answering("no", 404), {}, "answers with status 404"),
                ("a redirect", answering("", 302, Location=f"https://{WEB}/other"), {}, "redirects"),
                ("a page", answering(POLICY, media="text/html"), {}, "served as text/html"),
                ("no media type", answering(POLICY, media=None), {}, "without a media type"),
                ("without an end", answering("x" * 70000), {}, "more than 65536 octets"),
                ("for another name", answering(POLICY), {"pair": elsewhere}, "mta-sts.corp.example"),
                ("not trusted", answering(POLICY), {"trusted": False}, "mta-sts.corp.example")):
            with self.subTest(case):
                run, policy, _ = self.fetch(respond, **options)
                self.assertEqual((policy["outcome"], policy["policy"], run.exit), ("refused", None, 1), run)
                self.assertIn(wanted, policy["reason"])
                run, found = self.judge()
                self.assertEqual(set(found), {"tls-mtasts-policy-invalid"}, run)
        run, policy, _ = self.fetch(answering("version: STSv1\nmode: on\n"))
        self.assertEqual((policy["outcome"], len(policy["faults"]), run.exit), ("fetched", 3, 1), run)
        run, found = self.judge()
        self.assertEqual(set(found), {"tls-mtasts-policy-invalid"}, run)

    def test_what_is_not_known(self):
        for case, respond, options in (("broken", answering("", 503), ()), ("slow", slow, ("--fetch-timeout", "1s"))):
            with self.subTest(case):
                run, policy, _ = self.fetch(respond, *options)
                self.assertEqual((policy["outcome"], run.exit), ("unreachable", 3), run)
                run, found = self.judge()
                self.assertEqual({(rule, f["certainty"]) for rule, f in found.items()}, {("tls-mtasts-lookup-failed", "inconclusive")}, run)
        path = self.write("inventory.yaml", INVENTORY)
        run = self.gate("smtp", "mta-sts", "--format", "json", "--root-hints", self.hints, path)
        self.assertEqual((run.report["policies"][0]["outcome"], run.exit), ("unreachable", 3), run)
        self.assertIn("refuses connections", run.report["policies"][0]["reason"])
        run = self.gate("smtp", "mta-sts", "--format", "json", "--vantage", "127.0.8.9", "--timeout", "1s", path)
        self.assertEqual((run.report["policies"][0]["outcome"], run.exit), ("unreachable", 3), run)
        self.assertIn("lookup of _mta-sts.corp.example TXT failed", run.report["policies"][0]["reason"])

    def test_no_record_no_question(self):
        text = INVENTORY.replace("name: corp.example, via", "name: other.example, via")
        path = self.write("inventory.yaml", text)
        run = self.gate("smtp", "mta-sts", "--root-hints", self.hints, path)
        self.assertEqual((run.exit, run.out), (0, "other.example: no MTA-STS record\n"), run)
        run = self.gate("smtp", "mta-sts", "--root-hints", self.hints, "--domain", "corp.example", path)
        self.assertEqual(run.exit, 2, run)
        self.assertIn('the inventory declares no domain "corp.example"', run.err)
