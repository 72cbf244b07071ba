# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Inventories over the lab's zones: one that they agree with, one fault at a time, and the vantages."""
from . import zones

# Everything in the lab is documentation space, which real mail must not come from, and each zone has one name server.
_HEADER = """version: 1
vantages:
{vantages}
zones:
  - {{name: 2.0.192.in-addr.arpa, managed_by: nsupdate, contact: dns@mail.example}}
  - {{name: 0-63.100.51.198.in-addr.arpa, managed_by: nsupdate, contact: dns@mail.example}}
  - {{name: 100.51.198.in-addr.arpa, managed_by: ticket, contact: noc@hoster.example}}
  - {{name: 113.0.203.in-addr.arpa, managed_by: ticket, contact: noc@hoster.example}}
  - {{name: 8.b.d.0.1.0.0.2.ip6.arpa, managed_by: nsupdate, contact: dns@mail.example}}
  - {{name: mail.example, managed_by: nsupdate, contact: dns@mail.example}}
rules: {{addr-documentation: off, ptr-special-use-name: off, deleg-ns-count: off, dual-family-missing: off,
  hygiene-zone-without-address: off}}
senders:
"""

OWN = """  - {name: mx1, helo: mx1.mail.example, addresses: [192.0.2.10, "2001:db8::10"]}
  - name: bulk
    helo: "{ptr}"
    addresses: [{range: 192.0.2.32/30, ptr: "out-{4}.mail.example"}]
"""

# RFC 2317: the provider's zone has an alias, ours has the PTR.
CLASSLESS = "  - {name: branch, helo: branch.mail.example, addresses: [198.51.100.10]}\n"

FAULTS = """  - {name: renamed, helo: mx2.mail.example, addresses: [192.0.2.20]}
  - {name: half, helo: mx3.mail.example, addresses: [192.0.2.21, "2001:db8::21"]}
  - {name: bare, helo: mx4.mail.example, addresses: [192.0.2.22]}
  - {name: mute, helo: gone.mail.example, addresses: [{ip: 192.0.2.23, ptr: mx5.mail.example}]}
  - {name: elsewhere, helo: mx6.mail.example, addresses: [192.0.2.24]}
  - {name: forgotten, helo: branch2.mail.example, addresses: [198.51.100.11]}
  - {name: dangling, helo: branch3.mail.example, addresses: [198.51.100.12]}
"""

# Faults of which most are warnings, one sender each.
SUBTLE_FAULTS = {
    "second-name": "  - {name: second-name, helo: mx9.mail.example, addresses: [192.0.2.40]}\n",
    "pool": "  - name: pool\n    helo: pool.mail.example\n    addresses:\n"
            "      - {ip: 192.0.2.41, ptr: pool-41.mail.example}\n      - {ip: 192.0.2.42, ptr: pool-42.mail.example}\n",
    "more-addresses": "  - {name: more-addresses, helo: mx10.mail.example, addresses: [192.0.2.43]}\n",
    "two-names": "  - name: two-names\n    helo: mx11.mail.example\n    addresses:\n      - 192.0.2.45\n"
                 '      - {ip: "2001:db8::45", ptr: mx11-v6.mail.example}\n',
    "second-family": "  - {name: second-family, helo: mx12.mail.example, addresses: [192.0.2.46]}\n",
    "alias": "  - {name: alias, helo: alias.mail.example, addresses: [{ip: 192.0.2.47, ptr: mx13.mail.example}]}\n",
    "unmanaged": '  - {name: unmanaged, helo: mx13.mail.example, addresses: [192.0.2.47, "2001:db8::47"]}\n',
}

# Right in the unsigned world; in the signed one its PTR has a broken signature.
BROKEN = "  - {name: broken, helo: mx7.mail.example, addresses: [203.0.113.20]}\n"

RECURSIVE = "  - {name: own, kind: recursive}"
AUTHORITATIVE = "  - {name: authority, kind: authoritative}"
FORWARD = "\n".join(f"  - {{name: resolver{n}, kind: forward, address: {address}, operator: operator{n}}}"
                    for n, address in enumerate(zones.RESOLVERS))
LONE_FORWARD = FORWARD.splitlines()[0]
PRIMARY = f"  - {{name: primary, kind: forward, address: {zones.PRIMARY[1]}}}"
NOBODY = f"  - {{name: nobody, kind: forward, address: {zones.NOBODY}}}"


def inventory(vantages, *senders):
    return _HEADER.format(vantages=vantages) + "".join(senders)
