# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""The data of the lab: who serves what, and what the zones say before the tests change them."""

# Servers, by the names that delegations give them. All names lie in the root zone itself, so no glue is needed.
ROOT = ("root.nic.", "127.0.1.1")
PARENTS = ("parents.nic.", "127.0.1.2")    # arpa and its children, example
PROVIDER = ("provider.nic.", "127.0.1.3")  # zones that somebody else holds
PRIMARY = ("primary.nic.", "127.0.1.4")    # ours: takes updates
MOVED = ("moved.nic.", "127.0.1.5")        # nobody delegates to it
RESOLVERS = ("127.0.1.10", "127.0.1.11")
NOBODY = "127.0.1.99"  # no server listens there

# More names of hosts: the provider's second name, and one where nobody listens.
SECOND_NAME = ("provider2.nic.", PROVIDER[1])
DOWN = ("down.nic.", NOBODY)

_SERVERS = (ROOT, PARENTS, PROVIDER, PRIMARY, MOVED, SECOND_NAME, DOWN)


def soa(server, negative_ttl=3600):
    return f"@ 3600 IN SOA {server[0]} hostmaster.{server[0]} 1 14400 3600 604800 {negative_ttl}\n" \
           f"@ 3600 IN NS {server[0]}\n"


def delegation(child, server):
    return f"{child}. 3600 IN NS {server[0]}\n"


# Zones that the provider holds and that are delegated wrongly, one fault each: what the parent has beside the
# provider's NS record, and what the zone has.
BROKEN = {
    "lame.example": (delegation("lame.example", PRIMARY), f"@ 3600 IN NS {PRIMARY[0]}\n"),
    "down.example": (delegation("down.example", DOWN), f"@ 3600 IN NS {DOWN[0]}\n"),
    "noaddress.example": ("noaddress.example. 3600 IN NS nowhere.nic.\n", "@ 3600 IN NS nowhere.nic.\n"),
    "mismatch.example": ("", f"@ 3600 IN NS {SECOND_NAME[0]}\n"),
    # A DS record that belongs to no key.
    "nokey.example": (f"nokey.example. 3600 IN DS 4711 13 2 {'00' * 32}\n", ""),
}

# Zones that never change: name to (server, text). Children stand before their parents, the order of signing.
STATIC = {
    **{name: (PROVIDER, soa(PROVIDER) + own + "host 3600 IN A 192.0.2.80\n") for name, (_, own) in BROKEN.items()},
    "100.51.198.in-addr.arpa": (PROVIDER, soa(PROVIDER) + delegation("0-63.100.51.198.in-addr.arpa", PRIMARY)
                                # RFC 2317: .11 was forgotten.
                                + "".join(f"{n} 86400 IN CNAME {n}.0-63.100.51.198.in-addr.arpa.\n" for n in (10, 12))),
    # The lab breaks the signature over .20 (see World).
    "113.0.203.in-addr.arpa": (PROVIDER, soa(PROVIDER) + "20 86400 IN PTR mx7.mail.example.\n"),
    "ip6.arpa": (PARENTS, soa(PARENTS) + delegation("8.b.d.0.1.0.0.2.ip6.arpa", PRIMARY)),
    "in-addr.arpa": (PARENTS, soa(PARENTS) + delegation("2.0.192.in-addr.arpa", PRIMARY)
                     + delegation("100.51.198.in-addr.arpa", PROVIDER) + delegation("113.0.203.in-addr.arpa", PROVIDER)),
    "arpa": (PARENTS, soa(PARENTS) + delegation("in-addr.arpa", PARENTS) + delegation("ip6.arpa", PARENTS)),
    "example": (PARENTS, soa(PARENTS) + delegation("mail.example", PRIMARY)
                + "".join(delegation(name, PROVIDER) + more for name, (more, _) in BROKEN.items())),
    ".": (ROOT, soa(ROOT) + delegation("arpa", PARENTS) + delegation("example", PARENTS)
          + "".join(f"{name} 3600 IN A {address}\n" for name, address in _SERVERS)),
}

# Reverse name of 2001:db8::XY below the zone of 2001:db8::/32.
def _v6(low):
    return ".".join(reversed(f"{low:0>24}"))


PRIMARY_ZONES = {
    "2.0.192.in-addr.arpa": f"""$ORIGIN 2.0.192.in-addr.arpa.
{soa(PRIMARY)}10 86400 IN PTR mx1.mail.example.
32 86400 IN PTR out-32.mail.example.
33 86400 IN PTR out-33.mail.example.
34 86400 IN PTR out-34.mail.example.
35 86400 IN PTR out-35.mail.example.
20 86400 IN PTR mx-old.mail.example.
21 86400 IN PTR mx3.mail.example.
23 86400 IN PTR mx5.mail.example.
24 86400 IN PTR mx6.mail.example.
40 86400 IN PTR mx9.mail.example.
40 86400 IN PTR mx9-before.mail.example.
41 86400 IN PTR pool-41.mail.example.
42 86400 IN PTR pool-42.mail.example.
43 86400 IN PTR mx10.mail.example.
45 86400 IN PTR mx11.mail.example.
46 86400 IN PTR mx12.mail.example.
47 86400 IN PTR mx13.mail.example.
""",
    "0-63.100.51.198.in-addr.arpa": f"""$ORIGIN 0-63.100.51.198.in-addr.arpa.
{soa(PRIMARY)}10 86400 IN PTR branch.mail.example.
""",
    "8.b.d.0.1.0.0.2.ip6.arpa": f"""$ORIGIN 8.b.d.0.1.0.0.2.ip6.arpa.
{soa(PRIMARY)}{_v6('10')} 86400 IN PTR mx1.mail.example.
{_v6('21')} 86400 IN PTR mx3.mail.example.
{_v6('45')} 86400 IN PTR mx11-v6.mail.example.
""",
    "mail.example": f"""$ORIGIN mail.example.
{soa(PRIMARY)}mx1 86400 IN A 192.0.2.10
mx1 86400 IN AAAA 2001:db8::10
out-32 86400 IN A 192.0.2.32
out-33 86400 IN A 192.0.2.33
out-34 86400 IN A 192.0.2.34
out-35 86400 IN A 192.0.2.35
branch 86400 IN A 198.51.100.10
branch2 86400 IN A 198.51.100.11
branch3 86400 IN A 198.51.100.12
mx-old 86400 IN A 192.0.2.20
mx2 86400 IN A 192.0.2.20
mx3 86400 IN A 192.0.2.21
mx4 86400 IN A 192.0.2.22
mx5 86400 IN A 192.0.2.23
mx6 86400 IN A 192.0.2.99
mx7 86400 IN A 203.0.113.20
mx9 86400 IN A 192.0.2.40
pool-41 86400 IN A 192.0.2.41
pool-42 86400 IN A 192.0.2.42
pool 86400 IN A 192.0.2.41
mx10 86400 IN A 192.0.2.43
mx10 86400 IN A 192.0.2.44
mx11 86400 IN A 192.0.2.45
mx11 86400 IN AAAA 2001:db8::45
mx11-v6 86400 IN AAAA 2001:db8::45
mx12 86400 IN A 192.0.2.46
mx12 86400 IN AAAA 2001:db8::46
mx13 86400 IN A 192.0.2.47
alias 86400 IN CNAME mx13
""",
}

PARENT_OF = {
    "2.0.192.in-addr.arpa": "in-addr.arpa", "100.51.198.in-addr.arpa": "in-addr.arpa",
    "113.0.203.in-addr.arpa": "in-addr.arpa", "0-63.100.51.198.in-addr.arpa": "100.51.198.in-addr.arpa",
    "8.b.d.0.1.0.0.2.ip6.arpa": "ip6.arpa", "mail.example": "example", "in-addr.arpa": "arpa", "ip6.arpa": "arpa",
    "arpa": ".", "example": ".", **{name: "example" for name in BROKEN},
}
