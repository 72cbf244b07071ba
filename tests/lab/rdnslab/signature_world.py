# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""A signed Internet in which single RRsets are spoiled: their signature is missing, does not fit or has expired, on one of
two servers or on both. Each case has a reverse zone and a host in a zone of its own, and the set that is spoiled is one
that the address is judged by, or what the parent says of DS records. And zones that are signed with weak keys."""
from dataclasses import dataclass
from pathlib import Path

from . import signing
from .process import run_tool
from .servers import Nsd
from .zones import delegation, soa

ROOT = ("root.nic.", "127.0.7.1")
PARENTS = ("parents.nic.", "127.0.7.2")
PARENTS2 = ("parents2.nic.", "127.0.7.5")
FIRST = ("first.nic.", "127.0.7.3")
SECOND = ("second.nic.", "127.0.7.4")
BELOW = "8.b.d.0.1.0.0.2.ip6.arpa"
HOWS = ("missing", "broken", "expired")
SETS = ("PTR", "CNAME", "AAAA", "A", "no-A", "no-PTR", "DNSKEY")
PARENT_SETS = ("DS", "no-DS")  # in the zone above; the child of the latter is not signed
STRONG = ("ECDSAP256SHA256", None, 2)  # algorithm, bits, digest of the DS record
WEAK = {"rsa512": ("RSASHA256", 512, 2), "rsa768": ("RSASHA512", 768, 2), "rsa1024": ("RSASHA256", 1024, 2),
        "rsa2048": ("RSASHA256", 2048, 2), "sha1": ("RSASHA1", 2048, 2), "nsec3-sha1": ("RSASHA1_NSEC3", 2048, 2),
        "digest-1": ("ECDSAP256SHA256", None, 1), "all": ("RSASHA1", 1024, 1)}
REFUSED_KEYS = ("rsa512", "rsa768", "sha1", "nsec3-sha1", "all")  # of the weak ones: errors; the others are warnings at most


@dataclass(frozen=True)
class Case:
    number: int
    spoiled: str  # which set
    how: str
    where: str  # "one" of the servers, or "all"; of a sound case "none"
    options: tuple = ()  # of the signer

    @property
    def key(self):
        return WEAK[self.how] if self.spoiled == "weak" else STRONG

    @property
    def is_spoiled_at(self):
        """Which servers have the spoiled set: none, one or all. That of an island is wrong only by a trust anchor."""
        return "all" if self.how == "broken-island" else self.where

    @property
    def in_parent(self):
        return self.spoiled in PARENT_SETS

    @property
    def name(self):
        return f"{self.spoiled}-{self.how}-{self.where}".lower()

    @property
    def address(self):
        return f"2001:db8:{self.number:x}::25"

    @property
    def reverse_zone(self):
        return ".".join(reversed(f"{self.number:04x}")) + f".{BELOW}"

    @property
    def reverse(self):
        return ".".join(reversed(f"{'25':0>20}")) + f".{self.reverse_zone}."

    @property
    def forward_zone(self):
        return f"{self.name}.example"

    def texts(self):
        """The zones of the case, unsigned."""
        host = f"host.{self.forward_zone}."
        target = f"real.{self.reverse_zone}." if self.spoiled == "CNAME" else self.reverse
        alias = f"{self.reverse} 3600 IN CNAME {target}\n" if self.spoiled == "CNAME" else ""
        ptr = "" if self.spoiled == "no-PTR" else f"{target} 3600 IN PTR {host}\n"
        a = f"host 3600 IN A 192.0.2.{self.number % 250}\n" if self.spoiled == "A" else ""
        if self.spoiled == "wildcard":
            ptr = f"*.{self.reverse_zone}. 3600 IN PTR {host}\n"
        if self.spoiled == "below":  # in an unsigned zone below, which the same servers hold
            ptr = "".join(delegation(self.zone_below, server) for server in (FIRST, SECOND))
        apex = soa(FIRST) + f"@ 3600 IN NS {SECOND[0]}\n"
        texts = {self.reverse_zone: apex + alias + ptr, self.forward_zone: apex + f"host 3600 IN AAAA {self.address}\n{a}"}
        if self.spoiled == "below":
            texts[self.zone_below] = apex + f"{self.reverse} 3600 IN PTR {host}\n"
        return texts

    @property
    def zone_below(self):
        return self.reverse[:-1].split(".", 4)[4]


def cases():
    """Every spoiled set in every way; and zones with nothing wrong, of which nothing is to be said."""
    kinds = [(spoiled, how, where, ()) for spoiled in SETS for how in HOWS for where in ("one", "all")]
    kinds += [("no-A", "removed", where, ()) for where in ("one", "all")]
    kinds += [("no-PTR", "removed", where, ("-n",)) for where in ("one", "all")]
    kinds += [("wildcard", "removed", where, ()) for where in ("one", "all")]
    for spoiled in ("PTR", "CNAME", "AAAA", "A", "no-A", "no-PTR", "wildcard", "below"):
        kinds += [(spoiled, how, "none", options)
                  for how, options in (("nsec", ()), ("nsec3", ("-n",)), ("optout", ("-n", "-p")))]
    # A server that lacks the NSEC record of a name gives the one before, in the order of the numbers: that is a sound one.
    kinds += [("no-DS", "removed", "one", ()), ("PTR", "island", "none", ()), ("no-DS", "removed", "all", ())]
    kinds += [(spoiled, how, where, ()) for spoiled in PARENT_SETS for how in HOWS for where in ("one", "all")]
    kinds += [("DS", "stripped", where, ()) for where in ("one", "all")]
    kinds += [(spoiled, "sound", "none", ()) for spoiled in PARENT_SETS]
    kinds += [("weak", how, "none", ()) for how in WEAK]
    kinds.append(("PTR", "broken-island", "none", ()))
    return [Case(number, *kind) for number, kind in enumerate(kinds, 1)]


def _covers(line, rrtype, owner):
    words = line.split()
    return words[3:5] == ["RRSIG", rrtype] and (owner is None or words[0] == owner)


def _spoil(text, old, rrtype, owner, how):
    """`old`: the same zone, signed in the past."""
    lines = text.splitlines()
    if how == "removed":
        return "\n".join(line for line in lines if line.split()[3:4] not in (["NSEC"], ["NSEC3"])
                         and line.split()[3:5] not in (["RRSIG", "NSEC"], ["RRSIG", "NSEC3"])) + "\n"
    hit = [line for line in lines if _covers(line, rrtype, owner)]
    assert hit, (rrtype, owner)
    kept = [line for line in lines if line not in hit]
    if how == "expired":
        kept += [line for line in old.splitlines() if _covers(line, rrtype, owner)]
    if how in ("broken", "broken-island"):
        for line in hit:
            words = line.split()
            signature = words[12]
            words[12] = signature[:20] + ("A" if signature[20] != "A" else "B") + signature[21:]
            kept.append(" ".join(words))
    return "\n".join(kept) + "\n"


class SignatureWorld:
    def __init__(self, folder, numbers=None, parent_options=()):
        """`numbers`: of the cases that are wanted; `parent_options`: of who signs the zones above theirs."""
        self.folder = Path(folder)
        self.folder.mkdir(parents=True)
        self.cases = [case for case in cases() if numbers is None or case.number in numbers]
        self.keys = {}  # by zone
        self.root_hints = self.folder / "root.hints"
        self.root_hints.write_text(f". 3600 IN NS {ROOT[0]}\n{ROOT[0]} 3600 IN A {ROOT[1]}\n")
        first, second, delegations = {}, {}, {BELOW: "", "example": ""}
        for case in self.cases:
            for zone, text in case.texts().items():
                good, bad = self._zone(case, zone, text)
                second[zone] = bad if case.is_spoiled_at != "none" else good
                first[zone] = bad if case.is_spoiled_at == "all" else good
                if zone == getattr(case, "zone_below") and case.spoiled == "below":
                    continue
                parent = BELOW if zone.endswith(BELOW) else "example"
                delegations[parent] += delegation(zone, FIRST) + delegation(zone, SECOND)
                if not case.how.endswith("island") and not self._is_unsigned(case, zone):
                    delegations[parent] += signing.ds_record(self.keys[zone], case.key[2])
        parents, parents2, root = self._parents(delegations, parent_options)
        self.servers = [Nsd(self.folder / "first", FIRST[1], first), Nsd(self.folder / "second", SECOND[1], second),
                        Nsd(self.folder / "parents", PARENTS[1], parents),
                        Nsd(self.folder / "parents2", PARENTS2[1], parents2), Nsd(self.folder / "root", ROOT[1], root)]

    def _zone(self, case, zone, text):
        """The signed zone's file, and the spoiled one's."""
        path = self.folder / f"{zone}.zone"
        path.write_text(f"$ORIGIN {zone}.\n{text}")
        if self._is_unsigned(case, zone):
            return path, path
        key = self.keys[zone] = signing.make_key(self.folder, zone, *case.key[:2])
        old, bad = path.with_suffix(".old"), path.with_suffix(".bad")
        for out, times in ((old, ("-i", "20200101", "-e", "20200201")), (path.with_suffix(".good"), ())):
            run_tool("ldns-signzone", *case.options, *times, "-f", out, path, key, cwd=self.folder)
        good = path.with_suffix(".good")
        spoiled = self._target(case, zone)
        bad.write_text(_spoil(good.read_text(), old.read_text(), *spoiled, case.how) if spoiled else good.read_text())
        return good, bad

    @staticmethod
    def _is_unsigned(case, zone):
        return (case.spoiled == "below" and zone == case.zone_below) or (case.spoiled == "no-DS" and zone == case.reverse_zone)

    @staticmethod
    def _target(case, zone):
        """Which set of the zone is spoiled: type and owner; None for nothing."""
        if case.how == "broken-island":
            return ("PTR", case.reverse) if zone == case.reverse_zone else None
        if case.where == "none" or case.in_parent:
            return None
        reverse = zone == case.reverse_zone
        host = f"host.{case.forward_zone}."
        return {"PTR": ("PTR", case.reverse) if reverse else None,
                "CNAME": ("CNAME", case.reverse) if reverse else None,
                "no-PTR": ("NSEC", None) if reverse else None,
                "wildcard": ("NSEC", None) if reverse else None,
                "DNSKEY": ("DNSKEY", None) if reverse else None,
                "AAAA": None if reverse else ("AAAA", host),
                "A": None if reverse else ("A", host),
                "no-A": None if reverse else ("NSEC", host)}[case.spoiled]

    def _parents(self, delegations, options):
        """The zones above, at either of their servers, and the root."""
        first, second, ds_records = {}, {}, ""
        for zone, text in delegations.items():
            plain = self.folder / f"{zone}.zone"
            plain.write_text(f"$ORIGIN {zone}.\n{soa(PARENTS)}@ 3600 IN NS {PARENTS2[0]}\n{text}")
            key = signing.make_key(self.folder, zone)
            signed = {}
            for ending, times in (("old", ("-i", "20200101", "-e", "20200201")), ("good", ())):
                run_tool("ldns-signzone", *options, *times, "-f", plain.with_suffix(f".{ending}"), plain, key, cwd=self.folder)
                signed[ending] = plain.with_suffix(f".{ending}").read_text()
            first[zone], second[zone] = plain.with_suffix(".first"), plain.with_suffix(".second")
            spoiled = [case for case in self.cases if case.in_parent and case.where != "none" and zone == BELOW]
            first[zone].write_text(self._spoil_parent(signed, [case for case in spoiled if case.where == "all"]))
            second[zone].write_text(self._spoil_parent(signed, spoiled))
            ds_records += signing.ds_record(key)
        known = "".join(f"{name} 3600 IN A {address}\n" for name, address in (ROOT, PARENTS, PARENTS2, FIRST, SECOND))
        root = self.folder / "root.zone"
        root.write_text("$ORIGIN .\n" + soa(ROOT)
                        + "".join(delegation(zone, PARENTS) + delegation(zone, PARENTS2) for zone in delegations)
                        + ds_records + known)
        self.trust_anchor = signing.sign(self.folder, ".", root)
        return first, second, {".": root}

    @staticmethod
    def _spoil_parent(signed, spoiled):
        text = signed["good"]
        for case in spoiled:
            owner = f"{case.reverse_zone}."
            rrtype = "DS" if case.spoiled == "DS" else "NSEC"
            if case.how in ("removed", "stripped"):
                lines = text.splitlines()
                kept = [line for line in lines if not (line.split()[0] == owner and rrtype in line.split()[3:4]
                                                       + line.split()[4:5] * (line.split()[3] == "RRSIG"))]
                assert len(kept) < len(lines)
                text = "\n".join(kept) + "\n"
            else:
                text = _spoil(text, signed["old"], rrtype, owner, case.how)
        return text

    def start(self):
        for server in self.servers:
            server.start()
        for server in self.servers:
            server.wait_until_ready()

    def stop(self):
        for server in self.servers:
            server.stop()

    def inventory(self, vantages, declared=True, chosen=None):
        chosen = self.cases if chosen is None else chosen
        zones = [zone for case in chosen for zone in (case.reverse_zone, case.forward_zone)] if declared else []
        lines = "".join(f"  - {{name: {zone}, managed_by: ticket, contact: noc@hoster.example}}\n"
                        for zone in zones or [BELOW, "example"])
        senders = "".join(f'  - {{name: {case.name}, helo: host.{case.forward_zone}, addresses: ["{case.address}"]}}\n'
                          for case in chosen)
        return f"""version: 1
vantages:
{vantages}
zones:
{lines}rules: {{addr-documentation: off, ptr-special-use-name: off}}
senders:
{senders}"""
