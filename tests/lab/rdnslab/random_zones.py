# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Zones of random shape: wildcards at several levels, names without records, aliases between zones, loops,
delegations, zones inside zones. Valid for NSD and Knot alike."""

LABELS = ("a", "b", "c", "D", "*", "*", r"x\.y", r"q\009", "_s")
TYPES = ("A", "AAAA", "PTR", "CNAME", "MX", "TXT", "SOA", "NS", "DNAME")


def wire_labels(name):
    """The labels of a relative name, which an escaped dot does not end."""
    labels, label, at = [], "", 0
    while at < len(name):
        step = 4 if name[at] == "\\" and name[at + 1].isdigit() else 2 if name[at] == "\\" else 1
        part = name[at:at + step]
        if part == ".":
            labels.append(label)
            label = ""
        else:
            label += part
        at += step
    return labels + [label] if label else labels


def fold(name):
    return name.lower()


def above(name, origin):
    """The names between `name` and the origin, nearest first."""
    labels = wire_labels(name[:-len(origin) - 1]) if name != origin else []
    return [".".join(labels[i:] + [origin]) for i in range(1, len(labels))]


class Estate:
    """Zones at and below `top`, and one beside them."""

    def __init__(self, random, top):
        self.random = random
        self.origins = [top]
        for label in ("a", r"b.a", "c", "x.*"):
            if random.random() < 0.4:
                self.origins.append(f"{label}.{top}")
        self.origins.append(f"beside.{top}")
        self.names = {origin: self._owners(origin) for origin in self.origins}
        self.zones = {origin: self._zone(origin) for origin in self.origins}

    def _owners(self, origin):
        depth = lambda: self.random.choice((1, 1, 2, 2, 3, 4))
        count = self.random.randrange(3, 14)
        return sorted({".".join([self.random.choice(LABELS) for _ in range(depth())] + [origin]) for _ in range(count)})

    def _some_name(self):
        kind = self.random.random()
        name = self.random.choice(self.names[self.random.choice(self.origins)])
        if kind < 0.6:
            return name
        if kind < 0.75:
            return f"{self.random.choice(('a', 'zz', '*'))}.{name}"
        if kind < 0.9:
            return self.random.choice(self.origins)
        return "nobody.elsewhere.test"

    def _zone(self, origin):
        lines = [f"{origin}. 3600 IN SOA ns.{origin}. h.{origin}. 1 3600 600 86400 300", f"{origin}. 3600 IN NS ns.outside."]
        cuts, renamed, owners = set(), set(), set()
        for other in self.origins:
            if self._parent(other) == origin:
                lines.append(f"{other}. 60 IN NS ns.outside.")
                cuts.add(fold(other))
                owners.add(fold(other))
        for name in self.names[origin]:
            if fold(name) in owners:
                continue
            covered = {fold(one) for one in above(name, origin)}
            # No server loads what stands below a DNAME; and what stands below a zone that NSD holds too exists
            # there for it, since all zones share one tree of names.
            if covered & (renamed | set(map(fold, self.origins)) - {fold(origin)}):
                continue
            owners.add(fold(name))
            lines += self._records(name, origin, cuts, renamed, covered)
        return "\n".join(lines) + "\n"

    def _parent(self, origin):
        """The nearest zone above it."""
        return max((one for one in self.origins if origin.endswith("." + one)), key=len, default=None)

    def _records(self, name, origin, cuts, renamed, covered):
        roll = self.random.random()
        target = self._some_name()
        below = any(fold(other) != fold(name) and fold(other).endswith("." + fold(name)) for other in self.names[origin])
        # A delegation at a wildcard is undefined, and a DNAME there is to be avoided (RFC 4592 sections 4.2 and 4.4).
        special = not name.startswith("*.")
        if covered & cuts:
            return [f"{name}. 60 IN A 192.0.2.9"]
        if roll < 0.08 and special:
            cuts.add(fold(name))
            ds = [f"{name}. 60 IN DS 1 13 2 {'00' * 32}"] if self.random.random() < 0.5 else []
            return [f"{name}. 60 IN NS ns.outside."] + ds
        if roll < 0.16 and special and not below:
            renamed.add(fold(name))
            return [f"{name}. 70 IN DNAME {target}."] + self._data(name)[:1]
        if roll < 0.36:
            return [f"{name}. {self.random.choice((0, 60, 99))} IN CNAME {target}."]
        return self._data(name) or [f"{name}. 60 IN A 192.0.2.1"]

    def _data(self, name):
        all_data = (f"80 IN A 192.0.2.{self.random.randrange(250)}", f"90 IN MX 10 {self._some_name()}.", '60 IN TXT "x y"',
                    "50 IN AAAA 2001:db8::1", f"40 IN PTR {self._some_name()}.")
        return [f"{name}. {data}" for data in all_data if self.random.random() < 0.4]

    def questions(self):
        """Of every name, the names between it and its zone, names below and beside them, in every type."""
        asked = set()
        for origin in self.origins:
            for name in self.names[origin] + [origin]:
                for place in [name, *above(name, origin), origin]:
                    asked |= {place, f"zz.{place}", f"*.{place}", f"a.zz.{place}", f"zz.*.{place}"}
        asked.add("nobody.elsewhere.test")
        return [f"{name} {rrtype}" for name in sorted({fold(one) for one in asked}) for rrtype in TYPES]
