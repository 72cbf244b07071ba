#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Writes docs/inventory.md from schemas/inventory.schema.json; with --check, only says whether it is fresh."""
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "inventory.md"

INTRO = """\
# The inventory

<!-- Written by ci/inventory_reference.py from schemas/inventory.schema.json; do not edit. -->

One YAML file, or several, say of every address that mail leaves from what the DNS is to say about it. The schema gives completion
and help in an editor that reads this line at the top of the file:

```yaml
# yaml-language-server: $schema=schemas/inventory.schema.json
```

Unknown and duplicate keys, an address with two owners, a name outside every declared zone: each is an error with file,
line and column. Durations are written `90`, `300s`, `5m`, `1h30m`, `1d` or `1w`; names may be internationalised and
compare without case and without the final dot.

A finding that is known and accepted for a while is waived: under `waivers`, or in a comment on the line of what it is
about, or alone on the line above.

```yaml
senders:
  - name: mx1
    helo: mx1.mail.example
    addresses:
      - 192.0.2.10       # rdnsgate: allow ptr-generic until 2027-01-31, decommissioned in May
      # rdnsgate: allow ptr-generic, helo-generic until 2027-01-31, waits for the provider
      - {ip: 192.0.2.11, ptr: 192-0-2-11.static.isp.example}
```

Rules, the last day and a reason, all three, in lower case and with the colon: what only looks like it is a finding. It covers what the line declares (an address or a range, and a sender, relay,
domain, zone or vantage by the line of its name) and findings that point to the line. Both kinds of waiver are reported
when they have expired, two weeks before, and when they match nothing.

Under `waivers` a target is what the finding is about (an address, a sender, a zone, a domain, a path such as
`example.com via mx1`, a vantage), or what that belongs to: a sender stands for its addresses and the paths through it, a
domain for its paths, a zone for the addresses whose PTR record or names it holds and the senders whose HELO name is in it,
and `192.0.2.32/29` or `192.0.2.32-192.0.2.39` for the addresses in it. A pattern with `*` or `?` is held against what
findings are about, as it is written there.

## Several mail servers behind one address

Containers, virtual machines or sites that leave from one address, and give a HELO name each, are one sender:

```yaml
senders:
  - name: nat
    helo: [app.mail.example, crm.mail.example]
    addresses: [{ip: 192.0.2.10, ptr: nat.mail.example}]
```

Each name is judged by all rules about HELO names. The PTR record is one of the names, the first one unless `ptr` is given; that
it cannot be all of them is noted. A plan adds the address to each of them, and takes it from none that may still be said: which
of the servers says another name is not known, so that a name is exchanged in two steps. Declare the new one beside the old one;
once no server says the old one, take it out, and list it under `retired`.

## A first inventory

`rdnsgate init` writes one from what there is; several sources add up:

| source | what is taken |
|---|---|
| `rdnsgate init 192.0.2.0/28 2001:db8::25`, `--addresses FILE` | the PTR names of these addresses, as the DNS has them |
| `--from-domain example.com` | the addresses that the domain's SPF record names (ip4, ip6, a, mx), its includes as relays, and its DMARC policy; with `--ask` the DKIM selectors of well-known relays at which it has a key, and the addresses that relays publish, so that `relay-addresses-differ` says when they change |
| `--from-zone-files DIR` | the PTR records of zone files and octoDNS zones, RFC 2317 blocks too; where the reverse zone is not among them, as with octoDNS's `auto_arpa`, the address records of hosts that MX and SPF records name |
| `--from-csv FILE` | a table; the header line names the columns `address`, `ptr`, `helo`, `sender`, `owner` |
| `--from-netbox FILE` | `address`, `dns_name`, `status` and `tenant` of NetBox's IP addresses (JSON) |
| `--from-tofu FILE` | the reverse names of a state or a plan, as `tofu show -json` and `terraform show -json` print them: `hcloud_rdns`, `aws_eip_domain_name` with its `aws_eip`, `google_compute_instance`, `ovh_ip_reverse`, `azurerm_public_ip`, `linode_rdns`, `vultr_reverse_ipv4` and `_ipv6` |

Of zone files those hosts are declared that have to do with mail, where MX or SPF records in them tell: the others are in comments.
`--only 'mx*,out-*'` says which are meant instead, by their names or first labels, and `--only '*'` that all are.

The DNS is asked about what the command line names. An address that a table lists without a name is left out, unless `--ask`
is given: then its PTR record is looked up.

Well-known relays are those of a list that comes with the program (`share/rdnsgate/known-relays.yaml`): their names, selectors, and
what they usually have in MAIL FROM, as comments with the address of their documentation. `--known-relays FILE`, or
`known_relays` in a [configuration](configuration.md), is used in its place, `rdnsgate schema known-relays` says what may stand in
it, and no verdict rests on it.

Addresses in a row whose names follow a template become a range. The HELO name is taken to be the PTR name where no source
gives it. One address has one name there: further ones stand in a comment. The file passes `rdnsgate lint`: an address that would be an error in it, that has no PTR record, or whose PTR
record could not be looked up, is left out, and a comment says why. The last makes the exit code 3: run it again. A file
that is there is not written over, unless `--force` is given.

## Several files

```yaml
version: 1
include: [hosts/*.yaml, relays.yaml]
defaults: {ttl: 1d, owner: mail-team}
```

- Each file begins with `version: 1` and may have any of the keys below, `include` too. Together they are one inventory:
  a domain may name senders of another file, and what is declared twice is an error that names both places.
- Paths are relative to the file they stand in: those of `include`, and those of zone files, root hints and certificates.
  `*`, `?` and `[a-z]` stand for what they do in a shell, not for a leading dot, and `**` for any number of folders. What a
  pattern finds is read in the order of the paths. A pattern that finds nothing is an error.
- Nothing is read from outside the git repository around the inventory, or, where there is none, from outside the folder
  of the inventory; symbolic links are followed and judged by where they lead. A file of the system, such as
  `/usr/share/dns/root.hints`, is for the command line (`--root-hints`) or a configuration given with `--config` to name.
- A file has one place: to be included from two files, or by itself through others, is an error. A pattern that matches the
  file it stands in means the others.
- `defaults` hold for the senders and zones of their file, and for those of the files that it includes as far as these give no
  default of their own: the nearest file wins, key by key. Files beside it are not touched.
- `defaults.rollout`, `quorum`, `standards.latency` and the severity of a rule hold for the whole inventory, and so are given
  in one file only, whichever that is.
- At most 10,000 files, 256 MiB together, 16 levels deep.

The same goes for several files on the command line (`rdnsgate lint hosts.yaml relays.yaml`): they are one inventory. A folder
stands for the `inventory.yaml` in it, or else for all its `*.yaml` and `*.yml`.

The hash of an inventory (`inventory.sha256` in reports and plans) is that of its file; of several files it is what
`sha256sum FILES | LC_ALL=C sort -k 2 | sha256sum` says in the folder of the first.
"""


def resolve(node, definitions):
    if "$ref" in node:
        target = definitions[node["$ref"].rsplit("/", 1)[-1]]
        return {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    return node


def parts(node, definitions):
    """The object schemas that a property leads to: itself, its items, its alternatives."""
    node = resolve(node, definitions)
    if "properties" in node:
        yield node
        return
    for child in [node.get("items", {}), *node.get("oneOf", []), *node.get("anyOf", [])]:
        if isinstance(child, dict) and child:
            yield from parts(child, definitions)


def shown(value):
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "`" + text.replace("|", "\\|") + "`"


def row(key, node, required):
    default = shown(node["default"]) if node.get("default") not in (None, {}, []) else ""
    examples = ", ".join(shown(example) for example in node.get("examples", [])[:2]
                         if not isinstance(example, (dict, list)))
    text = node.get("description", "").replace("|", "\\|").replace("\n", " ")
    mark = " (required)" if key in required else ""
    return f"| `{key}`{mark} | {text} | {default} | {examples} |"


def tables(schema, definitions, path):
    lines = [f"## {path or 'Top level'}\n", "| key | meaning | default | examples |", "|---|---|---|---|"]
    properties = {key: resolve(value, definitions) for key, value in schema["properties"].items()}
    lines += [row(key, value, schema.get("required", [])) for key, value in properties.items()]
    lines.append("")
    for key, value in properties.items():
        for part in parts(value, definitions):
            lines += tables(part, definitions, f"{path}.{key}".lstrip("."))
    return lines


def main():
    schema = json.loads((ROOT / "schemas" / "inventory.schema.json").read_text())
    page = INTRO + "\n" + "\n".join(tables(schema, schema.get("definitions", {}), ""))
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(page)
    elif not PAGE.exists() or PAGE.read_text() != page:
        sys.exit("docs/inventory.md is not what the schema says: run ci/inventory_reference.py")


if __name__ == "__main__":
    main()
