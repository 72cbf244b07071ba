# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""A small estate with a file of every kind that rdnsgate reads, and ways to spoil them."""
import gzip
import hashlib
import json
import random
import subprocess
from pathlib import Path

CASES = Path(__file__).resolve().parent / "cases"

HEAD = "$TTL 3600\n@ IN SOA ns1.example.com. h.example.com. 1 3600 600 86400 300\n@ IN NS ns1.example.com.\n"
FORWARD = HEAD + """ns1 A 192.0.2.1
mx1 A 192.0.2.10
mx1 AAAA 2001:db8::10
www CNAME mx1
@ MX 10 mx1
@ TXT "v=spf1 a mx ip4:192.0.2.0/28 include:_spf.example.com -all"
_spf TXT "v=spf1 ip4:192.0.2.11 ~all"
_sip._tcp SRV 1 2 5060 mx1
@ CAA 0 issue "ca.example.net"
_25._tcp.mx1 TLSA 3 1 1 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
"""
REVERSE = HEAD + "10 PTR mx1.example.com.\n11 PTR old11.example.com.\n"
INVENTORY = """version: 1
zones:
  - {name: example.com, managed_by: zonefile, file: z/example.com.zone}
  - {name: 2.0.192.in-addr.arpa, managed_by: nsupdate, name_servers: [ns1.example.com]}
senders:
  - {name: mx1, helo: mx1.example.com, addresses: [192.0.2.10]}
  # rdnsgate: allow ptr-mismatch until 2030-01-01, known
  - name: mx2
    helo: "{ptr}"
    addresses:
      - {range: 192.0.2.11-192.0.2.12, ptr: "out-{4}.example.com"}
relays: [{name: news, spf: "include:spf.relay.example", helo: "*.relay.example", addresses: [198.51.100.0/28], dkim: [k1]}]
domains: [{name: example.com, via: [mx1, news], spf: {all: fail}, dkim: [s1], dmarc: {policy: none}}]
retired: [192.0.2.99]
standards: {names: ['^(mx|out)[0-9-]+\\.example\\.com$'], latency: {warn: 500ms}}
waivers: [{rule: ptr-mismatch, target: 192.0.2.1*, reason: known, expires: 2030-01-01}]
vantages: [{name: q, kind: forward, address: 127.0.0.9, operator: q}]
rules: {addr-documentation: off}
"""
OCTODNS = """---
'':
  - {type: MX, values: [{preference: 10, exchange: mx1.example.com.}]}
  - {type: TXT, value: 'v=spf1 mx -all'}
mx1: {type: A, ttl: 300, value: 192.0.2.10}
_25._tcp.mx1: {type: TLSA, values: [{certificate_usage: 3, selector: 1, matching_type: 1, certificate_association_data: 'aa'}]}
"""
CONFIG = "version: 1\nlint: {fail_on: warning}\ncheck: {inconclusive: report, deadline: 10m}\n"
CSV = 'address,ptr,helo,sender,owner\n192.0.2.10,mx1.example.com,,"mx, one",team\n2001:db8::10,mx1.example.com,mx1.example.com,b,\n'
NETBOX = {"count": 1, "next": None, "results": [{"address": "192.0.2.10/24", "dns_name": "mx1.example.com", "status": {"value": "active"},
                                                 "tenant": {"name": "team"}}]}
MAIL_LOG = """Nov 30 09:12:01 mx1 postfix/smtp[1]: 4T: to=<b@gmail.com>, relay=mx.gmail.com[203.0.113.7]:25, dsn=5.7.25, status=bounced (host mx.gmail.com[203.0.113.7] said: 550-5.7.25 [192.0.2.10] The IP address sending this message does not have a 550-5.7.25 PTR record setup (in reply to MAIL FROM command))
2027-01-15 09:12:01 H=mx9.example.net (mx1) [203.0.113.9] F=<a@example.com> rejected RCPT <b@example.org>: HELO does not match reverse DNS
Nov 30 09:12:01 mx1 sm-mta[4]: x4A: to=<b@aol.com>, relay=mx.aol.com. [198.51.100.7], dsn=4.0.0, stat=Deferred: 421 4.7.1 : (DNS:NR)
Nov 30 09:12:01 mx1 smtpd[6]: 88166f7f21c951f4 smtp connected address=203.0.113.9 host=<unknown>
@400000005f0c1a2b12345678 delivery 3: failure: 198.51.100.7_does_not_like_recipient./Remote_host_said:_550_5.7.1_no_PTR_for_192.0.2.10/
#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context
2027-01-15T09:12:01.123Z,Out,08DA1234,5,192.0.2.10:40112,198.51.100.7:25,<,501 5.5.4 Invalid domain name,
"""
JOURNAL = "__REALTIME_TIMESTAMP=1796031000000000\nSYSLOG_IDENTIFIER=postfix/smtpd\nMESSAGE=connect from unknown[192.0.2.10]\n\n__REALTIME_TIMESTAMP=1796031001000000\nMESSAGE=x\n"
BOUNCE = """From: MAILER-DAEMON@mx1.example.com
Subject: Undelivered
Date: Fri, 15 Jan 2027 09:12:01 +0000
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx1.example.com

Final-Recipient: rfc822; b@example.net
Action: failed
Remote-MTA: dns; mx.example.net
Diagnostic-Code: smtp; 550 5.7.25 192.0.2.10 has no PTR record

--b--
"""
PATTERNS = "let NO: (?:no|missing)\n[no-ptr] a\nword: \" ptr\"\nmatch: {NO}.{0,20} ptr|ptr .*{NO}\nunless: spf\ntest: no PTR\nnot: spf no ptr\n"
AS_DATA = "192.0.2.0\t192.0.2.255\t64500\tDE\tx\n2001:db8::/32 64501\n"

# What readers stumble over: numbers, nesting, octets that are no text, signs that mean something somewhere.
TOKENS = [b"1e400", b"-1e400", b"9" * 400, b"-1", b"0", b"1.5", b"18446744073709551616", b"[" * 300, b"{" * 300, b'{"a":' * 300, b"- " * 300,
          b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"\xe2\x80\xae", b"\x1b[31m", b"\x7f", b"\r", b"\n", b"\t", b"null", b"true",
          b'""', b"''", b"[]", b"{}", b"&a ", b"*a", b"!!x ", b"%TAG ! !\n", b"---\n", b"<<: ", b"? ", b"|\n", b"$INCLUDE x\n", b"$ORIGIN .\n",
          b"$GENERATE 1-9 a$ A 1.2.3.$\n", b"\\# 4 0a000001", b"\\", b"\"", b"'", b"(", b")", b";", b"@", b"*", b"a" * 70000, b"\\300" * 20,
          b"x." * 140, b"%{i}", b"%{d99r+-}", b"%", b"include:", b"redirect=", b"exists:%{l}.", b"ip6:::/129", b"a//999", b"0.0.0.0/0", b"::/0",
          b"192.0.2.0-255.255.255.255", b"2030-13-45", b"9999-12-31T23:59:59Z", b"1w" * 40, b"\\u0000", b"\\ud83d", b"TYPE65535", b"RRSIG"]
VALUES = [None, True, False, 0, -1, 1.5, 2**63, 2**64, -2**63, 10**400, "", "x" * 70000, "\u0000", "\U0001f600", "\u202e", [], {}, [[[[]]]],
          {"a": {"a": {"a": {}}}}, "1" * 400, "192.0.2.1", "..", "a..b", "*", "2030-01-01T00:00:00Z", "%{i}", ["x"] * 300]


def spoil(data, dice):
    """Octets with a few things wrong."""
    data = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4))):
        at = dice.randrange(len(data) + 1)
        kind = dice.randrange(6)
        if kind == 0 and data:
            data[min(at, len(data) - 1)] = dice.randrange(256)
        elif kind == 1:
            del data[at:at + dice.choice((1, 4, 40))]
        elif kind == 2:
            piece = bytes(data[at:at + dice.choice((4, 40, 400))])
            data[at:at] = piece * dice.choice((1, 2, 30))
        elif kind == 3:
            del data[at:]
        else:
            data[at:at] = dice.choice(TOKENS)
    return bytes(data)


def spoil_value(value, dice):
    """JSON with another value somewhere."""
    value = json.loads(json.dumps(value))
    for _ in range(dice.choice((1, 1, 2))):
        at, parent, key = value, None, None
        while isinstance(at, (dict, list)) and at and (parent is None or dice.random() < 0.8):
            parent = at
            key = dice.choice(list(at)) if isinstance(at, dict) else dice.randrange(len(at))
            at = at[key]
        if parent is None:
            return dice.choice(VALUES)
        if dice.random() < 0.2:
            del parent[key]
        elif isinstance(at, str) and dice.random() < 0.4:
            parent[key] = spoil(at.encode(), dice).decode("utf-8", "replace")
        else:
            parent[key] = dice.choice(VALUES)
    return value


def spoil_json(data, dice):
    """Half of the time still JSON."""
    if dice.random() < 0.5:
        return spoil(data, dice)
    return json.dumps(spoil_value(json.loads(data), dice)).encode()


def spoil_plan(data, dice):
    """With a checksum that is right, so that more than that is looked at."""
    spoilt = spoil_json(data, dice)
    try:
        plan = json.loads(spoilt)
        if not isinstance(plan, dict):
            return spoilt
        plan.pop("checksum", None)
        plan["checksum"] = hashlib.sha256(json.dumps(plan, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
        return json.dumps(plan).encode()
    except (ValueError, RecursionError):
        return spoilt


def spoil_lines(data, dice):
    """A snapshot: lines of JSON, packed."""
    lines = gzip.decompress(data).splitlines()
    at = dice.randrange(len(lines))
    lines[at] = spoil_json(lines[at], dice)
    if dice.random() < 0.1:
        lines.insert(at, dice.choice(lines))
    plain = b"\n".join(lines) + b"\n"
    if dice.random() < 0.1:
        return spoil(data, dice)
    return gzip.compress(plain) if dice.random() < 0.5 else plain


def spoil_spf(data, dice):
    """An SPF record in a zone file; any octets can stand in one."""
    record = spoil(b"v=spf1 a mx:mx1.example.com ip4:192.0.2.10 include:_spf.example.com exists:%{ir}.x redirect=_spf.example.com -all", dice)
    strings = [record[i:i + 255] for i in range(0, min(len(record), 2000), 255)]
    text = " ".join('"' + "".join(f"\\{octet:03d}" if octet in b'"\\' or not 32 <= octet < 127 else chr(octet) for octet in part) + '"'
                    for part in strings)
    return data.replace(b'"v=spf1 a mx ip4:192.0.2.0/28 include:_spf.example.com -all"', text.encode())


class Estate:
    """The files in a folder, and for each kind its path, the commands that read it, and how it is spoilt."""

    def __init__(self, binary, folder):
        self.binary, self.folder = binary, Path(folder)
        (self.folder / "z").mkdir()
        (self.folder / "o").mkdir()
        for name, text in {"i.yaml": INVENTORY, "z/example.com.zone": FORWARD, "z/2.0.192.in-addr.arpa.zone": REVERSE, "o/example.com.yaml": OCTODNS,
                           "config.yaml": CONFIG, "hosts.csv": CSV, "netbox.json": json.dumps(NETBOX), "as.tsv": AS_DATA,
                           "mail.log": MAIL_LOG, "journal": JOURNAL, "bounce.eml": BOUNCE, "patterns": PATTERNS,
                           "with_as.yaml": INVENTORY.replace("standards: {", "standards: {as_data: as.tsv, "),
                           "list.txt": "192.0.2.10\n192.0.2.12/31 # x\n2001:db8::10\n"}.items():
            (self.folder / name).write_text(text)
        self.run("check", "--zone-files", "z", "--record", "facts.gz", "--format", "json", "--output", "json=report.json", "i.yaml")
        self.write("plan.json", self.run("plan", "--zone-files", "z", "-f", "json", "i.yaml").stdout)
        for name, case in {"probes.json": "smtp-probes/mx1.json", "banners.json": "smtp-banner/banners.json", "policies.json": "mta-sts/policies.json"}.items():
            self.write(name, (CASES / case).read_bytes())
        self.write("mail.log.gz", gzip.compress(MAIL_LOG.encode()))
        self.run("baseline", "write", "report.json", "-o", "baseline.json")
        self.run("rollout", "status", "--zone-files", "z", "--state", "state.json", "plan.json")
        if not (self.folder / "state.json").exists():
            plan = json.loads((self.folder / "plan.json").read_text())
            state = {"schema": "rdnsgate/rollout-state/1", "plan": plan["id"], "converged": {"preflight": "2026-01-01T00:00:00Z"}, "done": {}}
            self.write("state.json", json.dumps(state).encode())

    def write(self, name, data):
        (self.folder / name).write_bytes(data)

    def run(self, *arguments):
        return subprocess.run([self.binary, *arguments], cwd=self.folder, capture_output=True, timeout=60, check=False)

    KINDS = {
        "inventory": ("i.yaml", spoil, [["lint", "i.yaml"], ["check", "--zone-files", "z", "i.yaml"], ["fmt", "--diff", "i.yaml"],
                                        ["lint", "--fix", "--dry-run", "i.yaml"], ["plan", "--zone-files", "z", "i.yaml"]]),
        "zone": ("z/example.com.zone", spoil, [["lint", "--zone-files", "z", "i.yaml"], ["check", "--zone-files", "z", "i.yaml"],
                                               ["plan", "--zone-files", "z", "i.yaml"], ["init", "--from-zone-files", "z", "-o", "-"]]),
        "spf record": ("z/example.com.zone", spoil_spf, [["init", "--zone-files", "z", "--from-domain", "example.com", "-o", "-"],
                                                         ["plan", "--zone-files", "z", "i.yaml"]]),
        "reverse zone": ("z/2.0.192.in-addr.arpa.zone", spoil, [["lint", "--zone-files", "z", "i.yaml"],
                                                                ["init", "--from-zone-files", "z", "-o", "-"]]),
        "octodns": ("o/example.com.yaml", spoil, [["lint", "--zone-files", "o", "i.yaml"], ["check", "--zone-files", "o", "i.yaml"],
                                                  ["init", "--from-zone-files", "o", "-o", "-", "192.0.2.10"]]),
        "snapshot": ("facts.gz", spoil_lines, [["check", "--replay", "facts.gz", "i.yaml"], ["facts", "show", "facts.gz"],
                                               ["plan", "--replay", "facts.gz", "i.yaml"], ["facts", "merge", "facts.gz", "facts.gz", "-o", "merged"],
                                               ["rollout", "status", "--replay", "facts.gz", "plan.json"]]),
        "plan": ("plan.json", spoil_plan, [["rollout", "status", "--zone-files", "z", "plan.json"],
                                           ["rollout", "next", "--zone-files", "z", "plan.json"],
                                           ["rollout", "verify", "--zone-files", "z", "plan.json", "add-forward"],
                                           ["rollout", "next", "--zone-files", "z", "--state", "state.json", "--inventory", "i.yaml", "plan.json"]]),
        "state": ("state.json", spoil_json, [["rollout", "status", "--zone-files", "z", "--state", "state.json", "plan.json"]]),
        "baseline": ("baseline.json", spoil_json, [["lint", "--baseline", "baseline.json", "i.yaml"]]),
        "report": ("report.json", spoil_json, [["baseline", "write", "report.json"], ["baseline", "write", "--shrink", "report.json"],
                                              ["logs", "--report", "report.json", "-i", "i.yaml", "mail.log"]]),
        "log": ("mail.log", spoil, [["logs", "mail.log"], ["logs", "-f", "json", "-i", "i.yaml", "mail.log"], ["logs", "-f", "json", "--no-redact", "mail.log"]]),
        "packed log": ("mail.log.gz", spoil, [["logs", "mail.log.gz"]]),
        "journal": ("journal", spoil, [["logs", "journal"], ["logs", "-f", "json", "journal"]]),
        "bounce": ("bounce.eml", spoil, [["logs", "bounce.eml"], ["logs", "-f", "json", "bounce.eml"]]),
        "patterns": ("patterns", spoil, [["logs", "--patterns", "patterns", "mail.log"]]),
        "probes": ("probes.json", spoil_json, [["--now", "2027-01-15T08:00:00Z", "check", "--zone-files", "z", "--probes", "probes.json", "i.yaml"]]),
        "banners": ("banners.json", spoil_json, [["check", "--zone-files", "z", "--banners", "banners.json", "i.yaml"]]),
        "policies": ("policies.json", spoil_json, [["check", "--zone-files", "z", "--mta-sts", "policies.json", "i.yaml"]]),
        "netbox": ("netbox.json", spoil_json, [["init", "--from-netbox", "netbox.json", "--zone-files", "z", "-o", "-"]]),
        "csv": ("hosts.csv", spoil, [["init", "--from-csv", "hosts.csv", "--zone-files", "z", "-o", "-"]]),
        "addresses": ("list.txt", spoil, [["init", "--addresses", "list.txt", "--zone-files", "z", "-o", "-"]]),
        "configuration": ("config.yaml", spoil, [["lint", "--config", "config.yaml", "i.yaml"], ["config", "show", "--config", "config.yaml"]]),
        "as data": ("as.tsv", spoil, [["check", "--zone-files", "z", "with_as.yaml"]]),
    }
