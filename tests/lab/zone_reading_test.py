# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Zone files are read as named-checkzone reads them: what it refuses is refused, and the records are the same.

RDNSGATE_READING_ZONES says how many files of random records there are, RDNSGATE_READING_SEED which.
"""
import os
import random
import re
import struct
import subprocess
import unittest
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rdnslab.case import LabCase, scratch
from rdnslab.process import environment, tool
from rdnslab.zone_lines import FILES, Lines

ZONES = int(os.environ.get("RDNSGATE_READING_ZONES", "1000"))
SEED = int(os.environ.get("RDNSGATE_READING_SEED", "1035"))
HEAD = "$TTL 1h\n@ SOA ns1 h 1 1d 2h 4w 5m\n@ NS ns1\nns1 A 192.0.2.1\n"
SOA = 6
# Types whose data are names and what letter case does not change (RFC 4034 §6.2); octets of the others are compared as they are.
WITH_NAMES = {2, 5, 6, 7, 8, 9, 12, 14, 15, 17, 18, 21, 24, 26, 30, 33, 35, 36, 39, 46, 47, 64, 65, 66, 107, 260}

# A line of the zone, what the side that refuses it says of it, and why this is to stay as it is.
WE_REFUSE = (
    ("a 2147483648 A 192.0.2.1", "is not a TTL", "RFC 2181 §8 ends at 2147483647 seconds; BIND makes it 0 and says so in its log"),
    ("$TTL 4294967295\na A 192.0.2.1", "is not a TTL", "the same, of the default"),
    ("other.test. A 192.0.2.1", "is outside the zone", "BIND drops the record, and nobody wrote one to be dropped"),
    ("$GENERATE 1-3x h$ A 192.0.2.1", r"is not a range of \$GENERATE", "BIND drops what stands behind the number"),
    ("$GENERATE +1-3 h$ A 192.0.2.1", r"is not a range of \$GENERATE", "a sign that its manual does not have"),
    ("$GENERATE 1-1 h${99999999999} A 192.0.2.1", r"a brace that \$GENERATE cannot read", "BIND takes it modulo 2^32"),
    ("$GENERATE 1-1 h$.other.test. A 192.0.2.1", "is outside the zone", "as of any other line"),
    ("$INCLUDE some.inc other.test.", "is outside the zone", "the same"),
    ("$DATE 20200101000000", r"unknown directive \$DATE", "what dnssec-signzone of old wrote"),
    ('"a" A 192.0.2.1', "in quotation marks", "servers differ in whether the marks are part of the name"),
    ('a SVCB 1 "x"', "without quotation marks", "the same; BIND refuses them in each other type"),
    ("@ SOA ns1 h 1 1d 2h 4w 5m", "a second SOA record", "twice the same is a slip of the hand, too"),
    ("a CERT 0 1 7 AAAA", "data of this CERT record cannot be read", "ldns 1.8 takes certificate type 0, which is reserved, for none"),
    ("a IPSECKEY 10 1 2 192.0.2.38 AQNR U3mG", "data of this IPSECKEY record cannot be read", "ldns 1.8 wants its key in one word"),
    ("a DNSKEY 0x101 3 13 AAAA", "is not a valid flags", "RFC 4034 §2.2: an unsigned decimal integer"),
)
THEY_REFUSE = (
    ("a ALIAS x.", "unknown RR type 'ALIAS'", "a record of one vendor leaves its name open, and the rest is judged"),
    ("@ NS nowhere", r"NS '\S+' has no address records", "lint says more of it (see NAME_SERVERS): a missing final dot, for one"),
    ("@ NS al\nal CNAME ns1", r"NS '\S+' is a CNAME", "the same"),
    ("@ DNAME x.", r"NS '\S+' is below a DNAME", "the same"),
    ("@ CDNSKEY 257 3 13 AAAA", "CDS/CDNSKEY consistency checks failed", "whether keys fit one another is the signer's matter"),
    ("a HTTPS 1 . no-default-alpn", r"disallowed \(by application policy\)", "RFC 9460 §7.1.1 wants alpn beside it; clients drop the record alone"),
    ("a TA 10 8 2 " + "0" * 65, "bad hex encoding", "ldns takes the last digit for an octet of its own"),
    ('a NAPTR 1 1 "" "" "bad" .', r"dns_rdata_fromtext: \S+: syntax error", "the expression is for the client that applies it"),
)

# Name servers of the zone itself for which named-checkzone refuses it: what lint says, and of which line.
NAME_SERVERS = (
    ("@ NS nowhere", "zone-target-without-address", 5),
    ("@ NS nowhere\n*.b A 192.0.2.1", "zone-target-without-address", 5),
    ("@ NS nowhere\n* TXT x", "zone-target-without-address", 5),
    ("@ NS t\nt TXT x", "zone-target-without-address", 5),
    ("@ NS ent\na.ent A 192.0.2.1\n* A 192.0.2.1", "zone-target-without-address", 5),
    ("@ NS al\nal CNAME ns1", "zone-target-alias", 5),
    ("@ NS wild\n* CNAME ns1", "zone-target-alias", 5),
    ("@ NS a.d\nd DNAME x.", "zone-target-alias", 5),
    ("@ DNAME x.", "zone-target-alias", 3),
)
# And for which it loads it.
SOUND_SERVERS = ("@ NS a\na AAAA 2001:db8::1", "@ NS wild\n* A 192.0.2.1", "@ NS ns.elsewhere.test.",
                 "@ NS a.sub\nsub NS a.sub\na.sub A 192.0.2.1", "@ NS d\nd A 192.0.2.1\nd DNAME x.")


def probe():
    """The program that stands beside the one under test."""
    return Path(os.environ["RDNSGATE"]).parents[2] / "tests" / "lab" / "zone_probe"


def record(owner, rrtype, data):
    return owner.lower(), rrtype, data.lower() if rrtype in WITH_NAMES else data


def raw_records(octets):
    """The sets in a file of BIND's raw format, in which an RRset has its length before it."""
    _, version, _ = struct.unpack_from(">III", octets)
    at, found = 12 if version == 0 else 24, defaultdict(set)
    while at < len(octets):
        end = at + struct.unpack_from(">I", octets, at)[0]
        _, rrtype, _, ttl, count, length = struct.unpack_from(">HHHIIH", octets, at + 4)
        at += 4 + 16 + 2
        owner, at = octets[at - 2:at - 2 + length], at - 2 + length
        for _ in range(count):
            size = struct.unpack_from(">H", octets, at)[0]
            found[record(owner, rrtype, octets[at + 2:at + 2 + size])].add(ttl)
            at += 2 + size
        assert at == end, (at, end)
    return found


def theirs(folder, name):
    """What named-checkzone says, and its records; None where it refuses the file. Local: it asks no server."""
    out = folder / f"{name}.raw"
    done = subprocess.run([tool("named-checkzone"), "-i", "local", "-F", "raw", "-D", "-o", out, name, folder / name],
                          env=environment(), capture_output=True, timeout=60, cwd=folder)
    said = (done.stdout + done.stderr).decode(errors="replace")
    return said, None if done.returncode else raw_records(out.read_bytes())


def ours(folder, names):
    """The same of zone_probe, for all files at once."""
    words = [word for name in names for word in (name, name)]
    done = subprocess.run([probe(), "read", *words], cwd=folder, capture_output=True, text=True, timeout=120, errors="replace")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    found, said, warned = defaultdict(lambda: defaultdict(set)), defaultdict(str), defaultdict(str)
    for line in done.stdout.splitlines():
        name, rest = line.split(" ", 1)
        if rest.startswith("refused "):
            said[name] += rest + "\n"
        elif rest.startswith("warned "):
            warned[name] += rest + "\n"
        else:
            owner, rrtype, ttl, data = (rest.split(" ") + [""])[:4]
            found[name][record(bytes.fromhex(owner), int(rrtype), bytes.fromhex(data))].add(int(ttl))
    return {name: (said[name] + warned[name], None if said[name] else found[name]) for name in names}


def excused(said, known):
    return any(re.search(pattern, said) for _, pattern, _ in known)


def difference(mine, other):
    """In words; None where both read the same, refuse both, or differ as they may."""
    (we_said, we_read), (they_said, they_read) = mine, other
    if we_read is None and they_read is not None:
        return None if excused(we_said, WE_REFUSE) else f"we alone refuse: {we_said}"
    if they_read is None and we_read is not None:
        return None if excused(they_said, THEY_REFUSE) else f"named-checkzone alone refuses: {they_said}"
    if we_read is None or we_read == they_read:
        return None
    # The TTL of a set whose records differ in it: ours is the highest, theirs the first or the lowest. And where a
    # MINIMUM over 2147483647 is the default: ours is that, theirs 0.
    # And behind an included file: ours is that of before, theirs the included one's.
    if set(we_read) == set(they_read) and \
            (re.search("differ in TTL|BIND keeps that of the included", we_said) or "> MAXTTL" in they_said):
        return None
    alone = lambda one, two: sorted(str(item) for item in one.items() if two.get(item[0]) != item[1])
    return f"read otherwise:\n  ours   {alone(we_read, they_read)}\n  theirs {alone(they_read, we_read)}"


class Reading(unittest.TestCase):
    seconds = 90

    def read(self, zones):
        folder = scratch()
        for name, text in (FILES | zones).items():
            (folder / name).write_bytes(text.encode())
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            read = dict(zip(zones, pool.map(lambda name: theirs(folder, name), zones)))
        return ours(folder, list(zones)), read

    def test_random_zones(self):
        rolls = random.Random(SEED)
        zones = {f"z{i}.test": Lines(rolls).zone() for i in range(ZONES)}
        mine, other = self.read(zones)
        found = [f"{name}: {what}\n{zones[name]}" for name in zones if (what := difference(mine[name], other[name]))]
        shown = "\n".join(found[:int(os.environ.get("RDNSGATE_READING_SHOWN", "20"))])
        self.assertEqual(len(found), 0, f"seed {SEED}\n{shown}")
        refused = sum(read is None for _, read in other.values())
        self.assertGreater(refused, ZONES / 5)
        self.assertGreater(ZONES - refused, ZONES / 5)

    def test_deliberate_differences_are_there(self):
        for known, refuses, reads in ((WE_REFUSE, 0, 1), (THEY_REFUSE, 1, 0)):
            zones = {f"d{i}.test": HEAD + lines + "\n" for i, (lines, _, _) in enumerate(known)}
            both = self.read(zones)
            for name, (lines, pattern, _) in zip(zones, known):
                with self.subTest(lines=lines):
                    self.assertRegex(both[refuses][name][0], pattern)
                    self.assertIsNone(both[refuses][name][1])
                    self.assertIsNotNone(both[reads][name][1], both[reads][name][0])


class NameServers(LabCase):
    """Of the zone itself: read all the same, for lint has more to say."""

    def lint(self, text):
        """What is said of the zone in full, and (rule, line) of each error."""
        (self.folder / "zones").mkdir(exist_ok=True)
        path = self.write("zones/z.test.zone", text)
        inventory = self.write("inventory.yaml", """version: 1
zones: [{name: z.test, managed_by: zonefile, file: zones/z.test.zone}]
senders: [{name: mx, helo: mx.z.test, addresses: [198.51.100.1]}]
rules: {addr-documentation: off, ptr-special-use-name: off}
""")
        without = self.gate("lint", "--format", "json", inventory)
        run = self.gate("lint", "--format", "json", "--zone-files", path, inventory)
        # Without the files nobody knows.
        self.assertEqual({f["rule"] for f in without.report["findings"] if f["rule"].startswith("zone-")}, set(), without)
        return run, {(f["rule"], f["location"]["line"]) for f in run.report["findings"]
                     if f["severity"] == "error" and f["location"]["path"].endswith("z.test.zone")}

    def theirs(self, text):
        (self.folder / "z.test").write_text(text)
        return theirs(self.folder, "z.test")

    def test_lint_names_what_no_server_loads(self):
        for lines, rule, line in NAME_SERVERS:
            with self.subTest(lines):
                text = HEAD + lines + "\n"
                said, records = self.theirs(text)
                self.assertIsNone(records, said)
                run, found = self.lint(text)
                self.assertEqual((run.exit, found), (1, {(rule, line)}), run)

    def test_and_nothing_of_what_they_load(self):
        for lines in SOUND_SERVERS:
            with self.subTest(lines):
                text = HEAD + lines + "\n"
                said, records = self.theirs(text)
                self.assertIsNotNone(records, said)
                run, found = self.lint(text)
                self.assertEqual(found, set(), run)
