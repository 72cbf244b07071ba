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
zones:
  - {{name: 10.in-addr.arpa, managed_by: ticket, contact: noc@example.net}}
  - {{name: mail.example.net, managed_by: ticket, contact: noc@example.net}}
rules: {{addr-not-global: off}}
senders:
"""
SOA = "@ 3600 IN SOA ns.example.net. hostmaster.example.net. 1 14400 3600 604800 3600\n@ 3600 IN NS ns.example.net.\n"


def hosts(count):
    for n in range(count):
        yield f"mx{n:06d}.{ZONE}", ipaddress.IPv4Address(FIRST + n)


def reverse(address):
    return ".".join(reversed(str(address).split("."))) + ".in-addr.arpa."


def write(folder, count, server):
    """Writes the files and returns their paths: inventory, zones by name, dnsperf's questions."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    zones = {REVERSE: folder / "reverse.zone", ZONE: folder / "forward.zone"}
    inventory, questions = folder / "inventory.yaml", folder / "questions"
    with open(inventory, "w") as out, open(zones[REVERSE], "w") as ptr, open(zones[ZONE], "w") as forward, \
            open(questions, "w") as asked:
        out.write(HEADER.format(server=server))
        ptr.write(f"$ORIGIN {REVERSE}.\n{SOA}")
        forward.write(f"$ORIGIN {ZONE}.\n{SOA}")
        for name, address in hosts(count):
            out.write(f"  - name: {name.split('.')[0]}\n    helo: {name}\n    addresses: [{address}]\n")
            ptr.write(f"{reverse(address)} 86400 IN PTR {name}.\n")
            forward.write(f"{name}. 86400 IN A {address}\n")
            asked.write(f"{reverse(address)} PTR\n{name}. A\n{name}. AAAA\n")
    return inventory, zones, questions
