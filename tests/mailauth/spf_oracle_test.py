#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Random SPF records in a random DNS come to the same result in rdnsgate, in pyspf (Debian's python3-spf) and in Mail::SPF
(libmail-spf-perl), explanations too.

Usage: spf_oracle_test.py EVALUATE_BINARY [unittest arguments]

Both come from .lab/, which ci/packages.sh lab unpacks; without one its test is skipped. They ask nobody: their look-up is a
dictionary. Where pyspf and we differ on purpose, the generator keeps away:
- pyspf counts the look-up of redirect= before those of the mechanisms, and beside `all` too, where it is ignored
  (RFC 7208 section 6.1): a record has no redirect beside `all`, and few look-ups where it has one.
- An include of the record itself is an error at once there, and here after ten rounds.
Or it is let pass where it shows (`eager`): pyspf looks up the addresses of all names that `mx` and `ptr` give before it
compares the first, so that void and failed look-ups behind a match count; and a failed one is an error under `ptr`,
where RFC 7208 section 5.5 passes over that name.

What the two do otherwise with macros, and is let pass where it shows (`excused`):
- The look-ups of %{p} count for their limit of void ones, though RFC 7208 section 4.6.4 limits those of terms; and one
  that fails is a temperror, though its section 7.3 says "unknown".
- Mail::SPF takes explanations that break the grammar or are not ASCII (section 6.2); to it `ip6:.../0` is any address, and
  a delimiter of a macro that has no transformer is none: the generator keeps away from these two. It dies of names with
  empty labels, and goes through the MX records in another order, which shows where one of two look-ups fails.
- Mail::SPF finds a wrong macro only where it comes to it, and does not count the void look-ups of an MX record's hosts.
- pyspf takes no explanation that ends in %%.
"""
import ipaddress
import json
import os
import random
import re
import subprocess
import sys
import types
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PYSPF = ROOT / ".lab/usr/lib/python3/dist-packages/spf.py"
PERL = [ROOT / ".lab/usr/share/perl5", *sorted((ROOT / ".lab/usr/lib").glob("*/perl5/*"))]
MAIL_SPF = ROOT / ".lab/usr/share/perl5/Mail/SPF.pm"
EVALUATE = None
RUNS = int(os.environ.get("RDNSGATE_SPF_RUNS", "1500"))


def load_pyspf():
    """pyspf wants a DNS library to be there, and is given an empty one."""
    for name in ("dns", "dns.resolver", "dns.exception", "dns.rdatatype"):
        sys.modules[name] = types.ModuleType(name)
    sys.modules["dns"].rdatatype = sys.modules["dns.rdatatype"]
    sys.modules["dns.rdatatype"].SPF = 99
    sys.path.insert(0, str(PYSPF.parent))
    import warnings
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import spf
    return spf


class World:
    """Random records of a few names."""

    def __init__(self, rng, rich=False):
        self.rng, self.rich = rng, rich
        self.sets, self.failing, self.texts = {}, set(), {}
        self.hosts = [f"h{i}.example.com" for i in range(6)]
        self.spf = ["example.com", "_spf.example.com", "b.example", "c.example"]
        for host in self.hosts:
            if rng.random() < 0.8:
                self.sets[host, "A"] = sorted({self.v4() for _ in range(rng.randint(1, 2))})
            if rng.random() < 0.4:
                self.sets[host, "AAAA"] = [self.v6()]
        for domain in self.spf:
            if rng.random() < 0.6:
                self.sets[domain, "MX"] = rng.sample(self.hosts, rng.randint(1, 3))
            if rng.random() < 0.3:
                self.sets[domain, "A"] = [self.v4()]
            if rng.random() < 0.93:
                self.texts[domain] = [self.record(domain)]
            if rng.random() < 0.04:
                self.texts.setdefault(domain, []).append(self.record(domain))
            if rng.random() < 0.2:
                self.texts.setdefault(domain, []).append("another=text")
        if rng.random() < 0.15:
            self.failing.add((rng.choice(self.hosts), rng.choice(["A", "AAAA"])))
        if rng.random() < 0.05:
            self.failing.add((rng.choice(self.spf), "TXT"))
        for ip in ("192.0.2.1", "192.0.2.2"):
            if rng.random() < 0.6:
                self.sets[ip, "PTR"] = [rng.choice(self.hosts)]
            if rng.random() < 0.5:
                self.sets[f"{ip}.ok.example", "A"] = ["127.0.0.2"]
        if rich:
            for name in ("why.example", "example.com.why.example"):
                self.texts[name] = [self.words() for _ in range(rng.choice([1, 1, 1, 1, 2]))]
            for name in ("strong-bad.ok.example", "unknown.ok.example", "h1.example.com.ok.example", "bad.ok.example"):
                self.sets[name, "A"] = ["192.0.2.64"]

    def macro(self, letters="slodihv"):
        rng = self.rng
        change = rng.choice(["", "", "1", "2", "3", "12"]) + rng.choice(["", "r"])
        letter = rng.choice(letters)
        return "%{" + letter + change + (rng.choice(["", "", "-", ".", "+-", "_=,/"]) if change and letter not in "vV" else "") + "}"

    def words(self):
        """An explanation."""
        parts = [self.macro("slodihvcSLODIHC" + "p" * (self.rng.random() < 0.3)) if self.rng.random() < 0.6 else
                 self.rng.choice(["see ", "http://x.example/?", "%%", "%_", "%-", "a.b", "&"]) for _ in range(self.rng.randint(1, 5))]
        return "".join(parts) + self.rng.choice(["", "", "", "", "%", "%{x}", " %(d)", "\u00e9"][:5 + 3 * (self.rng.random() < 0.3)])

    def rich_term(self):
        rng = self.rng
        macro = self.macro()
        return rng.choice([lambda: f"exists:{macro}.{rng.choice(['ok', 'no'])}.example", lambda: f"a:{macro}.example",
                           lambda: f"exists:{macro}%%{self.macro()}.example", lambda: f"include:{macro}", lambda: f"x{rng.getrandbits(40)}={macro}",
                           lambda: f"mx:{self.host()}", lambda: f"exists:{self.macro('p')}.ok.example", lambda: "ip4:192.0.2.0/28",
                           lambda: f"ip6:2001:db8::/{rng.choice([32, 127])}"])()

    def v4(self):
        return f"192.0.2.{self.rng.choice([1, 2, 3, 64, 65, 130])}"

    def v6(self):
        return f"2001:db8::{self.rng.choice(['1', '2', 'ff:1'])}"

    def host(self):
        return self.rng.choice(self.hosts)

    def term(self):
        rng = self.rng
        if self.rich and rng.random() < 0.5:
            return self.rich_term()
        cidr = rng.choice(["", "", "", "/24", "/28", "/32", "//64", "/25//120"] + ["/0", "//0"] * (not self.rich))
        return rng.choice([
            lambda: f"ip4:{self.v4()}{rng.choice(['', '', '/24', '/28', '/8' if self.rich else '/0', '/33', '/'])}",
            lambda: f"ip6:{self.v6()}{rng.choice(['', '/64', '/120', '/128', '/129'])}",
            lambda: f"a:{self.host()}{cidr}", lambda: f"a{cidr}", lambda: f"mx{cidr}",
            lambda: f"mx:{rng.choice(self.spf)}{cidr}", lambda: f"include:{rng.choice(self.spf)}",
            lambda: "ptr", lambda: "ptr:example.com",
            lambda: f"exists:%{{i}}.{rng.choice(['ok', 'no'])}.example",
            lambda: f"exists:%{{ir}}.%{{v}}.%{{d{rng.randint(1, 3)}r}}.example",
            lambda: "exists:%{l1r-}.%{o}", lambda: "a:%{h}",
            lambda: rng.choice(["A:H1.EXAMPLE.COM", "All", "moo=x", "exp=why.example.com", "foo", "a:", "ip4:", "mx/33",
                                "all/8", "include", "exists:", "ip4:192.0.2.300", "a:%{x}.example", "a:h1", "x=%{l}",
                                "unknown:x", "-", "ip6:192.0.2.1", "ip4:2001:db8::1", "ptr:"])
            if rng.random() < 0.15 else f"ip4:{self.v4()}",
        ])()

    def record(self, domain):
        rng = self.rng
        terms = [rng.choice(["", "", "", "+", "-", "~", "?"]) + self.term() for _ in range(rng.choice([0, 1, 2, 3, 5, 8, 12]))]
        terms = [term.lstrip("+-~?") if "=" in term else term for term in terms]
        terms = [term for term in terms if not term.endswith("include:" + domain)]
        end = rng.random()
        has_all = any(term.lstrip("+-~?").lower() == "all" for term in terms)
        if end < 0.7:
            terms.append(rng.choice(["-all", "~all", "?all", "all"]))
        elif end < 0.9 and not has_all and domain == "example.com":
            lookups = ("a", "mx", "include", "ptr", "exists")
            terms = [t for t in terms if not t.lower().lstrip("+-~?").startswith(lookups)][:4]
            terms.append(f"redirect={rng.choice([one for one in self.spf if one != domain])}")
        if self.rich and rng.random() < 0.6:
            terms.insert(rng.randint(0, len(terms)), rng.choice(["exp=why.example", "exp=why.example", "exp=%{d}.why.example", "exp=no.example"]))
        return rng.choice(["v=spf1", "v=spf1", "V=spf1"]) + "".join(rng.choice([" ", " ", "  "]) + t for t in terms)

    def lines(self):
        yield "NEW"
        for (owner, kind), values in self.sets.items():
            if kind in ("A", "AAAA"):
                continue
            yield f"{kind} {owner} {' '.join(values)}"
        for owner in {owner for owner, kind in self.sets if kind in ("A", "AAAA")}:
            yield f"A {owner} {' '.join(self.sets.get((owner, 'A'), []) + self.sets.get((owner, 'AAAA'), []))}"
        for owner, texts in self.texts.items():
            for text in texts:
                yield f"TXT {owner} {text}"
        for owner, kind in self.failing:
            yield f"FAIL {kind} {owner}"

    def lookup(self, spf):
        def answer(name, kind, *_):
            name = name.lower().rstrip(".")
            if (name, kind) in self.failing:
                raise spf.TempError("DNS no answer")
            if kind == "TXT":
                return [((name, "TXT"), [text.encode("latin-1")]) for text in self.texts.get(name, [])]
            if kind == "PTR":
                for (owner, type_), values in self.sets.items():
                    if type_ == "PTR" and ipaddress.ip_address(owner).reverse_pointer == name:
                        return [((name, "PTR"), value) for value in values]
                return []
            values = self.sets.get((name, kind), [])
            if kind == "MX":
                return [((name, "MX"), (10, value)) for value in values]
            return [((name, kind), value) for value in values]

        return answer


IDENTITIES = [("192.0.2.1", "strong-bad", "h1.example.com"), ("192.0.2.2", "a", "h2.example.com"),
              ("192.0.2.64", "x", "h1.example.com"), ("198.51.100.7", "x", "h1.example.com"),
              ("2001:db8::1", "x", "h1.example.com"), ("2001:db8::ff:1", "x", "h3.example.com")]


RICH = [("192.0.2.1", "strong-bad", "h1.example.com"), ("192.0.2.64", "a_b=c,d/e+f.g", "H2.example.com"),
        ("2001:db8::1", "~jack&jill", "h1.example.com"), ("2001:db8::ff:1", "x", "oemcomputer")]
DEFAULT = "SPF fail - not authorized"  # in pyspf


def rich_worlds():
    rng = random.Random(int(os.environ.get("RDNSGATE_SPF_SEED", "4408")))
    return [World(rng, rich=True) for _ in range(RUNS)]


def rich_results(worlds):
    """Of the program, [result, explanation]."""
    lines = []
    for world in worlds:
        lines += world.lines()
        lines += [f"CHECK {ip} {f'{local}@example.com'.encode().hex()} {helo.encode().hex()}" for ip, local, helo in RICH]
    done = subprocess.run([EVALUATE], input=("\n".join(lines) + "\n").encode("latin-1"), capture_output=True, check=True)
    answers = [(line.split("\t") + [None])[:2] for line in done.stdout.decode().splitlines()]
    return [answers[at:at + len(RICH)] for at in range(0, len(answers), len(RICH))]


@unittest.skipUnless(MAIL_SPF.exists(), "libmail-spf-perl is not unpacked: ci/packages.sh lab")
class MailSpf(unittest.TestCase):
    def test_random_records_and_explanations(self):
        worlds = rich_worlds()
        jobs = []
        for world in worlds:
            sets = {}
            for (owner, kind), values in world.sets.items():
                name = ipaddress.ip_address(owner).reverse_pointer if kind == "PTR" else owner
                sets[f"{name} {kind}"] = values
            sets.update({f"{owner} TXT": texts for owner, texts in world.texts.items()})
            jobs.append(json.dumps({"sets": sets, "failing": [f"{owner} {kind}" for owner, kind in world.failing],
                                    "asks": [[ip, f"{local}@example.com", helo] for ip, local, helo in RICH]}))
        command = ["perl", *[f"-I{path}" for path in PERL], Path(__file__).parent / "mail_spf.pl"]
        done = subprocess.run(command, input="\n".join(jobs) + "\n", capture_output=True, text=True, check=True)
        theirs = [json.loads(line) for line in done.stdout.splitlines()]
        compare(self, worlds, rich_results(worlds), theirs, "DEFAULT", "Mail::SPF")


EXPLAIN = re.compile(r"(%\{[slodipvhcrt]\d*r?[-.+,/_=]*\}|%%|%_|%-|[ -$&-~])*", re.IGNORECASE)


def excused(library, world, mine, theirs):
    texts = [text for texts in world.texts.values() for text in texts]
    looks = any(word in text for text in texts for word in ("%{p", "ptr", "mx"))
    if theirs[0] == "permerror" and (looks or "trivial recursion" in (theirs[1] or "")):
        return mine[0] != "permerror"
    if mine[0] == "permerror" and library == "Mail::SPF" and any(word in text for text in texts for word in ("mx", "%{x}")):
        return True
    if "temperror" in (mine[0], theirs[0]):
        return bool(world.failing) and looks
    if theirs[0].startswith("died: empty label") or (mine[0] == "fail" and (mine[1] or "").endswith("%")):
        return True
    return mine == ("fail", None) and theirs[0] == "fail" and not all(EXPLAIN.fullmatch(text) for text in texts)


def compare(test, worlds, ours, theirs, default, library):
    wrong, seen, explained, passed_by = [], {}, 0, 0
    for world, mine, other in zip(worlds, ours, theirs, strict=True):
        for identity, (result, why), (their_result, their_why) in zip(RICH, mine, other, strict=True):
            seen[result] = seen.get(result, 0) + 1
            excuse = excused(library, world, (result, why), (their_result, their_why))
            their_why = None if their_result != "fail" or their_why == default else their_why
            explained += result == "fail" and why is not None
            folded = [text and text.lower() for text in (why, their_why)]  # Mail::SPF writes the nibbles of %{i} small
            differs = result != their_result or folded[0] != folded[1]
            passed_by += differs and excuse
            if differs and not excuse:
                wrong.append((result, why, their_result, their_why, identity, sorted(world.lines())))
    for result, why, their_result, their_why, identity, lines in wrong[:int(os.environ.get("RDNSGATE_SPF_SHOW", "3"))]:
        print(f"{identity}: rdnsgate {result} {why!r}, they {their_result} {their_why!r}\n  " + "\n  ".join(lines))
    test.assertEqual(len(wrong), 0, f"{len(wrong)} of {len(worlds) * len(RICH)}")
    test.assertLess(passed_by, len(worlds) * len(RICH) // 20)
    test.assertGreater(explained, len(worlds) // 20)
    for result in ("pass", "fail", "softfail", "neutral", "none", "temperror", "permerror"):
        test.assertGreater(seen.get(result, 0), len(worlds) // 200, seen)


@unittest.skipUnless(PYSPF.exists(), "python3-spf is not unpacked: ci/packages.sh lab")
class Oracle(unittest.TestCase):
    def test_random_explanations(self):
        spf = load_pyspf()
        worlds, theirs = rich_worlds(), []
        for world in worlds:
            spf.DNSLookup = world.lookup(spf)
            theirs.append([spf.check2(i=ip, s=f"{local}@example.com", h=helo) for ip, local, helo in RICH])
        compare(self, worlds, rich_results(worlds), theirs, DEFAULT, "pyspf")

    def test_random_records(self):
        spf = load_pyspf()
        rng = random.Random(int(os.environ.get("RDNSGATE_SPF_SEED", "7208")))
        worlds = [World(rng) for _ in range(RUNS)]
        text = ""
        for world in worlds:
            text += "\n".join(world.lines()) + "\n"
            text += "".join(f"ASK {ip} example.com {local} {helo}\n" for ip, local, helo in IDENTITIES)
        ours = subprocess.run([EVALUATE], input=text, capture_output=True, text=True, check=True).stdout.split("\n")
        wrong, seen, passed_by = [], {}, 0
        for index, world in enumerate(worlds):
            spf.DNSLookup = world.lookup(spf)
            for number, (ip, local, helo) in enumerate(IDENTITIES):
                result = spf.check2(i=ip, s=f"{local}@example.com", h=helo)
                mine = ours[index * len(IDENTITIES) + number]
                seen[mine] = seen.get(mine, 0) + 1
                eager = result[1].endswith(("Void lookup limit of 2 exceeded", "DNS no answer")) and any(
                    word in text for texts in world.texts.values() for text in texts for word in ("mx", "ptr"))
                passed_by += mine != result[0] and eager
                if mine != result[0] and not eager:
                    wrong.append((mine, result, ip, sorted(world.lines())))
        for mine, result, ip, lines in wrong[:3]:
            print(f"{ip}: rdnsgate {mine}, pyspf {result}\n  " + "\n  ".join(lines))
        self.assertEqual(len(wrong), 0, f"{len(wrong)} of {RUNS * len(IDENTITIES)}")
        self.assertLess(passed_by, RUNS * len(IDENTITIES) // 100)
        # Every result is there often enough to mean something.
        for result in ("pass", "fail", "softfail", "neutral", "none", "temperror", "permerror"):
            self.assertGreater(seen.get(result, 0), RUNS // 100, seen)


if __name__ == "__main__":
    EVALUATE = str(Path(sys.argv.pop(1)).resolve())
    if not PYSPF.exists() and not MAIL_SPF.exists():
        print(f"skipped: {PYSPF} is not there (ci/packages.sh lab)")
        sys.exit(77)
    unittest.main(verbosity=2)
