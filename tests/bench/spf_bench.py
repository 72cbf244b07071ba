#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""SPF evaluations a second from answers that are at hand, beside pyspf and Mail::SPF (both from .lab/, ci/packages.sh lab):
`spf_bench.py BUILD_DIR`, after `ninja -C BUILD_DIR tests/bench/spf_bench`. One core each, one after the other."""
import json
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/mailauth"))
import spf_oracle_test as oracle  # noqa: E402

SETS = {("example.com", "TXT"): ["v=spf1 ip4:198.51.100.0/28 a:h1.example.com mx include:_spf.example.com -all"],
        ("_spf.example.com", "TXT"): ["v=spf1 ip4:192.0.2.128/25 -all"], ("h1.example.com", "A"): ["192.0.2.1"],
        ("example.com", "MX"): ["h2.example.com"], ("h2.example.com", "A"): ["192.0.2.2"]}
OURS, THEIRS = 1_000_000, 3000


def ip(number):
    return f"192.0.{2 + number % 512 // 256}.{number % 256}"


def ours(folder):
    lines = [f"{kind} {owner} {value}" for (owner, kind), values in SETS.items() for value in values]
    return subprocess.run([folder / "tests/bench/spf_bench", str(OURS)], input="\n".join(lines), capture_output=True, text=True, check=True).stdout.strip()


def pyspf():
    spf = oracle.load_pyspf()

    def lookup(name, kind, *_):
        values = SETS.get((name, kind), [])
        return [((name, kind), [value.encode()] if kind == "TXT" else (10, value) if kind == "MX" else value) for value in values]

    spf.DNSLookup = lookup
    begun = time.perf_counter()
    passed = sum(spf.check2(i=ip(number), s="joe@example.com", h="mx.example.com")[0] == "pass" for number in range(THEIRS))
    return f"{THEIRS / (time.perf_counter() - begun):.0f} evaluations a second, {passed} of {THEIRS} pass"


def mail_spf():
    sets = {f"{owner} {kind}": values for (owner, kind), values in SETS.items()}

    def run(count):
        asks = [[ip(number), "joe@example.com", "mx.example.com"] for number in range(count)]
        begun = time.perf_counter()
        done = subprocess.run(["perl", *[f"-I{path}" for path in oracle.PERL], ROOT / "tests/mailauth/mail_spf.pl"],
                              input=json.dumps({"sets": sets, "failing": [], "asks": asks}) + "\n", capture_output=True, text=True, check=True)
        return time.perf_counter() - begun, sum(result == "pass" for result, _ in json.loads(done.stdout))

    start, _ = run(1)  # of the interpreter and the modules
    took, passed = run(THEIRS)
    return f"{THEIRS / (took - start):.0f} evaluations a second, {passed} of {THEIRS} pass"


def main():
    folder = Path(sys.argv[1])
    print("rdnsgate :", ours(folder))
    print("pyspf    :", pyspf())
    print("Mail::SPF:", mail_spf())


if __name__ == "__main__":
    main()
