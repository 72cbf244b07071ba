# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Measures `paths` over zone files: seconds, CPU and memory for so many mail paths (domain, sender or relay, address), of
several shapes. `pools`: one domain and senders of 4,096 addresses each; `senders`: a hundred domains over ten senders of a
hundred addresses; `domains`: a thousand domains through a hundred hosts each; `relays`: the same through relays. By hand,
never in CI.

Usage: paths_bench.py RDNSGATE [--count N] [--rounds N] [--shapes WORD[,WORD...]] [--formats WORD[,WORD...]]
"""
import argparse
import ipaddress
import statistics
import sys
import tempfile
from pathlib import Path

from bench import run

sys.path.append(str(Path(__file__).resolve().parents[1] / "cli"))
import mail_records_test as records  # noqa: E402

POOL = 4096
HEAD = "$TTL 3600\n@ IN SOA ns.example.net. hostmaster.example.net. 1 14400 3600 604800 3600\n@ IN NS ns.example.net.\n"
BASE = ipaddress.IPv4Address("10.0.0.0")


def shape_of(kind, count):
    """Senders, addresses of each, domains, and how many senders or relays each domain is sent through."""
    if kind == "pools":
        return -(-count // POOL), POOL, 1, -(-count // POOL)
    if kind == "senders":
        return 10, 100, max(1, count // 1000), 10
    return 100, 1, max(1, count // 100), 100


def write(folder, kind, count):
    """The inventory, and the zones that answer for it."""
    (folder / "zones").mkdir(parents=True)
    senders, addresses, domains, each = shape_of(kind, count)
    is_relay = kind == "relays"
    forward, reverse = [HEAD], [HEAD]
    text = ["version: 1\nzones:\n  - {name: corp.example, managed_by: zonefile}\n  - {name: 10.in-addr.arpa, managed_by: zonefile}\n"
            "  - {name: relay.example, managed_by: zonefile}\nrules: {addr-not-global: off}\n"]
    key = records.txt(records.GOOD)
    text.append("senders:\n  - {name: own, helo: own.corp.example, addresses: [10.127.0.1]}\nrelays:\n" if is_relay else "senders:\n")
    relays = [HEAD]
    for sender in range(senders):
        first = BASE + sender * max(256, addresses)
        if is_relay:
            text.append(f"  - {{name: s{sender}, spf: 'include:r{sender}.relay.example', helo: '*.relay.example', dkim: [s1], addresses: [{first}/28]}}\n")
            relays.append(f"r{sender} TXT \"v=spf1 ip4:{first}/28 -all\"\n")
            continue
        if addresses == POOL:
            text.append(f"  - name: s{sender}\n    helo: '{{ptr}}'\n    addresses: [{{range: {first}/20, ptr: 'o{{2}}-{{3}}-{{4}}.corp.example'}}]\n")
        else:
            text.append(f"  - name: s{sender}\n    helo: '{{ptr}}'\n    addresses:\n")
        for n in range(addresses):
            octets = str(first + n).split(".")
            name = f"o{octets[1]}-{octets[2]}-{octets[3]}"
            if addresses != POOL:
                text.append(f"      - {{ip: {first + n}, ptr: {name}.corp.example}}\n")
            forward.append(f"{name} A {first + n}\n")
            reverse.append(f"{octets[3]}.{octets[2]}.{octets[1]} PTR {name}.corp.example.\n")
    text.append("domains:\n")
    forward.append('_spf TXT "v=spf1 ip4:10.0.0.0/9 -all"\n')
    for domain in range(domains):
        via = ", ".join(f"s{sender}" for sender in range(each))
        text.append(f"  - {{name: d{domain}.corp.example, via: [{via}], dkim: [s1]}}\n")
        forward.append(f"d{domain} TXT \"v=spf1 include:_spf.corp.example -all\"\ns1._domainkey.d{domain} TXT {key}\n"
                       f"_dmarc.d{domain} TXT \"v=DMARC1; p=reject\"\n")
    (folder / "inventory.yaml").write_text("".join(text))
    for name, lines in (("corp.example", forward), ("10.in-addr.arpa", reverse), ("relay.example", relays)):
        (folder / "zones" / f"{name}.zone").write_text("".join(lines))
    return senders * addresses, domains * each, domains * each * addresses


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("rdnsgate", type=Path)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--shapes", type=lambda words: words.split(","), default=["pools", "senders", "domains", "relays"])
    parser.add_argument("--formats", type=lambda words: words.split(","), default=["text", "json", "markdown"])
    options = parser.parse_args()
    print(f"paths over zone files, median of {options.rounds}\n"
          "| shape | addresses | paths of domain and sender | with addresses | format | wall | CPU | peak memory | output |\n"
          "|---|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as at:
        for kind in options.shapes:
            folder = Path(at) / kind
            addresses, pairs, paths = write(folder, kind, options.count)
            for form in options.formats:
                rows = []
                for _ in range(options.rounds):
                    wall, cpu, rss, text = run([options.rdnsgate, "paths", "--format", form, "--zone-files", folder / "zones",
                                                folder / "inventory.yaml"])
                    rows.append((wall, cpu, rss))
                wall, cpu, rss = (statistics.median(column) for column in zip(*rows))
                print(f"| {kind} | {addresses} | {pairs} | {paths} | {form} | {wall:.2f} s | {cpu:.2f} s | {rss / 1024:.0f} MiB "
                      f"| {len(text) / 1e6:.1f} MB |", flush=True)


if __name__ == "__main__":
    main()
