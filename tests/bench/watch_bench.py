#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""A day of `rdnsgate watch`, as fast as it goes: `watch_bench.py RDNSGATE_BINARY [ADDRESSES] [LOOKS]`.

288 looks, which are a day at five minutes, at an inventory whose zone files answer; one address goes wrong and right again
all the time, a command and a history are told. Memory, descriptors and threads while it runs: by hand, in a network namespace of
its own."""
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HEAD = "$TTL 3600\n@ SOA ns.mail.example. hostmaster.mail.example. 1 7200 1800 1209600 300\n@ NS ns.mail.example.\n"


def lay_out(folder, count):
    (folder / "zones").mkdir()
    hosts = [(f"10.0.{i // 250}.{i % 250 + 1}", f"mx{i}.mail.example") for i in range(count)]
    (folder / "inventory.yaml").write_text(
        "version: 1\nzones:\n  - {name: 10.in-addr.arpa, managed_by: zonefile, file: zones/10.in-addr.arpa.zone}\n"
        "  - {name: mail.example, managed_by: zonefile, file: zones/mail.example.zone}\nsenders:\n" +
        "".join(f"  - {{name: mx{i}, helo: {name}, addresses: [{ip}]}}\n" for i, (ip, name) in enumerate(hosts)) +
        "rules: {addr-not-global: off}\n")
    (folder / "zones/mail.example.zone").write_text(HEAD + "ns A 10.9.9.9\n" + "".join(f"{name}. A {ip}\n" for ip, name in hosts))
    return hosts


def reverse(folder, hosts, wrong):
    lines = [".".join(reversed(ip.split(".")[1:])) + f" PTR {'elsewhere.mail.example' if wrong and i == 0 else name}.\n"
             for i, (ip, name) in enumerate(hosts)]
    fresh = folder / "zones/.new"
    fresh.write_text(HEAD + "".join(lines))
    fresh.replace(folder / "zones/10.in-addr.arpa.zone")


def figures(process):
    status = Path(f"/proc/{process.pid}/status").read_text()
    number = {line.split(":")[0]: line.split()[1] for line in status.splitlines() if ":" in line and len(line.split()) > 1}
    return int(number["VmRSS"]), len(os.listdir(f"/proc/{process.pid}/fd")), int(number["Threads"])


def main():
    binary = os.path.abspath(sys.argv[1])
    count, looks = [int(word) for word in [*sys.argv[2:], *["1000", "288"][len(sys.argv) - 2:]]]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        hosts = lay_out(folder, count)
        reverse(folder, hosts, False)
        process = subprocess.Popen([binary, "-v", "watch", "--zone-files", "zones", "--every", "10ms", "--jitter", "0", "--recheck", "0",
                                    "--confirm", "1", "--looks", str(looks), "--exec", "cat >/dev/null", "--history", "seen.db",
                                    "inventory.yaml"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        began, done, rows = time.monotonic(), 0, []
        for line in process.stderr:
            if "look " not in line or ": " not in line or "open" not in line:
                continue
            done += 1
            if done % 10 == 0:
                reverse(folder, hosts, done % 20 == 0)
            if done % (looks // 12 or 1) == 0 and process.poll() is None:
                rows.append((done, *figures(process)))
        process.wait()
        print(f"{count} addresses, {done} looks in {time.monotonic() - began:.1f} s, exit {process.returncode}, "
              f"{len(process.stdout.read().splitlines())} lines told, history {(folder / 'seen.db').stat().st_size >> 10} KiB")
        print("look   resident KiB   descriptors   threads")
        for row in rows:
            print("{:>4} {:>14} {:>13} {:>9}".format(*row))


if __name__ == "__main__":
    main()
