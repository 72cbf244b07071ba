# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""What the lab's zone files say, as a resolver would: the right answer, before a fault changes it."""
from . import zones
from .wire import NOERROR, NXDOMAIN, Record

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


def lab():
    """The lab's own zones, the signed ones unsigned."""
    texts = {name: text for name, (_, text) in zones.STATIC.items()}
    return Truth({**texts, **zones.PRIMARY_ZONES})
