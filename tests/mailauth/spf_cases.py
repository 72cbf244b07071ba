# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Reads spf_cases.yaml: groups of a DNS and what checks of SPF come to in it."""
from pathlib import Path

import yaml

FILE = Path(__file__).resolve().parent / "spf_cases.yaml"
HELO = "mx.client.example"


class Check:
    """One call of check_host(), and what it comes to; `explanation` is None where the domain gives none."""

    def __init__(self, group, item):
        if isinstance(item, dict):
            self.ip, self.sender, self.helo = item["ip"], item["sender"], item.get("helo", HELO)
            self.result, self.explanation = item["result"], item.get("explanation")
        else:
            self.ip, self.sender, self.result = item[:3]
            self.helo, self.explanation = HELO, item[3] if len(item) > 3 else None
        self.name = f"{group['rfc']}: {self.ip} {self.sender!r} {self.helo!r}"


def strings_of(value):
    """The strings of a TXT record: one octet for each character."""
    return [part.encode("latin-1") for part in (value if isinstance(value, list) else [value])]


def read():
    """(what the group is about, {(owner, type): values or "TIMEOUT"}, [Check])"""
    for group in yaml.safe_load(FILE.read_text()):
        sets = {(owner, kind): values for owner, kinds in group["dns"].items() for kind, values in kinds.items()}
        yield group["rfc"], sets, [Check(group, item) for item in group["checks"]]
