# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Writes an inventory of N addresses, zone files that agree with it, and the same questions for dnsperf."""
import ipaddress
from pathlib import Path

ZONE = "mail.example.net"
REVERSE = "10.in-addr.arpa"
FIRST = int(ipaddress.IPv4Address("10.0.0.1"))

HEADER = """version: 1
vantages:
  - {{name: local, kind: forward, address: {server}}}
  - {{name: authority, kind: authoritative}}
  - {{name: own, kind: recursive}}
zones:
  - {{name: 10.in-addr.arpa, managed_by: ticket, contact: noc@example.net}}
  - {{name: mail.example.net, managed_by: ticket, contact: noc@example.net}}
rules: {{addr-not-global: off, deleg-ns-count: off}}
senders:
"""
SOA = "@ 3600 IN SOA ns.example.net. hostmaster.example.net. 1 14400 3600 604800 3600\n@ 3600 IN NS ns.example.net.\n"


POOL = 1000


def hosts(count):
    """Name and address of each host; a thousand of them are a pool."""
    for n in range(count):
        yield f"mx{n % POOL + 1}.p{n // POOL}.{ZONE}", ipaddress.IPv4Address(FIRST + n)


def reverse(address):
    return ".".join(reversed(str(address).split("."))) + ".in-addr.arpa."


def one_by_one(count):
    """Senders as a list of hosts: three lines each."""
    for name, address in hosts(count):
        yield f"  - name: {name}\n    helo: {name}\n    addresses: [{address}]\n"


def pools(count):
    """The same hosts as ranges: three lines for a thousand."""
    for first in range(0, count, POOL):
        last = min(first + POOL, count) - 1
        begin, end = ipaddress.IPv4Address(FIRST + first), ipaddress.IPv4Address(FIRST + last)
        yield (f'  - name: p{first // POOL}\n    helo: "{{ptr}}"\n'
               f'    addresses: [{{range: {begin}-{end}, ptr: "mx{{n}}.p{first // POOL}.{ZONE}"}}]\n')


def write(folder, count, server):
    """Writes the files and returns their paths: inventories by form, zones by name, dnsperf's questions."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    inventories = {"list": folder / "list.yaml", "pools": folder / "pools.yaml"}
    for form, senders in ("list", one_by_one(count)), ("pools", pools(count)):
        with open(inventories[form], "w") as out:
            out.write(HEADER.format(server=server))
            out.writelines(senders)
    zones = {REVERSE: folder / "reverse.zone", ZONE: folder / "forward.zone", ".": folder / "root.zone"}
    zones["."].write_text(f"$ORIGIN .\n{SOA}ns.example.net. 3600 IN A {server}\n"
                          f"{REVERSE}. 3600 IN NS ns.example.net.\n{ZONE}. 3600 IN NS ns.example.net.\n")
    (folder / "root.hints").write_text(f". 3600 IN NS ns.example.net.\nns.example.net. 3600 IN A {server}\n")
    questions = folder / "questions"
    with open(zones[REVERSE], "w") as ptr, open(zones[ZONE], "w") as forward, open(questions, "w") as asked:
        ptr.write(f"$ORIGIN {REVERSE}.\n{SOA}")
        forward.write(f"$ORIGIN {ZONE}.\n{SOA}")
        for name, address in hosts(count):
            ptr.write(f"{reverse(address)} 86400 IN PTR {name}.\n")
            forward.write(f"{name}. 86400 IN A {address}\n")
            asked.write(f"{reverse(address)} PTR\n{name}. A\n{name}. AAAA\n")
    return inventories, zones, questions
