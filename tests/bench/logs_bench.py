#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""`rdnsgate logs` beside `grep -c` with one fixed pattern, over the same log: `logs_bench.py RDNSGATE_BINARY [MEBIBYTES]`.

A log of a busy server, of which a line in a thousand is about reverse DNS; one of which every line has the words of the patterns and
is about something else; and one of a single letter. Each is read once before it is measured; the best of three counts. By hand,
of a release build, on a quiet machine."""
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINES = [line.split("\t", 1) for line in (ROOT / "tests/logs/lines.txt").read_text().splitlines() if "\t" in line]
BUSY = """postfix/qmgr[2211]: {id}: from=<user{n}@example.com>, size={n}, nrcpt=1 (queue active)
postfix/smtp[2212]: {id}: to=<user{n}@example.net>, relay=mx.example.net[198.51.100.7]:25, delay=0.8, delays=0.1/0/0.3/0.4, dsn=2.0.0, status=sent (250 2.0.0 OK)
postfix/cleanup[2213]: {id}: message-id=<{n}.{id}@mail.example.com>
postfix/smtpd[2214]: connect from mx{n}.example.net[203.0.113.9]
postfix/smtpd[2214]: {id}: client=mx{n}.example.net[203.0.113.9]
postfix/smtpd[2214]: disconnect from mx{n}.example.net[203.0.113.9] ehlo=1 mail=1 rcpt=1 data=1 quit=1 commands=5
postfix/qmgr[2211]: {id}: removed
dovecot: imap-login: Login: user=<user{n}>, method=PLAIN, rip=203.0.113.9, lip=192.0.2.1, TLS, session=<{id}>""".splitlines()


def busy(dice):
    if dice.random() < 0.001:
        return dice.choice([line for of, line in LINES if of != "other-not-rdns"])
    number = dice.randrange(100000)
    return "Nov 30 09:12:01 mx1 " + dice.choice(BUSY).format(n=number, id=f"{number * 7919:X}")


def near(dice):
    return "Nov 30 09:12:01 mx1 x: 550 reverse rdns ptr helo too long does not resolve " + " ".join("ptr reverse rdns helo".split()[dice.randrange(4)] for _ in range(9))


def write(path, size, line):
    dice = random.Random(1)
    block = "".join(line(dice) + "\n" for _ in range(20000)).encode()
    with open(path, "wb") as file:
        for _ in range(max(1, size // len(block))):
            file.write(block)


def best(command):
    took = []
    for _ in range(4):
        begun = time.perf_counter()
        subprocess.run(command, stdout=subprocess.PIPE, check=False)  # grep stops early where nobody reads
        took.append(time.perf_counter() - begun)
    return min(took[1:])


def main():
    binary, size = sys.argv[1], int(sys.argv[2] if len(sys.argv) > 2 else 1024) << 20
    with tempfile.TemporaryDirectory() as folder:
        for name, line in (("busy server", busy), ("words of the patterns", near), ("one letter", lambda _: "e" * 20000)):
            path = os.path.join(folder, "mail.log")
            write(path, size, line)
            octets = os.path.getsize(path)
            grep = best(["grep", "-c", "-F", "cannot find your reverse hostname", path])
            ours = best([binary, "logs", path])
            peak = re.search(r"Maximum resident.*: (\d+)", subprocess.run(["/usr/bin/time", "-v", binary, "logs", path], capture_output=True, text=True,
                                                                          check=False).stderr) if os.path.exists("/usr/bin/time") else None
            print(f"{name:24} {octets >> 20} MiB: grep -c {grep:.2f} s, rdnsgate {ours:.2f} s ({octets / ours / 2**20:.0f} MiB/s), {ours / grep:.1f} times"
                  + (f", {int(peak[1]) >> 10} MiB" if peak else ""))


if __name__ == "__main__":
    main()
