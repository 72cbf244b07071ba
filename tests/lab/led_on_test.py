# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Answers that lead on: to very many names, zones and servers, most of them somebody else's. How many questions one
answer can cause is bounded, and what was not asked is not called missing."""
import itertools

from rdnslab import faults
from rdnslab.case import LabCase, scratch
from rdnslab.fault_server import FaultServers
from rdnslab.truth import Held
from rdnslab.wire import AA, NOERROR, Record
from rdnslab.zones import soa

ROOT = ("root.nic.", "127.0.6.1")
HONEST = ("honest.nic.", "127.0.6.2")
EVIL = ("ns.evil.nic.", "127.0.6.3")  # holds the address's reverse zone, and evil.
DEEPER = "127.0.6.4"  # what is below evil.
VICTIM = ("victim.nic.", "127.0.6.5")  # holds victim., and has nothing to do with any of it
CROWD = [f"127.0.7.{n}" for n in range(1, 97)]

ZONE = "2.0.192.in-addr.arpa."
OWNER = f"10.{ZONE}"

RECURSIVE = "  - {name: own, kind: recursive}"
HOLDERS = "  - {name: authority, kind: authoritative}"


def referral(exchange, zone, servers, glue=()):
    """To servers by name, of which some have addresses there."""
    return exchange.send(exchange.reply.but(
        rcode=NOERROR, flags=exchange.reply.flags & ~AA, answer=(),
        authority=tuple(Record(zone, "NS", 300, server) for server in servers),
        additional=tuple(Record(name, "A", 300, address) for name, address in glue)))


def answer(exchange, *records):
    return exchange.send(exchange.reply.but(rcode=NOERROR, flags=exchange.reply.flags | AA, answer=records,
                                            authority=()))


def apex(exchange, zone):
    """What a zone says of itself that is made up as it is asked for."""
    if exchange.query.type == "SOA":
        return answer(exchange, Record(zone, "SOA", 300, f"a.{zone} hostmaster.{zone} 1 14400 3600 604800 300"))
    return answer(exchange, Record(zone, "NS", 300, f"a.{zone}"))


def strangers(zone, count=12):
    return [f"n{n}.{zone.split('.')[0]}.victim." for n in range(count)]


def below_evil(exchange):
    """Any child of evil. is a zone with one server of its own, and many that are to be found at somebody else."""
    labels = exchange.query.name.split(".")
    if labels[-2] != "evil" or len(labels) < 3:
        return exchange.send()
    zone = f"{labels[-3]}.evil."
    return referral(exchange, zone, [f"a.{zone}", *strangers(zone)], [(f"a.{zone}", DEEPER)])


def trees_below_evil(exchange):
    """The same, but to find each of the servers, others have to be found first, and so on."""
    labels = exchange.query.name.split(".")
    if labels[-2] != "evil" or len(labels) < 3:
        return exchange.send()
    zone = f"{labels[-3]}.evil."
    more = [f"n.{labels[-3]}-{n}.evil." for n in range(3)]
    if "-" in labels[-3]:
        return referral(exchange, zone, more)
    return referral(exchange, zone, [f"a.{zone}", *more], [(f"a.{zone}", DEEPER)])


def at_owner(owner, *records, below=below_evil):
    """Says this of the address, and leads on below evil."""
    def act(exchange):
        if exchange.query.name == owner and exchange.query.type in ("PTR", "CNAME"):
            return answer(exchange, *records)
        return below(exchange)
    return act


def next_zone(exchange):
    """Every name is an alias into another zone."""
    name = exchange.query.name
    zone = ".".join(name.split(".")[-3:])
    if name == zone:
        return apex(exchange, zone)
    number = int(zone[1:].split(".")[0]) + 1
    return answer(exchange, Record(name, "CNAME", 300, f"x.z{number}.evil."))


def one_label_further(exchange):
    """Refers to a zone one label below whatever was asked last, at the same server and at strangers."""
    name = exchange.query.name
    depth = 3 + exchange.turn
    zone = ".".join(name.split(".")[-depth - 1:])
    if len(name.split(".")) <= depth + 1:
        return apex(exchange, name)
    return referral(exchange, zone, [f"a.{zone}", *strangers(zone)], [(f"a.{zone}", DEEPER)])


def without_glue(exchange):
    """Refers to strangers alone."""
    zone = ".".join(exchange.query.name.split(".")[-3:])
    if exchange.query.name == zone:
        return apex(exchange, zone)
    return referral(exchange, f"{exchange.query.name}", strangers(f"{exchange.query.name}", 40))


def many_names(count, step=1):
    return tuple(Record(OWNER, "PTR", 300, f"x.z{n * step}.evil.") for n in range(count))


DEEP = "x." + ".".join(f"l{n}" for n in range(30)) + ".z0.evil."

# What the server of the reverse zone does, and the one below evil.
MODES = {
    "names": (faults.truncating(at_owner(OWNER, *many_names(1000))), next_zone),
    "aliases": (at_owner(OWNER, Record(OWNER, "CNAME", 300, "x.z0.evil.")), next_zone),
    "referrals": (at_owner(OWNER, Record(OWNER, "CNAME", 300, DEEP)), one_label_further),
    "trees": (at_owner(OWNER, Record(OWNER, "CNAME", 300, "x.z0.evil."), below=trees_below_evil), next_zone),
    "forests": (at_owner(OWNER, *many_names(20, 100), below=trees_below_evil), next_zone),
    "no-glue": (at_owner(OWNER, Record(OWNER, "CNAME", 300, "x.z0.evil.")), without_glue),
}


# Questions to all servers together: before there were bounds, trees took 11,000 and forests 66,000.
MOST = {"names": 1600, "aliases": 500, "referrals": 300, "trees": 2000, "forests": 9000, "no-glue": 300}

# What no run here may claim: nobody has denied anything.
MISSING = {"ptr-missing", "fcrdns-no-forward", "fcrdns-mismatch"}


class LedOn(LabCase):
    @classmethod
    def setUpClass(cls):
        folder = scratch()
        cls.root_hints = folder / "root.hints"
        cls.root_hints.write_text(f". 3600 IN NS {ROOT[0]}\n{ROOT[0]} 3600 IN A {ROOT[1]}\n")
        hosts = (ROOT, HONEST, EVIL, VICTIM)
        root = soa(ROOT) + "".join(f"{name} 3600 IN A {address}\n" for name, address in hosts)
        for zone, server in ((ZONE, EVIL), ("evil.", EVIL), ("victim.", VICTIM), ("mail.example.", HONEST)):
            root += f"{zone} 3600 IN NS {server[0]}\n"
        crowd = [(f"n{n % 16}.crowd.nic.", address) for n, address in enumerate(CROWD)]
        for name in sorted({name for name, _ in crowd}):
            root += f"crowd.example. 3600 IN NS {name}\n"
        root += "".join(f"{name} 3600 IN A {address}\n" for name, address in crowd)
        mail = soa(HONEST) + "mx1 3600 IN A 192.0.2.10\n"
        cls.servers = FaultServers()
        cls.by_name = {}

        def add(name, address, texts):
            cls.by_name[name] = cls.servers.add(address, Held(texts), faults.everywhere(name, faults.truthful), AA)
        add("root", ROOT[1], {".": root})
        add("honest", HONEST[1], {"mail.example": mail})
        add("evil", EVIL[1], {ZONE: soa(EVIL) + "12 3600 IN PTR host.crowd.example.\n",
                                       "evil": soa(EVIL)})
        add("deeper", DEEPER, {})
        add("victim", VICTIM[1], {"victim": soa(VICTIM)})
        crowded = soa(("n0.crowd.nic.", "")) + "".join(f"@ 3600 IN NS n{n}.crowd.nic.\n" for n in range(1, 16))
        for address in CROWD:
            add(address, address, {"crowd.example": crowded + "host 3600 IN A 192.0.2.12\n"})
        cls.servers.start()
        cls.addClassCleanup(cls.servers.stop)

    def check(self, vantage, zones, sender):
        zones = "".join(f"  - {{name: {zone}, managed_by: ticket, contact: noc@hoster.example}}\n" for zone in zones)
        path = self.write("inventory.yaml", f"""version: 1
vantages:
{vantage}
zones:
{zones}rules: {{addr-documentation: off, ptr-special-use-name: off, deleg-ns-count: off, dual-family-missing: off}}
senders:
  - {sender}
""")
        return self.gate("check", "--format", "json", "--timeout", "1s", "--root-hints", self.root_hints, path)

    def led_on(self, mode, vantage):
        evil, deeper = MODES[mode]
        self.start_over()
        self.by_name["evil"].start_over(faults.everywhere(mode, evil), 0)
        self.by_name["deeper"].start_over(faults.everywhere(mode, deeper), 0)
        return self.check(vantage, [ZONE.rstrip("."), "mail.example"],
                          "{name: mx1, helo: mx1.mail.example, addresses: [192.0.2.10]}")

    def start_over(self):
        for server in self.by_name.values():
            server.start_over(faults.everywhere("", faults.truthful), 0)

    def asked(self):
        """Of all servers together: everything that left the machine."""
        return sum(sum(server.turns.values()) for server in self.by_name.values())

    def test_what_one_answer_leads_to_is_bounded(self):
        for (mode, most), vantage in itertools.product(MOST.items(), (HOLDERS, RECURSIVE)):
            with self.subTest(mode, vantage=vantage):
                run = self.led_on(mode, vantage)
                self.assertLessEqual(self.asked(), most, run)
                confirmed = {f["rule"] for f in run.report["findings"] if f["certainty"] == "confirmed"} & MISSING
                self.assertEqual(confirmed, set(), run)

    def test_what_was_not_asked_leaves_the_address_open_and_is_said(self):
        run = self.led_on("trees", HOLDERS)
        self.assertEqual(run.exit, 3, run)
        said = [f["message"] for f in run.report["findings"] if f["target"]["id"] == "192.0.2.10"
                and f["certainty"] == "inconclusive"]
        self.assertTrue(any("the search for x.z0.evil ended after 500 questions" in message for message in said), said)

    def test_a_zone_with_ninety_six_addresses(self):
        self.start_over()
        run = self.check(HOLDERS, [ZONE.rstrip("."), "crowd.example"],
                         "{name: mx2, helo: host.crowd.example, addresses: [192.0.2.12]}")
        self.assertEqual(run.exit, 3, run)
        self.assertIn(("crowd.example", "deleg-lookup-failed"), run.findings("error", "warning"), run)
        self.assertLessEqual(self.asked(), 2600, run)
