# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Zone files of random records, right ones and in most of them something that is not: a value, a line or a shape."""
import re

ZEROS = "00" * 32
RIGHT = {
    "u8": ("0", "1", "3", "255", "007"),
    "u16": ("0", "1", "10", "443", "65535", "0010"),
    "u32": ("0", "1", "2026112901", "4294967295"),
    "time": ("0", "300", "1h", "1d1w", "1W2D", "90m", "1h30m5s", "2147483647"),
    "host": ("ns1", "www", "a.b", "@", ".", "x.other.test.", "NS1", r"a\.b", r"\120yz", r"q\009", "_s._tcp", "*", "a" * 63),
    "owner": ("a", "b", "c.d", "@", "*", "*.w", "B", r"e\.f", r"\103\111", "_25._tcp.m", "a" * 63, "x-y", "f.*"),
    "a": ("192.0.2.1", "0.0.0.0", "255.255.255.255"),
    "aaaa": ("2001:db8::1", "::", "::ffff:192.0.2.1", "2001:DB8:0:0:0:0:0:A"),
    "text": ("x", '"x y"', '""', '"a;b"', r"\065", r'"\"q\""', '"' + "x" * 255 + '"', '"a" b "c d"', '( "a"\n "b" )', r"\;", "ü"),
    "word": ("x", '"x"', '"x y"', '""', r"\120"),
    "tag": ("issue", "iodef", "IssueWild"),
    "hex": ("00", ZEROS, "00 FF", "ab" * 20),
    "sha1": ("00" * 20, "Ab" * 20), "sha256": (ZEROS, "0000 " + "ab" * 30),
    "b64": ("AAAA", "AQNRU3mG", "AQ==", "AA AA", "AQNR U3mG"),
    "algorithm": ("8", "13", "RSASHA256", "ECDSAP256SHA256"),
    "types": ("A", "A MX RRSIG", "TYPE65280", "NS SOA DNSKEY"),
    "when": ("20300101000000", "20200229235959"),
    "octets": (r"\# 2 0102", r"\# 0", r"\# 3 01 02 03", r"\# 1 ff"),
    "a_octets": (r"\# 4 c0000201", r"\# 4 C0 00 0201"), "mx_octets": (r"\# 3 000a00", r"\# 5 000a 016100"),
    "degrees": ("0", "52", "90", "007"),
    "range": ("1-3", "0-7/2", "5-5", "10-12/5", "0-0"),
    "made": ("g$", "g${0,3}", "g${0,3,d}", "${1,0,x}.g", "g${-1,2,X}", "${0,4,n}g", "${0,3,N}.g", r"g\$-$", "g$$-$", "g${5}-$", "*.g$", "g${0,2,o}",
             "g${+2}x$", r"g\\$"),
    "many": ("A 192.0.2.$", "AAAA 2001:db8::${0,0,x}", "PTR h$.x.", "CNAME h${10}", 'MX "10 m$.x."', 'TXT "a $ b"', "TXT x$", "NS ns$.x.",
             "DNAME d$.x.", r'TYPE65280 "\# 1 0${0,0,d}"', r'TXT "\"a $\""', 'TXT "a;$"', r"TXT a\032$", 'TXT "( a $ )"', 'SRV "0 0 $ m$.x."'),
    "included": ("some.inc", "ttl.inc", "origin.inc", "blank.inc", "nested.inc", '"some.inc"', "empty.inc"),
}
# What $INCLUDE may name, beside the zones.
FILES = {"some.inc": "i1 A 192.0.2.1\ni2 60 TXT x\n", "ttl.inc": "$TTL 77\ni3 A 192.0.2.1\n", "origin.inc": "$ORIGIN deep\ni4 A 192.0.2.1\n",
         "blank.inc": " AAAA ::1\ni5 A 192.0.2.1", "nested.inc": "$INCLUDE some.inc under\ni6 A 192.0.2.1\n", "empty.inc": "; nothing\n",
         "broken.inc": "i7 A 192.0.2\n", "circle.inc": "$INCLUDE circle.inc\n"}
NUMBERS = ("-1", "0x1", "1.5", "1h", '"1"', "x", "+1", "99999999999999999999", "1_0", "")
NAMES = ("x..y", ".x", "..", r"\300.x", r"\1", r"\25", "a" * 64, ".".join(["a" * 63] * 4) + ".", '"x"', "x y", "", r"\256")
WRONG = {
    "u8": NUMBERS + ("256", "65536"),
    "u16": NUMBERS + ("65536", "65537", "4294967296"),
    "u32": NUMBERS + ("4294967296", "8589934593"),
    "time": ("-1", "1h30", "1x", "1.5", "4294967296", "8000w", '"1"', "h", "1 h", "2147483648", "4294967295", ""),
    "host": NAMES, "owner": NAMES,
    "a": ("192.0.2.256", "192.0.2", "192.0.2.1.1", "192.0.2.01", "3221225985", "0300.0.2.1", "2001:db8::1", '"192.0.2.1"', "x", ""),
    "aaaa": ("192.0.2.1", "2001:db8:::1", "2001:db8::1/64", "fe80::1%eth0", "2001:db8::g", "1:2:3:4:5:6:7", '"::1"', ""),
    "text": ("", "x" * 256, '"' + "x" * 256 + '"', r"\256", r"\1", r"\1a", '"x', "x)", '"x\ny"'),
    "word": ("", r"\256", "x" * 256),
    "tag": ("is-sue", '"issue"', "", "a_b"),
    "hex": ("0", "zz", "", "0g", "00 0"), "sha1": ("00", "", "zz" * 20), "sha256": ("00", "", ZEROS + "00", ZEROS[:-1]),
    "b64": ("A", "A===", "", "*"), "algorithm": ("256", "-1", "FOO", ""),
    "types": ("FOO", "TYPE65536"), "when": ("20301301000000", "4294967296", "x", ""),
    "octets": (r"\# 2 010", r"\# 3 0102", r"\# 1 0102", r"\# x", r"\#", r"\# 65536 00", "0102", r"\# -1 00", r"\# 1 zz"),
    "a_octets": (r"\# 3 c00002", r"\# 5 c000020100", r"\# 0", r"\# 4 c00002"), "mx_octets": (r"\# 2 0001", r"\# 4 000a0161", r"\# 4 000a0000"),
    "degrees": ("91", "255", "-1", "x"),
    "range": ("3-1", "1-3/0", "1", "1-", "x-3", "-1-3", "1--3", "1-2147483648", "0x1-2", ""),
    "made": ("g${}", "g${0,3,b}", "g${0,3,d", "g$..x", "", "g${0,200,d}", "g${2147483647}", "g${0,3,}", "a" * 64 + "$"),
    "many": ("A 192.0.2.${254}", "A", "MX 10 m$", "FOO $", "CNAME", "A 192.0.2.$ extra", "CH A 192.0.2.$", r"TXT $\\", 'TXT "(a$"', "OPT $"),
    "included": ("broken.inc", "circle.inc", "missing.inc", "some.inc x y", ""),
}
# Often the types that people write by hand.
RECORDS = (
    "A {a}", "AAAA {aaaa}", "MX {u16} {host}", "SRV {u16} {u16} {u16} {host}", "TXT {text}", "CAA {u8} {tag} {word}",
    "TLSA {u8} {u8} {u8} {hex}", "SSHFP 1 1 {sha1}", "SSHFP 4 2 {sha256}", "NAPTR {u16} {u16} {word} {word} \"\" {host}",
    "PTR {host}") * 2 + (
    "URI {u16} {u16} \"http://x\"", "HINFO {word} {word}", "RP {host} {host}", "AFSDB {u16} {host}", "KX {u16} {host}",
    "DNSKEY {u16} 3 {algorithm} {b64}", "CDS {u16} {algorithm} 2 {sha256}", "CDNSKEY 257 3 {algorithm} {b64}",
    "CERT {u16} {u16} {u8} {b64}", "SMIMEA {u8} {u8} {u8} {hex}", "OPENPGPKEY {b64}", "DHCID {b64}",
    "NSEC3PARAM 1 {u8} {u16} -", "RRSIG A {algorithm} 2 {u32} {when} {when} {u16} x. {b64}", "NSEC {host} {types}",
    "SVCB {u16} {host}", "HTTPS 1 . alpn=h2 port={u16}", "HTTPS 1 . ipv4hint={a} ipv6hint={aaaa}", "SPF {text}",
    "LOC 52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m", "LOC {degrees} N 4 E 0m", "TYPE65280 {octets}", "A {a_octets}",
    "MX {mx_octets}", "TYPE1 {a_octets}", "EUI48 00-00-5e-00-53-2a", "L32 {u16} {a}", "LP {u16} {host}", "DNAME {host}", "X25 311061700956",
    "AMTRELAY {u8} 1 1 {a}", "AMTRELAY {u8} 0 2 {aaaa}", "AMTRELAY {u8} 0 3 {host}", "AMTRELAY 0 0 0 .", "RESINFO {word} {word}", "WALLET {text}", "AVC {text}",
    "NINFO {text}", "TA {u16} {algorithm} 2 {sha256}", "RKEY 0 3 {algorithm} {b64}", "CAA {u8} issue ca.test", "CAA 0 iodef mailto:x@x.test",
    'CAA 0 issue "ca.test; a=b"', 'HTTPS 1 . alpn="h2,h3" port="443"', 'SVCB 1 . ipv4hint="{a}" ipv6hint="{aaaa}"', 'SVCB 1 x key65333="a b"',
    r"SVCB 1 x key65333=a\032b", 'SVCB 1 . mandatory="alpn,port" alpn=h2 port=1', "HTTPS 1 . no-default-alpn alpn=h2", 'HTTPS 1 . ech="AAAA"',
    "APL 1:192.0.2.0/24 !2:2001:db8::/32", "CSYNC {u32} {u16} {types}", "ISDN {word}", "RT {u16} {host}", "PX {u16} {host} {host}")
# Whole lines that a zone may or may not have; @ is the apex, whose server ns1 has an address.
SHAPES = (
    "c CNAME {host}\nc A {a}", "c A {a}\nc CNAME {host}", "c CNAME x.\nc CNAME y.", "c CNAME x.\nC CNAME X.", "c CNAME c",
    "c CNAME x.\nc NSEC d A\nc RRSIG CNAME 13 3 1 {when} {when} 1 x. {b64}", "c CNAME x.\nc TYPE65280 {octets}", "@ CNAME x.",
    "n DNAME x.\nn DNAME y.", "n DNAME x.\nn A {a}", "n DNAME x.\nn NS ns1", "n DNAME x.\nn CNAME y.", "n DNAME x.\nb.n A {a}",
    "@ DNAME x.", "* DNAME x.", "@ DS 1 13 2 {sha256}", "d NS ns1\nd DS {u16} {algorithm} 2 {sha256}", "s DS 1 13 2 {sha256}",
    "d NS {host}", "d NS e.d\ne.d A {a}", "d NS nowhere", "d NS ns1\nd A {a}\nb.d TXT {text}", "* NS ns1", "*.v NS ns1", r"\* NS ns1",
    "@ NS nowhere", "@ NS al\nal CNAME ns1", "@ NS t\nt TXT x", "@ NS h.n\nn DNAME x.", "@ NS h.cut\ncut NS ns.x.", "@ NS s.w\n*.w A {a}",
    "@ NS s.w\n*.w TXT x", "@ NS v6\nv6 AAAA {aaaa}", "@ NS @", "@ NS @\n@ A {a}", "@ NS s.w\n*.w CNAME ns1", "@ NS ns.other.test.",
    "@ SOA ns1 h 2 1 1 1 1", "s SOA ns1 h 1 1 1 1 1", "a {time} A {a}\na {time} A {a}", "a 60 IN 60 A {a}", "a IN IN A {a}", "a CH A {a}",
    "a CLASS1 A {a}", "a CLASS3 TXT x", "a HS TXT x", "a ANY A {a}", "a IN", "a", "a 60", "a FOO x", "A {a}", "IN A {a}", "60 A {a}",
    "$TTL {time}\na A {a}", "$TTL 60 60", "$TTL", "$ORIGIN", "$ORIGIN sub\na A {a}", "$ORIGIN {owner}\nx MX 1 {host}", "$ORIGIN x y",
    "$FOO x", " $TTL 60", "$INCLUDE /dev/null", "$DATE 20200101000000", "$UNIXTIME 1", "$origin sub\n@ A {a}",
    "a A ( {a}\n)", "a A ( {a}", "a A {a} )", "( a A\n {a} )", "a A (({a}))", "a ( IN 60\n TXT {text} )", "a A {a} ; )", "a A {a};x",
    "other.test. A {a}", ". A {a}", r"a\999 A {a}", "a.. A {a}", '"a" A {a}', "a \"A\" {a}", r"\$TTL A {a}", "ü A {a}", r"a\000b A {a}",
    "NULL x", "a NULL x", "a MD x", "a MF x", "a MB x", "a OPT x", "a ANY x", "a TSIG x", "a AXFR x", "a TYPE0 \\# 0", "a TYPE255 \\# 0",
    "a TYPE41 \\# 0", "a TYPE128 \\# 0", "a TYPE65536 \\# 0", "@ TYPE6 \\# 0", "a LB x", "a ALIAS x.", "a HTTPS 1 . alpn=h2 alpn=h3",
    "a SVCB 1 . foo=x", "a HTTPS 1 . mandatory=alpn", "a HTTPS 0 . alpn=h2", "a AMTRELAY 10 0 1 192.0.2.1", "a WKS 192.0.2.1 6 25",
    "a IPSECKEY 10 1 2 {a} {b64}", "a IPSECKEY 10 4 2 x. {b64}", "a HIP 2 200100107B1A74DF365639CC39F1D578 {b64}",
    "a NSEC3 1 0 0 - 35mthgpgcu1qg68fab165klnsnk3dpvl A", "35mthgpgcu1qg68fab165klnsnk3dpvl NSEC3 1 0 0 - 35mthgpgcu1qg68fab165klnsnk3dpvl A",
    "a ZONEMD 1 1 1 " + "00" * 48, "a NAPTR 1 1 \"\" \"\" \"bad\" .", "a NAPTR 1 1 \"\" \"\" \"!^.*$!x!\" .", "a TXT a\"b\"", "a TXT \"a\"b",
    "a LOC 91 N 4 E 0m", "a LOC 52 60 0 N 4 E 0m", "a A {a}\r", "a\rA {a}", "a A {a}\x0b", "a A {a}\na A {a}", "a\tA\t{a}", "\tA {a}",
    ".".join(["a" * 63] * 3 + ["a" * 40]) + " A {a}", ".".join(["a" * 63] * 3 + ["a" * 60]) + " A {a}")
# Directives that stand for several lines; a line without an owner shows whose is left.
DIRECTIVES = (
    "$GENERATE {range} {made} {many}", "$GENERATE {range} {made} {time} {many}", "$GENERATE {range} {made} IN {many}",
    "a TXT x\n$generate {range} {made} {time} IN {many}\n A {a}", "$GENERATE {range} {made} IN {time} {many}\nb A {a}",
    "$ORIGIN sub\n$GENERATE {range} {made} {many}", "$INCLUDE {included}", "$INCLUDE {included} {owner}\nb A {a}", "a TXT x\n$INCLUDE {included}\n A {a}",
    "$ORIGIN sub\n$INCLUDE {included}\nb A {a}")
HEADS = ("$TTL {time}\n@ IN SOA ns1 h {u32} {time} {time} {time} {time}\n@ NS ns1\nns1 A 192.0.2.1\n",
         "@ 1h SOA NS1 h.m (\n {u32} ; serial\n {time}\n {time} {time} {time} )\n  NS ns1\nns1 A 192.0.2.1\n",
         "@ SOA ns1 h {u32} {time} {time} {time} {time}\n NS ns1\n$TTL 300\nns1 A 192.0.2.1\n")
BROKEN_HEADS = (
    "$TTL 60\n@ SOA ns1 h 1 1 1 1 1\nns1 A 192.0.2.1\n", "$TTL 60\n@ NS ns1\nns1 A 192.0.2.1\n", "$TTL 60\n@ SOA ns1 h 1 1 1 1\n@ NS ns1\n",
    "$TTL 60\n@ SOA ns1 h 1 1 1 1 1 1\n@ NS ns.x.\n", "@ NS ns.x.\n@ 5 SOA ns1 h 1 1 1 1 1\n", " A 192.0.2.1\n@ 5 SOA ns1 h 1 1 1 1 1\n@ NS x.\n",
    "$TTL 60\nx SOA ns1 h 1 1 1 1 1\n@ NS ns.x.\n", "", "$TTL 60\n@ NS ns.x.\n@ SOA ns1 h 1 1 1 1 1\n")


class Lines:
    """Lines of random values; at most one value in a line is wrong."""

    def __init__(self, rolls):
        self.rolls = rolls

    def filled(self, template, wrong=False):
        places = list(re.finditer(r"\{([a-z]\w*)\}", template))
        chosen = self.rolls.choice(places).start() if wrong and places else None
        pick = lambda m: self.rolls.choice((WRONG if m.start() == chosen else RIGHT)[m[1]])
        return re.sub(r"\{([a-z]\w*)\}", pick, template)

    def record(self, wrong=False):
        data = self.rolls.choice(RECORDS)
        middle = self.rolls.choice(("", "", "IN ", "{time} ", "IN {time} ", "{time} IN "))
        how = self.rolls.random() if wrong else 1
        if how < 0.1:
            return self.filled("{owner} " + middle + data).rsplit(" ", 1)[0]
        if how < 0.2:
            return self.filled("{owner} " + middle + data) + " extra"
        return self.filled("{owner} " + middle + data, wrong)

    def zone(self):
        """A name for each record of its own, so that none meets an alias by chance."""
        rolls, kind = self.rolls, self.rolls.random()
        if kind < 0.06:
            return rolls.choice(BROKEN_HEADS)
        head = self.filled(rolls.choice(HEADS), wrong=kind < 0.16)
        lines = [self.record() for _ in range(rolls.randrange(0, 6))]
        if 0.8 <= kind < 0.95:
            lines.insert(rolls.randrange(len(lines) + 1), self.filled(rolls.choice(DIRECTIVES), wrong=kind < 0.85))
        if 0.16 <= kind < 0.8:
            odd = self.record(wrong=True) if kind < 0.45 else self.filled(rolls.choice(SHAPES), wrong=rolls.random() < 0.2)
            lines.insert(rolls.randrange(len(lines) + 1), odd)
        return head + "\n".join(lines) + "\n"
