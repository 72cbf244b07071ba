# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""What the lab's zone files say, as a resolver would: the right answer, before a fault changes it."""
from . import zones
from .wire import AA, NOERROR, NXDOMAIN, REFUSED, Record, Reply

_MOST_ALIASES = 8


def _absolute(text, origin):
    if text == "@":
        return origin
    return text if text.endswith(".") else f"{text}.{origin}".replace("..", ".")


class Truth:
    """`texts`: zone name to the text of its zone file, one record a line."""

    def __init__(self, texts):
        self.zones = {}  # name, with its final dot, to {owner: {type: [Record]}}
        for name, text in texts.items():
            self._add(name.rstrip(".") + ".", text)

    def _add(self, origin, text):
        records = self.zones.setdefault(origin, {})
        for line in text.splitlines():
            if not line.strip() or line.startswith("$"):
                continue
            owner, ttl, _, rrtype, data = line.split(None, 4)
            owner = _absolute(owner, origin).lower()
            if rrtype in ("PTR", "CNAME", "NS"):
                data = _absolute(data, origin)
            records.setdefault(owner, {}).setdefault(rrtype, []).append(Record(owner, rrtype, int(ttl), data))

    def zone_of(self, name):
        labels = name.rstrip(".").split(".")
        for n in range(len(labels) + 1):
            zone = ".".join(labels[n:]) + "."
            if zone in self.zones:
                return zone
        return None

    def soa(self, zone):
        return self.zones[zone][zone]["SOA"][0]

    def answer(self, name, rrtype):
        """rcode, answer section, authority section."""
        chain = []
        for _ in range(_MOST_ALIASES):
            zone = self.zone_of(name)
            if zone is None:
                return NXDOMAIN, tuple(chain), ()
            sets = self.zones[zone].get(name)
            if sets and rrtype in sets:
                return NOERROR, (*chain, *sets[rrtype]), ()
            if sets and "CNAME" in sets:
                chain += sets["CNAME"]
                name = sets["CNAME"][0].data
                continue
            exists = sets or any(owner.endswith("." + name) for owner in self.zones[zone])
            return (NOERROR if exists else NXDOMAIN), tuple(chain), (self.soa(zone),)
        raise AssertionError(f"too many aliases behind {chain[0].owner}")

    def reply(self, query, flags):
        rcode, answer, authority = self.answer(query.name, query.type)
        return Reply(query, rcode, flags, answer, authority)


class Held(Truth):
    """What one name server says: it holds some zones, refers to those below them, and refuses the rest."""

    def reply(self, query, flags):
        zone = self.zone_of(query.name)
        if zone is None:
            return Reply(query, REFUSED, flags & ~AA)
        cut = self._cut_above(query, zone)
        if cut is None:
            return self._own(query, zone, flags)
        records = self.zones[zone]
        servers = tuple(records[cut]["NS"])
        glue = tuple(record for server in servers for record in records.get(server.data, {}).get("A", ()))
        return Reply(query, NOERROR, flags & ~AA, (), servers, glue)

    def _cut_above(self, query, zone):
        """The highest delegation at or above the name; a DS record is the parent's own."""
        labels = query.name.rstrip(".").split(".")
        for n in range(len(labels) - 1, -1, -1):
            name = ".".join(labels[n:]) + "."
            below = name.endswith("." + zone.lstrip(".")) and name != zone
            if below and "NS" in self.zones[zone].get(name, {}) and (name != query.name or query.type != "DS"):
                return name
        return None

    def _own(self, query, zone, flags):
        """As Truth.answer, but an alias is all that is said of it: where it leads is asked for next."""
        sets = self.zones[zone].get(query.name, {})
        if query.type not in sets and "CNAME" in sets:
            return Reply(query, NOERROR, flags, tuple(sets["CNAME"]))
        return super().reply(query, flags)


def lab():
    """The lab's own zones, the signed ones unsigned."""
    texts = {name: text for name, (_, text) in zones.STATIC.items()}
    return Truth({**texts, **zones.PRIMARY_ZONES})


def lab_servers(network):
    """What each name server of the lab says where all are at addresses of another network, such as `127.2.0.`:
    address to what is there."""
    held = {}
    for zone, (server, text) in zones.STATIC.items():
        held.setdefault(server[1], {})[zone] = text
    held.setdefault(zones.PRIMARY[1], {}).update(zones.PRIMARY_ZONES)
    for address, texts in held.items():
        moved = {zone: text.replace("127.0.1.", network) for zone, text in texts.items()}
        yield address.replace("127.0.1.", network), Held(moved)
