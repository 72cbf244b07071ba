# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Inputs that hold each construct of what rdnsgate reads as often as is asked for.

CONSTRUCTS is a list of Construct. `write(folder, n)` writes the files; `command` reads them. Those that are `quick` are what
the suite tries, the others are for a run by hand.
"""
import dataclasses
import json
import typing

HEAD = "$TTL 3600\n@ IN SOA ns1.example.com. h.example.com. 1 3600 600 86400 300\n@ IN NS ns1.example.com.\n"
MX1 = "mx1 A 192.0.2.10\n"
SENDER = "  - {name: mx1, helo: mx1.example.com, addresses: [192.0.2.10]}\n"
ONE = "version: 1\nrules: {addr-documentation: off}\nsenders:\n" + SENDER


@dataclasses.dataclass
class Construct:
    name: str
    write: typing.Callable
    command: list
    quick: bool = False
    start: int = 64


def ip(i):
    return f"11.{i >> 16 & 255}.{i >> 8 & 255}.{i & 255}"


def inventory(text):
    """An inventory with what `text(n)` makes."""
    def write(folder, n):
        (folder / "i.yaml").write_text(text(n))
    return write


def lines(head, line):
    return inventory(lambda n: head + "".join(line(i) for i in range(1, n + 1)))


def zone(records, head=ONE, name="example.com"):
    def write(folder, n):
        (folder / "i.yaml").write_text(head)
        (folder / "z").mkdir(exist_ok=True)
        (folder / "z" / f"{name}.zone").write_text(HEAD + records(n))
        (folder / "z" / "2.0.192.in-addr.arpa.zone").write_text(HEAD + "10 PTR mx1.example.com.\n")
    return write


def reverse(records):
    def write(folder, n):
        zone(lambda _: MX1)(folder, n)
        (folder / "z" / "2.0.192.in-addr.arpa.zone").write_text(HEAD + records(n))
    return write


def included(records, includes="$INCLUDE some.inc\n"):
    """What a zone file includes."""
    def write(folder, n):
        zone(lambda _: MX1 + includes)(folder, n)
        (folder / "z" / "some.inc").write_text(records(n))
    return write


def many(line):
    return lambda n: MX1 + "".join(line(i) for i in range(1, n + 1))


def zones(folder, n):
    (folder / "i.yaml").write_text(ONE)
    (folder / "z").mkdir(exist_ok=True)
    for i in range(n):
        (folder / "z" / f"z{i}.example.zone").write_text("$TTL 60\n@ SOA a h 1 3600 600 86400 300\n@ NS a\na A 192.0.2.1\n")


def octodns(text):
    def write(folder, n):
        (folder / "i.yaml").write_text(ONE)
        (folder / "o").mkdir(exist_ok=True)
        (folder / "o" / "example.com.yaml").write_text("---\n" + text(n))
    return write


def document(name, make):
    def write(folder, n):
        (folder / "i.yaml").write_text(ONE)
        (folder / name).write_text(json.dumps(make(n)))
    return write


def includes(folder, n):
    (folder / "h").mkdir(exist_ok=True)
    for i in range(n):
        (folder / "h" / f"{i}.yaml").write_text(f"version: 1\nsenders: [{{name: s{i}, helo: s{i}.example.com, addresses: [{ip(i)}]}}]\n")
    (folder / "i.yaml").write_text("version: 1\ninclude: ['h/*.yaml']\n")


def deep_folders(folder, n):
    at = folder / "d"
    for i in range(20):
        at = at / "d"
    at.mkdir(parents=True, exist_ok=True)
    (at / "x.yaml").write_text("version: 1\nsenders:\n" + SENDER)
    (folder / "i.yaml").write_text(f"version: 1\ninclude: ['{'**/d/' * min(n, 100)}*.yaml']\n")


def snapshot(facts):
    def write(folder, n):
        (folder / "i.yaml").write_text(ONE)
        made = facts(n)
        head = {"schema": "rdnsgate/facts/1", "tool": {"name": "rdnsgate", "version": "0.1.0"}, "taken_at": "2026-01-01T00:00:00Z",
                "finished_at": "2026-01-01T00:00:00Z", "vantages": [{"name": "q", "kind": "forward", "operator": "q"}], "facts": len(made)}
        (folder / "facts").write_text("".join(json.dumps(line) + "\n" for line in [head, *made]))
    return write


def fact(name, kind, rdata):
    return {"vantage": 0, "name": name, "type": kind, "outcome": "answer", "asked_at": "2026-01-01T00:00:00Z",
            "answer": [{"owner": name, "type": kind, "ttl": 60, "rdata": rdata}]}


def base_facts(ptr=("mx1.example.com.",), a=("192.0.2.10",)):
    return [fact("10.2.0.192.in-addr.arpa.", "PTR", list(ptr)), fact("mx1.example.com.", "A", list(a))]


def finding(i):
    return {"rule": "helo-syntax", "severity": "error", "status": "open", "certainty": "confirmed", "target": {"kind": "sender", "id": f"s{i}"},
            "expected": "x" * 20, "fingerprint": f"{i:032x}"}


def report(n):
    return {"schema": "rdnsgate/report/1", "inventory": {"path": "i.yaml", "sha256": "0" * 64}, "findings": [finding(i) for i in range(n)]}


def escaped_baseline(folder, n):
    document("b.json", lambda n: {"schema": "rdnsgate/baseline/1", "findings": [finding(i) for i in range(n)]})(folder, n)
    path = folder / "b.json"
    path.write_text(path.read_text().replace('"fingerprint": "0', '"fingerprint": "\\u0030'))


OURS = "zones: [{name: example.com, managed_by: nsupdate}, {name: 11.in-addr.arpa, managed_by: nsupdate}]\nrules: {addr-not-global: off}\n"
ONE_BY_ONE = "defaults: {rollout: {wave: 1%, max_wave: 1}}\n"  # each host is a wave of its own: as many phases as hosts


def changed(before, after, records, pointer, more=""):
    """Hosts that are declared as `before(i)` and then as `after(i)`; `records(i)` and a PTR record with `pointer(i)` are there."""
    def write(folder, n):
        hosts = range(1, n + 1)
        for name, host in (("b.yaml", before), ("i.yaml", after)):
            (folder / name).write_text(f"version: 1\n{OURS}{more}senders:\n" + "".join(f"  - {{name: s{i}, {host(i)}}}\n" for i in hosts))
        (folder / "z").mkdir(exist_ok=True)
        (folder / "z" / "example.com.zone").write_text(HEAD + "".join(records(i) for i in hosts))
        (folder / "z" / "11.in-addr.arpa.zone").write_text(HEAD + "".join(
            f"{'.'.join(reversed(ip(i).split('.')[1:]))} PTR {pointer(i)}.example.com.\n" for i in hosts))
    return write


def named(letter):
    return lambda i: f"helo: {letter}{i}.example.com, addresses: [{ip(i)}]"


def a_record(letter):
    return lambda i: f"{letter}{i} A {ip(i)}\n"


# Functions that are too small a part of a run to show in its time until there are tens of thousands: as callgrind takes
# them, with the construct and how many of it.
FUNCTIONS = [("rdnsgate::plan::look_at_pace*", "hosts that are renamed one by one", 100)]

LINT, CHECK = ["lint", "-q", "i.yaml"], ["check", "-q", "--zone-files", "z", "i.yaml"]
LINT_ZONES = ["lint", "-q", "--zone-files", "z", "i.yaml"]
CHANGE = ["plan", "--format", "json", "--base", "b.yaml", "--zone-files", "z", "i.yaml"]
PLAN = ["plan", "--zone-files", "z", "i.yaml"]
REPLAY = ["check", "-q", "--replay", "facts", "i.yaml"]
SENDERS = "version: 1\nsenders:\n"


def one_line(n):
    return json.dumps({"version": 1, "senders": [{"name": f"s{i}", "helo": f"h_{i}.example.com", "addresses": [ip(i)]} for i in range(n)]})


def waivers(target):
    return inventory(lambda n: SENDERS + "".join(f"  - {{name: s{i}, helo: h_{i}.example.com, addresses: [{ip(i)}]}}\n" for i in range(n))
                     + "waivers:\n" + "".join(f"  - {{rule: helo-invalid-syntax, target: '{target(i)}', reason: x, expires: 2099-01-01}}\n" for i in range(n)))


def stacked(n):
    return SENDERS + "".join("  # rdnsgate: allow helo-invalid-syntax until 2099-01-01, x\n" for _ in range(n)) + SENDER


def crossed_waivers(n):
    """Many waivers in comments, many findings, all on one line."""
    return SENDERS + "".join("  # rdnsgate: allow helo-invalid-syntax until 2099-01-01, x\n" for _ in range(min(n, 200))) + "  [" + ",".join(
        f"{{name: s{i}, helo: h_{i}.example.com, addresses: [{ip(i)}]}}" for i in range(n)) + "]\n"


def aliased(n):
    return SENDERS + "".join(f"  - {{name: s{i}, helo: s{i}.example.com, addresses: [{ip(i)}]}}\n" for i in range(n)) \
        + f"domains:\n  - {{name: d.example, via: &a [{', '.join(f's{i}' for i in range(n))}]}}\n" \
        + "".join(f"  - {{name: d{i}.example, via: *a}}\n" for i in range(n))


def anchors(n):
    return "version: 1\nrules: {addr-documentation: off}\nsenders:\n" + "".join(
        f"  - {{name: &n{i} s{i}, helo: &h{i} h{i}.example.com, addresses: [{ip(i)}], owner: *n{i}}}\n" for i in range(n))


CONSTRUCTS = [
    Construct("senders", lines(SENDERS, lambda i: f"  - {{name: s{i}, helo: s{i}.example.com, addresses: [{ip(i)}]}}\n"), LINT),
    Construct("senders, one file in one line", inventory(one_line), LINT, True),
    Construct("findings over many lines", lines(SENDERS, lambda i: f"  - {{name: s{i}, helo: h_{i}.example.com, addresses: [{ip(i)}]}}\n"), LINT),
    Construct("JSON report of them", inventory(one_line), ["lint", "--format", "json", "i.yaml"]),
    Construct("SARIF report of them", inventory(one_line), ["lint", "--format", "sarif", "i.yaml"]),
    Construct("JUnit report of them", inventory(one_line), ["lint", "--format", "junit", "i.yaml"]),
    Construct("GitHub report of them", inventory(one_line), ["lint", "--format", "github", "i.yaml"]),
    Construct("Markdown report of them", inventory(one_line), ["lint", "--format", "markdown", "i.yaml"]),
    Construct("addresses of one sender", inventory(lambda n: SENDERS + f"  - {{name: s, helo: s.example.com, addresses: [{', '.join(ip(i) for i in range(n))}]}}\n"), LINT),
    Construct("ranges", lines(SENDERS, lambda i: f"  - {{name: s{i}, helo: '{{ptr}}', addresses: [{{range: {ip(i * 8)}-{ip(i * 8 + 7)}, ptr: 'o{{-}}.example.com'}}]}}\n"), LINT),
    Construct("senders of one HELO name", lines(SENDERS, lambda i: f"  - {{name: s{i}, helo: s.example.com, addresses: [{ip(i)}]}}\n"), LINT),
    Construct("declared zones", lines(ONE + "zones:\n", lambda i: f"  - {{name: z{i}.example, managed_by: ticket, contact: x}}\n"), LINT),
    Construct("name servers of a zone", inventory(lambda n: ONE + f"zones: [{{name: example.com, managed_by: nsupdate, name_servers: [{', '.join(f'ns{i}.example.net' for i in range(n))}]}}]\n"), LINT),
    Construct("relays", lines(ONE + "relays:\n", lambda i: f"  - {{name: r{i}, spf: 'include:r{i}.example', addresses: [{ip(i)}/32], dkim: [k{i}]}}\n"), LINT),
    Construct("blocks of a relay", inventory(lambda n: ONE + f"relays: [{{name: r, addresses: [{', '.join(ip(i * 4) + '/31' for i in range(n))}]}}]\n"), LINT),
    Construct("domains", lines(ONE + "domains:\n", lambda i: f"  - {{name: d{i}.example, via: [mx1], spf: {{all: fail}}}}\n"), LINT),
    Construct("aliased lists", inventory(aliased), LINT, True),
    Construct("anchors", inventory(anchors), LINT),
    Construct("via of a domain", inventory(lambda n: ONE + f"domains: [{{name: d.example, via: [{', '.join(f'x{i}' for i in range(n))}]}}]\n"), LINT),
    Construct("domains of as many senders", inventory(lambda n: SENDERS + "".join(f"  - {{name: s{i}, helo: s{i}.example.com, addresses: [{ip(i)}]}}\n" for i in range(n)) + "domains:\n" + "".join(f"  - {{name: d{i}.example, via: [s{i}]}}\n" for i in range(n))), LINT),
    Construct("domains of senders that there are none of", inventory(lambda n: SENDERS + "".join(f"  - {{name: s{i}, helo: s{i}.example.com, addresses: [{ip(i)}]}}\n" for i in range(n)) + "domains:\n" + "".join(f"  - {{name: d{i}.example, via: [t{i}]}}\n" for i in range(n))), LINT),
    Construct("DKIM selectors", inventory(lambda n: ONE + f"domains: [{{name: d.example, via: [mx1], dkim: [{', '.join(f'x{i}' for i in range(n))}]}}]\n"), LINT),
    Construct("domains of a host with many addresses", inventory(lambda n: SENDERS + f"  - {{name: s, helo: s.example.com, addresses: [{', '.join(ip(i) for i in range(n))}]}}\ndomains:\n" + "".join(f"  - {{name: d{i}.example, via: [s]}}\n" for i in range(n))), LINT),
    Construct("retired addresses", lines(ONE + "retired:\n", lambda i: f"  - {ip(i)}\n"), LINT),
    Construct("vantages", lines(ONE + "vantages:\n", lambda i: f"  - {{name: v{i}, kind: forward, address: {ip(i)}}}\n"), LINT),
    Construct("waivers of a name", waivers(lambda i: f"s{i}"), LINT, True, 4096),
    Construct("waivers of a pattern", waivers(lambda i: f"*s{i}*"), LINT, True, 4096),
    Construct("waivers of a rule that there is none of", inventory(lambda n: ONE + "waivers:\n" + "".join(f"  - {{rule: no-rule-{i}, target: s{i}, reason: x, expires: 2099-01-01}}\n" for i in range(n))), LINT, False, 4096),
    Construct("waivers of one target", waivers(lambda i: "s1"), LINT),
    Construct("waivers in stacked comments", inventory(stacked), LINT, True, 4096),
    Construct("waivers in comments, one for each line", lines(SENDERS, lambda i: f"  - {{name: s{i}, helo: h_{i}.example.com, addresses: [{ip(i)}]}}  # rdnsgate: allow helo-invalid-syntax until 2099-01-01, x\n"), LINT),
    Construct("waivers in comments and findings on one line", inventory(crossed_waivers), LINT),
    Construct("patterns for names", inventory(lambda n: SENDERS + "".join(f"  - {{name: s{i}, helo: s{i}.example.com, addresses: [{ip(i)}]}}\n" for i in range(n)) + f"standards: {{names: [{', '.join(repr(f'^x{i}') for i in range(n))}]}}\n"), LINT),
    Construct("a pattern that backtracks", inventory(lambda n: SENDERS + f"  - {{name: s, helo: {'a' * min(n, 60)}.example.com, addresses: [11.0.0.1]}}\nstandards: {{names: ['^((a+)+\\.?)+z$']}}\n"), LINT, False, 16),
    Construct("%TAG directives", inventory(lambda n: "".join(f"%TAG !t{i}! x\n" for i in range(n)) + "---\n" + ONE), LINT, True),
    Construct("comments", lines(ONE, lambda i: f"# {i}\n"), LINT),
    Construct("empty lines", inventory(lambda n: ONE + "\n" * n), LINT),
    Construct("unknown keys", lines(ONE, lambda i: f"k{i}: 1\n"), LINT),
    Construct("keys of one value", lines(ONE + "rules:\n", lambda i: f"  k{i}: off\n"), LINT),
    Construct("flow nesting", inventory(lambda n: ONE + "x: " + "[" * n), LINT, False, 4096),
    Construct("block nesting", inventory(lambda n: ONE + "x:\n  " + "- " * n), LINT, False, 4096),
    Construct("a long text", inventory(lambda n: ONE + "x: " + "a" * n), LINT, False, 4096),
    Construct("a long quoted text", inventory(lambda n: ONE + "x: '" + "a'' " * n), LINT, False, 4096),
    Construct("escapes in a text", inventory(lambda n: ONE + 'x: "' + "\\u00e9" * n + '"'), LINT, False, 4096),
    Construct("a block text", inventory(lambda n: ONE + "x: |\n" + "  a\n" * n), LINT, False, 4096),
    Construct("quotes never closed", inventory(lambda n: ONE + "x: \"" + "a\n" * n), LINT, False, 4096),
    Construct("included files", includes, LINT),
    Construct("** in an include", deep_folders, LINT, True, 1),
    Construct("fmt", lines(SENDERS, lambda i: f"  - {{addresses: [{ip(i)}], name: s{i},   helo: s{i}.example.com}}\n"), ["fmt", "--diff", "i.yaml"]),
    Construct("fixes", lines(SENDERS, lambda i: f"  - {{name: s{i}, helo: S{i}.example.com., addresses: [{ip(i)}]}}\n"), ["lint", "--fix", "--dry-run", "i.yaml"]),
    Construct("fixes in one line", inventory(lambda n: one_line(n).replace("h_", "H")), ["lint", "--fix", "--dry-run", "i.yaml"]),

    Construct("zone files", zones, LINT_ZONES, True, 4096),
    Construct("zone files, check", zones, CHECK),
    Construct("records", zone(many(lambda i: f"h{i} A {ip(i)}\n")), LINT_ZONES),
    Construct("records, check", zone(many(lambda i: f"h{i} A {ip(i)}\n")), CHECK),
    Construct("records in one set", zone(many(lambda i: f"mx1 A {ip(i)}\n")), LINT_ZONES, True),
    Construct("records in one set, check", zone(many(lambda i: f"mx1 A {ip(i)}\n")), CHECK, True),
    Construct("records in one set, plan", zone(many(lambda i: f"mx1 A {ip(i)}\n"), ONE.replace("senders:", "zones: [{name: example.com, managed_by: nsupdate}, {name: 2.0.192.in-addr.arpa, managed_by: nsupdate}]\nsenders:")), PLAN),
    Construct("TTLs that differ", zone(many(lambda i: f"mx1 {i} A {ip(i)}\n")), LINT_ZONES),
    Construct("one record many times", zone(many(lambda i: "a A 1.2.3.4\n")), LINT_ZONES),
    Construct("texts", zone(many(lambda i: f"@ TXT \"x{i}\"\n")), CHECK),
    Construct("strings of a text", zone(lambda n: MX1 + "x TXT " + "\"ab\" " * n + "\n"), LINT_ZONES),
    Construct("name servers", zone(many(lambda i: f"@ NS n{i}\nn{i} A {ip(i)}\n")), LINT_ZONES),
    Construct("mail exchangers", zone(many(lambda i: f"@ MX 10 m{i}\n")), LINT_ZONES),
    Construct("aliases in a row", zone(many(lambda i: f"c{i} CNAME c{i + 1}\n")), LINT_ZONES),
    Construct("hosts that are renamed", changed(named("a"), named("b"), a_record("a"), lambda i: f"a{i}"), CHANGE),
    Construct("hosts that are renamed one by one", changed(named("a"), named("b"), a_record("a"), lambda i: f"a{i}", ONE_BY_ONE), CHANGE),
    Construct("hosts that are renumbered one by one", changed(named("a"), lambda i: f"helo: a{i}.example.com, addresses: [{ip(i + (1 << 20))}]", a_record("a"), lambda i: f"a{i}", ONE_BY_ONE), CHANGE),
    Construct("PTR records that are mended", changed(named("a"), lambda i: named("ab"[i % 2])(i), a_record("a"), lambda i: "ax"[1 - i % 2] + str(i)), CHANGE),
    Construct("aliases of one name", zone(many(lambda i: f"c{i} CNAME mx1\n")), PLAN),
    Construct("aliases at one name", zone(many(lambda i: f"c CNAME c{i}\n")), LINT_ZONES),
    Construct("delegations", zone(many(lambda i: f"d{i} NS ns.d{i}\nns.d{i} A {ip(i)}\nx.d{i} A {ip(i)}\n")), LINT_ZONES),
    Construct("wildcards", zone(many(lambda i: f"*.w{i} A {ip(i)}\n")), LINT_ZONES),
    Construct("names under each other", zone(lambda n: MX1 + "".join(f"{'a.' * (i % 100 + 1)}b{i} A {ip(i)}\n" for i in range(n))), LINT_ZONES),
    Construct("records of one $GENERATE", zone(lambda n: MX1 + f"$GENERATE 1-{n} h$ A 192.0.2.1\n"), LINT_ZONES, True, 4096),
    Construct("records of one $GENERATE, check", zone(lambda n: MX1 + f"$GENERATE 1-{n} h$ A 192.0.2.1\n"), CHECK),
    Construct("$GENERATE", zone(many(lambda i: f"$GENERATE {i}-{i} h$ A {ip(i)}\n")), LINT_ZONES, True),
    Construct("dollars of a $GENERATE", zone(lambda n: MX1 + f"$GENERATE 1-10 h$ TXT \"{'$ ' * min(n, 400)}\"\n" * (n // 400 + 1)), LINT_ZONES),
    Construct("records that are included", included(lambda n: "".join(f"h{i} A {ip(i)}\n" for i in range(n))), LINT_ZONES, True),
    Construct("records that are included twice", included(lambda n: "".join(f"h{i} A {ip(i)}\n" for i in range(n)), "$INCLUDE some.inc a\n$INCLUDE some.inc b\n"), CHECK),
    Construct("$INCLUDE", zone(lambda n: MX1 + "$INCLUDE ../i.yaml\n" * n), LINT_ZONES),
    Construct("$INCLUDE of key files", zone(many(lambda i: f"$INCLUDE Kx.+013+{i:05}.key\n")), LINT_ZONES),
    Construct("records of one vendor", zone(many(lambda i: f"l{i} LUA A x\nc{i} CNAME l{i}\n")), LINT_ZONES, True),
    Construct("records of one vendor, check", zone(many(lambda i: f"l{i} ALIAS mx1\n")), CHECK),
    Construct("services", zone(many(lambda i: f"_s{i}._tcp SRV 0 0 1 no{i}\n")), LINT_ZONES),
    Construct("$ORIGIN", zone(many(lambda i: f"$ORIGIN o{i}.example.com.\na A {ip(i)}\n")), LINT_ZONES),
    Construct("parentheses", zone(lambda n: MX1 + "x TXT (" + "\n \"a\"" * n + ")\n"), LINT_ZONES),
    Construct("brackets", zone(lambda n: MX1 + "(" * n), LINT_ZONES, False, 4096),
    Construct("targets without address", zone(many(lambda i: f"@ MX 10 m{i}\ns{i} SRV 1 1 1 t{i}\n")), LINT_ZONES),
    Construct("bad lines", zone(many(lambda i: f"x{i} A nonsense\n")), LINT_ZONES),
    Construct("one line without end", zone(lambda n: MX1 + "x TXT " + "a" * n), LINT_ZONES, False, 4096),
    Construct("PTR records of one address", reverse(lambda n: "".join(f"10 PTR m{i}.example.com.\n" for i in range(n))), CHECK),
    Construct("PTR records of many addresses", reverse(lambda n: "10 PTR mx1.example.com.\n" + "".join(f"{i}.{i % 250} PTR m.example.com.\n" for i in range(n))), CHECK),
    Construct("SPF terms", zone(lambda n: MX1 + "@ TXT " + " ".join('"' + " ".join(["v=spf1"] * (i == 0) + ["ip4:11.0.0.1"] * 18) + ' "' for i in range(max(1, min(n // 18, 250)))) + "\n"), ["init", "--zone-files", "z", "--from-domain", "example.com", "-o", "-"]),
    Construct("init from zone files", reverse(lambda n: "".join(f"{i % 250}.{i // 250} PTR m{i}.example.com.\n" for i in range(1, n))), ["init", "--from-zone-files", "z", "-o", "-"]),
    Construct("octoDNS records", octodns(lambda n: "".join(f"h{i}: {{type: A, value: {ip(i)}}}\n" for i in range(n))), ["lint", "-q", "--zone-files", "o", "i.yaml"]),
    Construct("octoDNS values", octodns(lambda n: f"h: {{type: A, values: [{', '.join(ip(i) for i in range(n))}]}}\n"), ["lint", "-q", "--zone-files", "o", "i.yaml"]),
    Construct("octoDNS merges", octodns(lambda n: "b: &b {type: A, value: 1.2.3.4}\n" + "".join(f"h{i}: {{<<: *b, ttl: {i + 1}}}\n" for i in range(n))), ["lint", "-q", "--zone-files", "o", "i.yaml"]),

    Construct("findings of a baseline", document("b.json", lambda n: {"schema": "rdnsgate/baseline/1", "findings": [finding(i) for i in range(n)]}), ["lint", "-q", "--baseline", "b.json", "i.yaml"], True),
    Construct("a baseline with escapes", escaped_baseline, ["lint", "-q", "--baseline", "b.json", "i.yaml"], True),
    Construct("a baseline against zone files", lambda folder, n: (zones(folder, n), document("b.json", lambda n: {"schema": "rdnsgate/baseline/1", "findings": [{**finding(i), "rule": "zone-ttl-differs", "target": {"kind": "zone", "id": f"q{i}.example"}} for i in range(n)]})(folder, n)), ["lint", "-q", "--zone-files", "z", "--baseline", "b.json", "i.yaml"]),
    Construct("findings of a report", document("r.json", report), ["baseline", "write", "r.json"], True),
    Construct("members of an object", document("r.json", lambda n: {**{f"k{i}": 1 for i in range(n)}, **report(1)}), ["baseline", "write", "r.json"], True),
    Construct("members of one name", lambda folder, n: (folder / "r.json").write_text("{" + '"a":1,' * n + json.dumps(report(1))[1:]), ["baseline", "write", "r.json"]),
    Construct("brackets of a report", lambda folder, n: (folder / "r.json").write_text("[" * n), ["baseline", "write", "r.json"], False, 65536),
    Construct("brackets of a snapshot", lambda folder, n: ((folder / "i.yaml").write_text(ONE), (folder / "facts").write_text("[" * n + "\n")), REPLAY, False, 65536),
    Construct("brackets of a plan", lambda folder, n: (folder / "p.json").write_text('{"schema":"rdnsgate/plan/1","x":' + "[" * n), ["rollout", "status", "p.json"], False, 65536),
    Construct("a phase of a plan", lambda folder, n: (folder / "p.json").write_text('{"schema":"rdnsgate/plan/1","id":"' + "1" * n + '"}'), ["rollout", "status", "p.json"], False, 65536),
    Construct("addresses of NetBox", document("n.json", lambda n: [{"address": f"{ip(i)}/24", "dns_name": f"m{i}.example.com"} for i in range(n)]), ["init", "--from-netbox", "n.json", "--zone-files", "z", "-o", "-"]),
    Construct("tenants of NetBox", document("n.json", lambda n: [{"address": f"{ip(i)}/24", "dns_name": f"m{i}.example.com", "tenant": {"name": f"t{i}"}} for i in range(n)]), ["init", "--from-netbox", "n.json", "-o", "-"]),
    Construct("rows of CSV", lambda folder, n: (folder / "h.csv").write_text("address,ptr\n" + "".join(f"{ip(i)},m{i}.example.com\n" for i in range(n))), ["init", "--from-csv", "h.csv", "-o", "-"]),
    Construct("one sender in CSV", lambda folder, n: (folder / "h.csv").write_text("address,ptr,sender\n" + "".join(f"{ip(i)},m{i}.example.com,s\n" for i in range(n))), ["init", "--from-csv", "h.csv", "-o", "-"]),
    Construct("names of one label in CSV", lambda folder, n: (folder / "h.csv").write_text("address,ptr\n" + "".join(f"{ip(i * 2)},m.d{i}.example.com\n" for i in range(n))), ["init", "--from-csv", "h.csv", "-o", "-"]),
    Construct("columns of CSV", lambda folder, n: (folder / "h.csv").write_text("address,ptr" + ",x" * n + "\n11.0.0.1,m.example.com" + ",y" * n + "\n"), ["init", "--from-csv", "h.csv", "-o", "-"], False, 4096),
    Construct("a quoted field of CSV", lambda folder, n: (folder / "h.csv").write_text("address,ptr\n\"" + '""' * n), ["init", "--from-csv", "h.csv", "-o", "-"], False, 4096),
    Construct("facts", snapshot(lambda n: base_facts() + [fact(f"h{i}.example.com.", "A", [ip(i)]) for i in range(n)]), REPLAY),
    Construct("records of a fact", snapshot(lambda n: base_facts(a=[ip(i) for i in range(min(n, 200_000))])), REPLAY, True),
    Construct("names of a PTR fact", snapshot(lambda n: base_facts(ptr=[f"m{i}.example.com." for i in range(n)])), REPLAY, True),
    Construct("facts that are shown", snapshot(lambda n: base_facts() + [fact(f"h{i}.example.com.", "A", [ip(i)]) for i in range(n)]), ["facts", "show", "facts"]),
    Construct("keys of a configuration", lambda folder, n: ((folder / "i.yaml").write_text(ONE), (folder / "c.yaml").write_text("version: 1\n" + "".join(f"k{i}: 1\n" for i in range(min(n, 90_000))))), ["lint", "--config", "c.yaml", "i.yaml"]),
    Construct("lines of an AS table", lambda folder, n: ((folder / "i.yaml").write_text(ONE + "standards: {as_data: as.tsv}\n"), zone(lambda _: MX1, ONE + "standards: {as_data: as.tsv}\n")(folder, n), (folder / "as.tsv").write_text("".join(f"{ip(i)} {ip(i)} {i + 1}\n" for i in range(n)))), CHECK),
]
