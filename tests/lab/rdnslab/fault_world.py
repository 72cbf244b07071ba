# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""A signed Internet below a root of its own in which reverse zones are broken, each in its own way: signatures that do
not hold, and servers that hold a zone and misbehave.

Each kind of fault has a name, an address 2001:db8:N::25, a reverse zone for 2001:db8:N::/48, and a host of its name in
mail.example, where nothing is wrong.
"""
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Optional

from . import faults, signing
from .fault_server import FaultServers
from .process import run_tool
from .servers import KnotResolver, Nsd, Unbound
from .truth import Truth
from .wire import AA, NOERROR, NXDOMAIN, RA, REFUSED, SERVFAIL, Record
from .zones import delegation, soa

ROOT = ("root.nic.", "127.0.1.1")
PARENTS = ("parents.nic.", "127.0.1.2")
SIGNED = ("signed.nic.", "127.0.1.3")
RESOLVERS = ("127.0.1.10", "127.0.1.11")
BELOW = "8.b.d.0.1.0.0.2.ip6.arpa"


@dataclass(frozen=True)
class SignatureFault:
    """`spoil` is given the folder, the zone's name and its file, unsigned; it returns the DS record's path or None."""
    name: str
    spoil: Callable
    has_ptr: bool = True


@dataclass(frozen=True)
class AuthorityFault:
    """`servers` make the behaviours of the zone's servers, given its reverse name; None is one that does not exist."""
    name: str
    servers: tuple
    flags: int = AA
    glue: Optional[str] = None  # of a server inside the zone, where the parent has another address than the zone itself


@dataclass(frozen=True)
class Host:
    """One fault's place in the world."""
    number: int
    fault: object
    address: str = field(init=False)
    zone: str = field(init=False)
    reverse: str = field(init=False)  # with its final dot

    def __post_init__(self):
        nibbles = ".".join(reversed(f"{self.number:04x}"))
        object.__setattr__(self, "address", f"2001:db8:{self.number:x}::25")
        object.__setattr__(self, "zone", f"{nibbles}.{BELOW}")
        object.__setattr__(self, "reverse", ".".join(reversed(f"{'25':0>20}")) + f".{self.zone}.")

    @property
    def name(self):
        return self.fault.name

    def text(self, has_ptr=True):
        ptr = f"{self.reverse} 3600 IN PTR {self.name}.mail.example.\n" if has_ptr else ""
        return f"$ORIGIN {self.zone}.\n{soa(SIGNED)}other 3600 IN PTR other.mail.example.\n{ptr}"


def _spoiled(spoil):
    """Signed as it should be, then changed."""
    def act(folder, zone, path):
        ds = signing.sign(folder, zone, path)
        spoil(path)
        return ds
    return act


def _with_another_name(path):
    owner = next(line.split()[0] for line in path.read_text().splitlines()
                 if line.split()[3:4] == ["PTR"] and not line.startswith("other"))
    name = next(line.split()[4] for line in path.read_text().splitlines()
                if line.startswith(owner) and line.split()[3] == "PTR")
    signing.break_signature(path, owner, name, "evil.mail.example.")


def _ds_of_a_key_that_signs_nothing(folder, zone, path):
    signing.sign(folder, zone, path)
    return _ds_of(signing.make_key(folder, zone))


def _ds_of(key):
    return key.with_name(key.name + ".ds")


SIGNATURES = (
    SignatureFault("signed", signing.sign),
    SignatureFault("unsigned", lambda folder, zone, path: None),
    SignatureFault("signed-and-missing", signing.sign, has_ptr=False),
    SignatureFault("bogus", _spoiled(_with_another_name)),
    SignatureFault("expired", lambda *zone: signing.sign(*zone, "20200101", "20200201")),
    SignatureFault("not-yet-valid", lambda *zone: signing.sign(*zone, "20900101", "20900201")),
    SignatureFault("ds-without-dnskey", lambda folder, zone, path: _ds_of(signing.make_key(folder, zone))),
    SignatureFault("ds-of-another-key", _ds_of_a_key_that_signs_nothing),
    SignatureFault("dnskey-missing", _spoiled(lambda path: signing.remove(path, "DNSKEY"))),
    SignatureFault("signature-missing", _spoiled(lambda path: signing.remove_signatures(path, "PTR"))),
    SignatureFault("denial-without-proof", _spoiled(lambda path: signing.remove(path, "NSEC")), has_ptr=False),
)


def _same(act):
    return lambda reverse: act


def _says(make, types=("PTR",)):
    """A behaviour about the reverse name's PTR record that has to know the name."""
    def for_name(reverse):
        special = make(reverse)
        return lambda exchange: special(exchange) if exchange.query.type in types else exchange.send()
    return for_name


def _aliases(count):
    def make(reverse):
        zone = reverse.split(".", 20)[20]
        names = [reverse] + [f"hop-{n}.{zone}" for n in range(1, count + 1)]
        return faults.chain(names, (Record(names[-1], "PTR", 300, "cname-chain-of-twenty.mail.example."),))
    return make


def _loop(reverse):
    other = "hop." + reverse.split(".", 20)[20]
    return faults.chain([reverse, other, reverse])


RIGHT = _same(faults.truthful)
_LAME = _same(faults.failing(REFUSED))
_REFERRAL = (Record(".", "NS", 3600, ROOT[0]),)

AUTHORITIES = (
    AuthorityFault("right", (RIGHT,)),
    AuthorityFault("lame-refused", (_LAME,)),
    AuthorityFault("lame-servfail", (_same(faults.failing(SERVFAIL)),)),
    AuthorityFault("lame-nodata", (_same(faults.saying()),), flags=0),
    AuthorityFault("upward-referral", (_same(faults.saying(NOERROR, (), _REFERRAL)),), flags=0),
    AuthorityFault("one-of-two-lame", (_LAME, RIGHT)),
    AuthorityFault("one-of-two-silent", (_same(faults.silent), RIGHT)),
    AuthorityFault("all-silent", (_same(faults.silent), _same(faults.silent))),
    AuthorityFault("no-server-at-all", (None,)),
    AuthorityFault("loss-of-10-percent", (_same(faults.lossy(0.1)),)),
    AuthorityFault("slow", (_same(faults.slow(0.1)),)),
    AuthorityFault("on-another-continent", (_same(faults.slow(0.25)),)),
    AuthorityFault("formerr-to-edns", (_same(faults.formerr_to_edns),)),
    AuthorityFault("edns-version-dropped", (_same(faults.dropping_versions),)),
    AuthorityFault("edns-version-formerr", (_same(faults.formerr_to_versions),)),
    AuthorityFault("edns-version-ignored", (_same(faults.ignoring_versions),)),
    AuthorityFault("truncated-then-tcp", (_same(faults.truncating(faults.truthful)),)),
    AuthorityFault("truncated-tcp-closed", (_same(faults.truncating(faults.closed)),)),
    AuthorityFault("wrong-id", (_same(faults.wrong_id),)),
    AuthorityFault("wrong-source", (_same(faults.wrong_source),)),
    AuthorityFault("nxdomain-without-soa", (_says(lambda reverse: faults.saying(NXDOMAIN)),)),
    AuthorityFault("answer-of-another-owner", (_says(lambda reverse: faults.saying(NOERROR, (
        Record("x." + reverse, "PTR", 300, "evil.mail.example."),))),)),
    AuthorityFault("cname-loop", (_says(_loop, ("PTR", "CNAME")),)),
    AuthorityFault("cname-chain-of-twenty", (_says(_aliases(20)),)),
    AuthorityFault("one-secondary-behind", (RIGHT, _says(lambda reverse: faults.saying(NOERROR, (
        Record(reverse, "PTR", 3600, "before.mail.example."),))))),
    AuthorityFault("glue-that-disagrees", (_LAME, RIGHT), glue="ns"),
    AuthorityFault("aaaa-dropped", (_says(lambda reverse: faults.silent, ("AAAA",)),)),
    AuthorityFault("letters-changed", (_same(faults.in_capitals),)),
    AuthorityFault("serial-behind", (RIGHT, _same(faults.behind(1000)))),
    AuthorityFault("serial-behind-for-a-moment", (RIGHT, _same(faults.behind(2)))),
    AuthorityFault("open-recursor", (RIGHT,), flags=AA | RA),
)


class FaultWorld:
    """`hosts`: every fault by its name. `holders`: the addresses of each authority's servers."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True)
        self.hosts = {}
        for number, fault in enumerate((*SIGNATURES, *AUTHORITIES), 1):
            self.hosts[fault.name] = Host(number, fault)
        self.faulty = FaultServers()
        self.holders = {}
        self.root_hints = self.folder / "root.hints"
        self.root_hints.write_text(f". 3600 IN NS {ROOT[0]}\n{ROOT[0]} 3600 IN A {ROOT[1]}\n")
        delegations, addresses = [], []
        signed = self._signature_zones(delegations)
        self._authorities(delegations, addresses)
        parents, root = self._parents(delegations, addresses)
        self.servers = [Nsd(self.folder / "signed", SIGNED[1], signed, transfers=True), Nsd(self.folder / "parents", PARENTS[1], parents),
                        Nsd(self.folder / "root", ROOT[1], root)]
        kinds = (Unbound, KnotResolver if KnotResolver.can_run() else Unbound)
        self.resolvers = [kind(self.folder / f"resolver{n}", address, self.root_hints, self.trust_anchor)
                          for n, (kind, address) in enumerate(zip(kinds, RESOLVERS))]

    def _signature_zones(self, delegations):
        zones = {}
        for host in self.hosts.values():
            if not isinstance(host.fault, SignatureFault):
                continue
            path = self.folder / f"{host.name}.zone"
            path.write_text(host.text(host.fault.has_ptr))
            ds = host.fault.spoil(self.folder, host.zone, path)
            delegations.append(delegation(host.zone, SIGNED) + (ds.read_text() if ds else ""))
            zones[host.zone] = path
        return zones

    def _authorities(self, delegations, addresses):
        for host in self.hosts.values():
            fault = host.fault
            if not isinstance(fault, AuthorityFault):
                continue
            held = Truth({host.zone: host.text(), "mail.example": self._forward_zone()})
            self.holders[host.name] = []
            for n, make in enumerate(fault.servers):
                address, name = f"127.0.5.{4 * host.number + n}", f"ns{n}.{host.name}.nic."
                self.holders[host.name].append(address)
                if make is not None:
                    self.faulty.add(address, held, faults.everywhere(host.name, make(host.reverse)), fault.flags)
                if fault.glue is None:
                    delegations.append(f"{host.zone}. 3600 IN NS {name}\n")
                    addresses.append(f"{name} 3600 IN A {address}\n")
            if fault.glue is not None:
                # The parent says that the server is the first of them; the zone itself, that it is the last.
                server, (first, *_, last) = f"{fault.glue}.{host.zone}.", self.holders[host.name]
                delegations.append(f"{host.zone}. 3600 IN NS {server}\n{server} 3600 IN A {first}\n")
                held.zones[f"{host.zone}."][server] = {"A": [Record(server, "A", 3600, last)]}
                held.zones[f"{host.zone}."][f"{host.zone}."]["NS"] = [Record(f"{host.zone}.", "NS", 3600, server)]

    def _forward_zone(self):
        hosts = (f"{host.name} 3600 IN AAAA {host.address}\n" for host in self.hosts.values())
        return soa(PARENTS) + "".join(hosts)

    def _parents(self, delegations, addresses):
        """ip6.arpa's child and mail.example, and the root, all signed; sets the trust anchor."""
        texts = {BELOW: soa(PARENTS) + "".join(delegations), "mail.example": self._forward_zone()}
        paths, ds_records = {}, ""
        for name, text in texts.items():
            paths[name] = self.folder / f"{name}.zone"
            paths[name].write_text(f"$ORIGIN {name}.\n{text}")
            ds_records += signing.sign(self.folder, name, paths[name]).read_text()
        known = "".join(f"{name} 3600 IN A {address}\n" for name, address in (ROOT, PARENTS, SIGNED))
        root = self.folder / "root.zone"
        root.write_text("$ORIGIN .\n" + soa(ROOT) + "".join(delegation(name, PARENTS) for name in texts) + ds_records + known
                        + "".join(addresses))
        self.trust_anchor = signing.sign(self.folder, ".", root)
        return paths, {".": root}

    def start(self):
        self.faulty.start()
        for server in self.servers + self.resolvers:
            server.start()
        for server in self.servers + self.resolvers:
            server.wait_until_ready()

    def stop(self):
        for server in self.resolvers + self.servers:
            server.stop()
        self.faulty.stop()

    def inventory(self, vantages, *names, declare_each=False):
        """`declare_each`: the zone of each fault is declared, and not only the one above them."""
        zones = "".join(f"  - {{name: {self.hosts[name].zone}, managed_by: ticket, contact: noc@hoster.example}}\n"
                        for name in names or self.hosts) if declare_each else ""
        senders = "".join(f'  - {{name: {name}, helo: {name}.mail.example, addresses: ["{self.hosts[name].address}"]}}\n'
                          for name in names or self.hosts)
        return f"""version: 1
vantages:
{vantages}
zones:
  - {{name: {BELOW}, managed_by: ticket, contact: noc@hoster.example}}
  - {{name: mail.example, managed_by: nsupdate, contact: dns@mail.example}}
{zones}rules: {{addr-documentation: off, ptr-special-use-name: off, ptr-via-cname: off}}
senders:
{senders}"""
