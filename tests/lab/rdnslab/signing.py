# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Signed zone files (RFC 4033), and what can be wrong with one."""
from .process import run_tool


def make_key(folder, zone, algorithm="ECDSAP256SHA256", bits=None):
    """One key that signs everything; the path without its ending. `bits`: of an RSA key."""
    size = ("-b", str(bits)) if bits else ()
    return folder / run_tool("ldns-keygen", "-r", "/dev/urandom", "-a", algorithm, *size, "-k", zone, cwd=folder).strip()


def ds_record(key, digest=2):
    """The DS record of a key for its parent; `digest`: 1 for SHA-1, 2 for SHA-256."""
    return run_tool("ldns-key2ds", "-n", f"-{digest}", f"{key}.key", cwd=key.parent)


def sign(folder, zone, path, inception=None, expiration=None):
    """Signs the zone file in place; returns the path of the DS record for its parent. Times are YYYYMMDD."""
    key = make_key(folder, zone)
    times = [*(("-i", inception) if inception else ()), *(("-e", expiration) if expiration else ())]
    run_tool("ldns-signzone", *times, "-f", path, path, key, cwd=folder)
    return key.with_name(key.name + ".ds")


def _records(path):
    return path.read_text().splitlines()


def break_signature(path, owner, old, new):
    """Changes the data under a signature that was made over other data: what a validator calls bogus."""
    lines = _records(path)
    hit = [n for n, line in enumerate(lines) if line.split()[0] == owner and line.split()[3] == "PTR"]
    assert len(hit) == 1, hit
    assert old in lines[hit[0]]
    lines[hit[0]] = lines[hit[0]].replace(old, new)
    path.write_text("\n".join(lines) + "\n")


def remove(path, rrtype):
    """Takes out every record of the type, and the signatures over them."""
    kept = [line for line in _records(path) if rrtype not in line.split()[3:4] + line.split()[4:5] * ("RRSIG" in line)]
    assert len(kept) < len(_records(path))
    path.write_text("\n".join(kept) + "\n")


def remove_signatures(path, rrtype):
    """Leaves the records of the type without a signature."""
    kept = [line for line in _records(path) if line.split()[3:5] != ["RRSIG", rrtype]]
    assert len(kept) < len(_records(path))
    path.write_text("\n".join(kept) + "\n")
