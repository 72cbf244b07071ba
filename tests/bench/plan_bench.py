# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""`plan` over changed addresses in fifty zones, each beside a tenth of it, and what its simulation costs; its phases are
held against the fewest that there can be."""
import ipaddress
import json

from measure import Way, run

ZONES = 25  # reverse zones, and as many forward ones
SOA = "@ 3600 IN SOA ns.example.net. hostmaster.example.net. 1 14400 3600 604800 3600\n@ 3600 IN NS ns.example.net.\n"

# The longest chain of operations of which none may begin before the one before it is over, for a host that changes
# in that way: what is looked at first and the TTLs at both ends are phases too.
FEWEST = {
    # add the name, change the PTR, change the HELO name, take the old name away
    "renamed": 4,
    # add address and PTR side by side, send from the new one, no more from the old one, its PTR goes, its A goes
    "renumbered": 5,
}
# `unproven` is written without a simulation; every other plan is simulated, and every roll-back of it, with the worst
# caches. `simulated` runs it against the crowd of --simulate besides.
WAYS = {"unproven": ["--accept-exposure"], "simulated": ["--simulate"]}
AROUND = 3  # preflight, lower-ttl, restore-ttl


def old_address(zone, n):
    return ipaddress.IPv4Address(f"10.{zone}.0.0") + n + 1


def new_address(zone, n):
    return ipaddress.IPv4Address(f"10.{zone}.128.0") + n + 1


def hosts(count, kind):
    """Zone, name and address of each host before and after."""
    for i in range(count):
        zone, n = i % ZONES, i // ZONES
        name = f"mx{n}.z{zone}.example"
        if kind == "renamed":
            yield zone, (name, old_address(zone, n)), (f"out{n}.z{zone}.example", old_address(zone, n))
        else:
            yield zone, (name, old_address(zone, n)), (name, new_address(zone, n))


def write(folder, count, kind):
    """The inventories before and after, and the zones as they are before."""
    folder.mkdir(parents=True)
    (folder / "zones").mkdir()
    zones = [f"{zone}.10.in-addr.arpa" for zone in range(ZONES)], [f"z{zone}.example" for zone in range(ZONES)]
    files = {}
    for name in (*zones[0], *zones[1]):
        files[name] = open(folder / "zones" / f"{name}.zone", "w")
        files[name].write(f"$ORIGIN {name}.\n{SOA}")
    head = "version: 1\nzones:\n" + "".join(f"  - {{name: {name}, managed_by: nsupdate}}\n" for name in (*zones[0], *zones[1]))
    head += "rules: {addr-not-global: off, deleg-ns-count: off}\nsenders:\n"
    texts = [head], [head]
    for i, (zone, before, after) in enumerate(hosts(count, kind)):
        for text, (name, address) in zip(texts, (before, after)):
            text.append(f"  - {{name: s{i}, helo: {name}, addresses: [{address}]}}\n")
        name, address = before
        octets = str(address).split(".")
        files[zones[0][zone]].write(f"{octets[3]}.{octets[2]} 86400 IN PTR {name}.\n")
        files[zones[1][zone]].write(f"{name}. 86400 IN A {address}\n")
    for file in files.values():
        file.close()
    paths = folder / "before.yaml", folder / "after.yaml"
    for path, text in zip(paths, texts):
        path.write_text("".join(text))
    return paths, folder / "zones"


def command(rdnsgate, folder, count, kind, *options):
    made = folder / f"{kind}-{count}"
    if made.exists():
        paths, zones = (made / "before.yaml", made / "after.yaml"), made / "zones"
    else:
        paths, zones = write(made, count, kind)
    return [rdnsgate, "plan", "--format", "json", *options, "--base", paths[0], "--zone-files", zones, paths[1]]


def planned(title, words, count, kind, beside):
    """A plan, with its phases: beside the fewest there are as many more as its waves and limits take."""
    phases = []

    def once():
        wall, cpu, rss, text = run(words)
        phases[:] = [len(json.loads(text)["phases"])]
        return wall, cpu, rss, count
    return Way(title, once, beside, note=lambda: f"{phases[0]} phases; {AROUND + FEWEST[kind]} without waves")


def measure(table, rdnsgate, folder, counts):
    folder.mkdir()
    for kind in FEWEST:
        def title(count, how="", kind=kind):
            return f"plan, {count:,} {kind}{how}"

        def way(count, how="", options=(), beside=(), kind=kind):
            return planned(title(count, how), command(rdnsgate, folder, count, kind, *options), count, kind, beside)
        ways = [way(count, beside=(title(count // 10),)) for count in counts]
        middle = counts[len(counts) // 2]
        ways += [way(middle, f", {how}", options, (title(middle),)) for how, options in WAYS.items()]
        table.measure(ways)
