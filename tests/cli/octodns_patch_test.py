#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Patches to a team's octoDNS YAML: git and patch take them, phase by phase and back; what comes out is what the plan has
after the phase, with keys in the order that octoDNS enforces, and with every comment where it was.

Usage: octodns_patch_test.py RDNSGATE_BINARY [unittest arguments]
"""
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import yaml

import offline

try:
    from natsort import natsort_keygen
    natural_key = natsort_keygen()
except ImportError:
    def natural_key(text):
        """The default of natsort, of which octodns/yaml.py makes its keys, for ASCII."""
        key = []
        for piece in filter(None, re.split(r"([0-9]+)", str(text))):
            if piece.isdigit():
                key += ([""] if not key or isinstance(key[-1], int) else []) + [int(piece)]
            else:
                key.append(piece)
        return tuple(key)

BINARY = None
ROUNDS = int(os.environ.get("RDNSGATE_OCTODNS_ROUNDS", "40"))
FORWARD, REVERSE = "mail.example", "2.0.192.in-addr.arpa"


class Ordered(yaml.SafeLoader):
    """As octoDNS reads its files, with enforce_order: keys of every mapping sorted, merge keys followed."""

    key = staticmethod(natural_key)

    def construct_mapping(self, node, deep=False):
        found = super().construct_mapping(node, deep)
        keys = list(found)
        if keys != sorted(keys, key=self.key):
            raise yaml.constructor.ConstructorError(None, None, f"keys out of order: {keys}", node.start_mark)
        return found


Ordered.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, Ordered.construct_mapping)


class Plain(Ordered):
    key = str


def load(text, loader=Ordered):
    """(owner, type) to (TTL, sorted values), as octoDNS would have it."""
    records = {}
    for owner, found in (yaml.load(text, loader) or {}).items():
        for record in found if isinstance(found, list) else [found]:
            values = record["values"] if "values" in record else [record["value"]]
            values = [value.replace("\\;", ";") if isinstance(value, str) else json.dumps(value) for value in values]
            assert (str(owner), record["type"]) not in records
            records[str(owner), record["type"]] = (record.get("ttl", 3600), sorted(set(values)))
    return records


class Layout:
    """One way to write a zone."""

    def __init__(self, rng):
        self.rng = rng
        self.json = rng.random() < 0.15
        self.quote = rng.choice("'\"")
        self.map_indent = rng.choice((2, 2, 4))
        self.list_indent = rng.choice((0, 2, 2))
        self.newline = "\r\n" if rng.random() < 0.15 else "\n"
        self.crowded = rng.random() < 0.3  # comments everywhere
        self.plain_values = rng.random() < 0.7
        self.comments = 0

    def comment(self):
        self.comments += 1
        return f"# note {self.comments}"

    def behind(self):
        return f"  {self.comment()}" if self.rng.random() < (0.5 if self.crowded else 0.1) else ""

    def above(self, indent):
        return [" " * indent + self.comment()] if self.rng.random() < (0.4 if self.crowded else 0.1) else []

    def quoted(self, text):
        return f"'{text}'" if self.quote == "'" else json.dumps(text)

    def key(self, text):
        return text if re.fullmatch(r"[a-z_][a-z0-9_.-]*", text) and self.rng.random() < 0.8 else self.quoted(text)

    def value(self, value, flow=False):
        if not isinstance(value, str):
            return json.dumps(value)
        plain = self.plain_values and (not flow or ":" not in value) and not value.endswith(":")
        return value if plain else self.quoted(value)

    def record(self, kind, ttl, values):
        """Lines of a block, or one line in brackets."""
        one = kind == "CNAME" or (len(values) == 1 and self.rng.random() < 0.9)
        head = {} if ttl == 3600 and self.rng.random() < 0.7 else {"ttl": ttl}
        if self.rng.random() < 0.15:
            data = self.value(values[0], True) if one else "[" + ", ".join(self.value(value, True) for value in values) + "]"
            members = [f"ttl: {ttl}"] * len(head) + [f"type: {kind}", f"value{'' if one else 's'}: {data}"]
            return ["{" + ", ".join(members) + "}" + self.behind()]
        lines = [f"ttl: {ttl}{self.behind()}"] * len(head) + [f"type: {kind}{self.behind()}"]
        if one:
            return lines + [f"value: {self.value(values[0])}{self.behind()}"]
        if self.rng.random() < 0.2:
            return lines + ["values: [" + ", ".join(self.value(value, True) for value in values) + "]" + self.behind()]
        lines.append("values:" + self.behind())
        for value in values:
            lines += self.above(self.list_indent) + [" " * self.list_indent + f"- {self.value(value)}{self.behind()}"]
        return lines

    def zone(self, owners, key=natural_key):
        """`owners`: owner to type to (TTL, values)."""
        if self.json:
            data = {owner: [{"ttl": ttl, "type": kind, **({"value": values[0]} if len(values) == 1 else {"values": values})}
                            for kind, (ttl, values) in sorted(kinds.items())] for owner, kinds in sorted(owners.items(), key=lambda one: key(one[0]))}
            return json.dumps(data, indent=self.rng.choice((2, None))) + "\n"
        lines = [self.comment()] * (self.rng.random() < 0.5) + ["---"] * (self.rng.random() < 0.7)
        for owner, kinds in sorted(owners.items(), key=lambda one: key(one[0])):
            lines += [""] * (self.rng.random() < 0.1) + self.above(0)
            name = self.key(owner)
            records = [self.record(kind, ttl, values) for kind, (ttl, values) in sorted(kinds.items())]
            if len(records) == 1 and self.rng.random() < 0.7:
                if records[0][0].startswith("{"):
                    lines.append(f"{name}: {records[0][0]}")
                else:
                    lines += [f"{name}:{self.behind()}"] + [" " * self.map_indent + line for line in records[0]]
                continue
            lines.append(f"{name}:{self.behind()}")
            for record in records:
                lines += self.above(self.list_indent)
                lines += [" " * self.list_indent + ("- " if number == 0 else "  ") + line for number, line in enumerate(record)]
        return self.newline.join(lines) + self.newline * (self.rng.random() < 0.8)


def estate(rng, folder, layout):
    """Some hosts get other names, some other addresses, some go; the rest of the zones is none of our business."""
    ttl = rng.choice((3600, 3600, 86400))
    hosts = sorted(rng.sample(range(1, 60), 8))
    forward = {"": {"NS": (3600, ["ns1.mail.example.", "ns2.mail.example."]), "MX": (3600, [{"exchange": "in.mail.example.", "preference": 10}])},
               "ns1": {"A": (3600, ["198.51.100.1"])}, "ns2": {"A": (3600, ["198.51.100.2"])}, "in": {"A": (300, ["198.51.100.3", "198.51.100.4"])},
               "www": {"CNAME": (3600, ["in.mail.example."])}, "_dmarc": {"TXT": (3600, ["v=DMARC1\\; p=reject"])}}
    reverse = {"": {"NS": (3600, ["ns1.mail.example.", "ns2.mail.example."])}, "250": {"PTR": (3600, ["printer.mail.example."])}}
    before, after, gone = [], [], []
    for host in hosts:
        fate = rng.choice(("stay", "rename", "move", "go", "second"))
        name, address = f"mx{host}", f"192.0.2.{host}"
        kinds = forward.setdefault(name, {"A": (ttl, [address])})
        if rng.random() < 0.4:
            kinds["TXT"] = (ttl, ["v=spf1 a -all"])
        if rng.random() < 0.3:
            kinds["A"] = (ttl, [address, "198.51.100.77"])  # of somebody else
        reverse[str(host)] = {"PTR": (ttl, [f"{name}.mail.example."])}
        before.append((f"host{host}", name, [address]))
        if fate == "rename":
            name = f"out-{host}"
        elif fate == "move":
            gone.append(address)
            address = f"192.0.2.{host + 100}"
        elif fate == "go":
            gone.append(address)
            continue
        addresses = [address] + ([f"192.0.2.{host + 160}"] if fate == "second" else [])
        after.append((f"host{host}", name, addresses))
    if rng.random() < 0.5:
        forward[""]["TXT"] = (ttl, [f"v=spf1 {' '.join(f'ip4:192.0.2.{host}' for host in hosts)} -all", "verify=\"x\"".replace('"', "")])
    (folder / "config").mkdir()
    for zone, owners in ((FORWARD, forward), (REVERSE, reverse)):
        (folder / f"config/{zone}.yaml").write_bytes(layout.zone(owners).encode())
    named = rng.random() < 0.5  # by the inventory, or found
    for path, senders, retired in (("before.yaml", before, []), ("after.yaml", after, gone)):
        file = lambda zone: f", file: config/{zone}.yaml" if named else ""
        lines = ["version: 1", "zones:"] + [f"  - {{name: {zone}, managed_by: octodns{file(zone)}}}" for zone in (FORWARD, REVERSE)]
        lines += ["senders:"] + [f"  - {{name: {sender}, helo: {name}.{FORWARD}, addresses: [{', '.join(addresses)}]}}" for sender, name, addresses in senders]
        if retired:
            lines.append(f"retired: [{', '.join(retired)}]")
        if "TXT" in forward[""]:
            lines += ["domains:", f"  - {{name: {FORWARD}, via: [{', '.join(sender for sender, _, _ in senders)}], spf: {{all: fail}}}}"]
        (folder / path).write_text("\n".join(lines + ["rules: {addr-documentation: off}", ""]))


def run(folder, *arguments):
    return subprocess.run(offline.command([BINARY, *arguments]), cwd=folder, capture_output=True, text=True, timeout=120, check=False)


def changed(records, steps, zone):
    """The records once these steps of the plan are taken."""
    after = dict(records)
    for step in steps:
        if step["zone"] != zone or step["type"] == "SOA":
            continue
        owner = "" if step["owner"] == zone else step["owner"].removesuffix("." + zone)
        after.pop((owner, step["type"]), None)
        if step["after"]:
            values = [data.strip('"').replace('" "', "") if step["type"] == "TXT" else data for data in step["after"]["rdata"]]
            after[owner, step["type"]] = (step["after"]["ttl"], sorted(values))
    return after


def notes(text):
    return re.findall(r"# note \d+", text)


class Patches(unittest.TestCase):
    maxDiff = None

    def folder(self):
        folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder, ignore_errors=True)
        return folder

    def apply(self, folder, patch, tool):
        """A patch of a file's own line ends: git is told to leave them alone."""
        commands = {"git": ["git", "apply", "--whitespace=nowarn", patch], "patch": ["patch", "--binary", "-s", "-p1", "-i", patch]}
        done = subprocess.run(commands[tool], cwd=folder, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr + Path(patch).read_text())
        self.assertEqual([path.name for path in folder.rglob("*.orig")] + [path.name for path in folder.rglob("*.rej")], [])

    def check_plan(self, folder, layout, loader=Ordered):
        done = run(folder, "plan", "--base", "before.yaml", "--zone-files", "config", "-o", "change", "after.yaml")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("no patch", done.stderr)
        plan = json.loads((folder / "change/plan.json").read_text())
        tool = layout.rng.choice(("git", "patch"))
        patches = 0
        for number, phase in enumerate(plan["phases"]):
            here = folder / "change" / f"{number:02}-{phase['id']}"
            for zone in (FORWARD, REVERSE):
                if not any(step["zone"] == zone and step["type"] != "SOA" for step in phase["steps"]):
                    continue
                file = folder / f"config/{zone}.yaml"
                was = file.read_bytes()
                records = load(was.decode(), loader)
                self.apply(folder, here / f"{zone}.patch", tool)
                now = file.read_bytes()
                self.assertEqual(load(now.decode(), loader), changed(records, phase["steps"], zone))
                self.apply(folder, here / f"rollback/{zone}.patch", tool)
                back = changed(changed(records, phase["steps"], zone), phase["rollback"], zone)
                self.assertEqual(load(file.read_text(), loader), back)
                file.write_bytes(now)
                patches += 1
                if b"\r\n" in was:
                    self.assertEqual(now.count(b"\n"), now.count(b"\r\n"))
                # No comment goes but with a record that goes as a whole, and with a value that does.
                if all(step["after"] for step in phase["steps"]):
                    removed = [line[1:] for line in (here / f"{zone}.patch").read_text().splitlines() if re.match(r"-(?!--)", line)]
                    added = [line[1:] for line in (here / f"{zone}.patch").read_text().splitlines() if re.match(r"\+(?!\+\+)", line)]
                    gone = set(notes("\n".join(removed))) - set(notes("\n".join(added)))
                    values = sum(len(step["before"]["rdata"]) for step in phase["steps"] if step["zone"] == zone and step["before"])
                    self.assertEqual([line for line in removed if line.lstrip().startswith("#") and notes(line)[0] in gone], [])
                    self.assertLessEqual(len(gone), values)
        return patches

    def test_random_layouts(self):
        patches = 0
        for seed in range(ROUNDS):
            with self.subTest(seed=seed):
                folder = self.folder()
                rng = random.Random(seed)
                layout = Layout(rng)
                estate(rng, folder, layout)
                patches += self.check_plan(folder, layout)
        self.assertGreater(patches, 2 * ROUNDS)

    def test_next_is_the_patch_of_the_first_phase(self):
        for seed in range(ROUNDS // 8):
            folder = self.folder()
            estate(random.Random(2000 + seed), folder, Layout(random.Random(seed)))
            done = run(folder, "plan", "--base", "before.yaml", "--zone-files", "config", "-o", "change", "after.yaml")
            self.assertEqual(done.returncode, 0, done.stderr)
            plan = json.loads((folder / "change/plan.json").read_text())
            number = next(number for number, phase in enumerate(plan["phases"]) if phase["steps"])
            done = run(folder, "rollout", "next", "--zone-files", "config", "-f", "octodns", "change/plan.json")
            self.assertEqual(done.returncode, 0, done.stderr)
            expected = "".join(path.read_text() for path in sorted((folder / "change").glob(f"{number:02}-*/*.patch")))
            self.assertTrue(expected)
            self.assertIn(expected, done.stdout)

    def test_a_shared_anchor_is_left_to_hands(self):
        folder = self.folder()
        (folder / "config").mkdir()
        (folder / f"config/{FORWARD}.yaml").write_text("'':\n  type: NS\n  values: [a.else.example., b.else.example.]\n"
                                                       "mx1:\n  type: A\n  value: &address 192.0.2.1\nwww:\n  type: A\n  value: *address\n")
        head = f"version: 1\nzones: [{{name: {FORWARD}, managed_by: octodns}}]\nrules: {{addr-documentation: off}}\nsenders:\n"
        (folder / "before.yaml").write_text(head + f"  - {{name: a, helo: mx1.{FORWARD}, addresses: [192.0.2.1]}}\n")
        (folder / "after.yaml").write_text(head + f"  - {{name: a, helo: mx2.{FORWARD}, addresses: [192.0.2.1]}}\n")
        (folder / f"config/{REVERSE}.yaml").write_text(f"'':\n  type: NS\n  values: [a.else.example., b.else.example.]\n'1':\n  type: PTR\n  value: mx1.{FORWARD}.\n")
        done = run(folder, "plan", "--base", "before.yaml", "--zone-files", "config", "-f", "octodns", "after.yaml")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("cannot be edited", done.stderr)
        self.assertIn("# no patch: ", done.stdout)

    def test_fragments_are_in_order(self):
        """Without a file there are the records alone, and octoDNS's order of keys holds for them too."""
        for seed in range(ROUNDS // 4):
            folder = self.folder()
            rng = random.Random(1000 + seed)
            estate(rng, folder, Layout(rng))
            done = run(folder, "plan", "--base", "before.yaml", "--zone-files", "config", "-f", "json", "--record", "facts.json", "after.yaml")
            self.assertEqual(done.returncode, 0, done.stderr)
            plan = json.loads(done.stdout)
            for path in ("before.yaml", "after.yaml"):
                (folder / path).write_text(re.sub(r", file: [^}]*", "", (folder / path).read_text()))
            done = run(folder, "plan", "--base", "before.yaml", "--replay", "facts.json", "-f", "octodns", "after.yaml")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertNotIn("+++", done.stdout)
            self.assertGreater(len(plan["phases"]), 1)
            for document in re.split(r"^---$", done.stdout, flags=re.M)[1:]:
                load(document)


def main():
    global BINARY
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)


if __name__ == "__main__":
    main()
