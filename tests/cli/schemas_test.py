#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""`schema` prints the schemas that are in the repository, all of them; `rules` lists what has a page.

Usage: schemas_test.py RDNSGATE_BINARY [unittest arguments]
"""
import json
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = None


def run(*arguments):
    return subprocess.run([BINARY, *arguments], capture_output=True, text=True, check=True).stdout


class Schemas(unittest.TestCase):
    def test_each_is_listed_and_printed_as_it_is(self):
        names = run("schema").split()
        self.assertEqual(sorted(names), sorted(path.name.split(".")[0] for path in (ROOT / "schemas").glob("*.schema.json")))
        for name in names:
            self.assertEqual(run("schema", name), (ROOT / f"schemas/{name}.schema.json").read_text())

    def test_every_property_is_described(self):
        """What an editor shows while somebody types, and what documents a format."""
        def walk(node, path):
            if isinstance(node, dict):
                for name, member in node.get("properties", {}).items() if isinstance(node.get("properties"), dict) else ():
                    described = "description" in member or "title" in member or "const" in member
                    self.assertTrue(described, f"{path}/{name}")
                for name, member in node.items():
                    walk(member, f"{path}/{name}")
            elif isinstance(node, list):
                for member in node:
                    walk(member, path)

        for name in ("report", "baseline", "rules", "config"):
            walk(json.loads(run("schema", name)), name)


class Rules(unittest.TestCase):
    def test_each_rule_has_its_page_and_each_page_its_rule(self):
        rules = json.loads(run("rules", "--format", "json"))
        pages = {path.stem: path.read_text() for path in (ROOT / "docs/rules").glob("*.md")}
        self.assertEqual({rule["id"]: rule["page"] for rule in rules["rules"]}, pages)
        self.assertEqual(run("rules").count("\n"), len(pages))

    def test_it_is_as_its_schema_says(self):
        rules = json.loads(run("rules", "ptr", "--format", "json"))
        item = json.loads((ROOT / "schemas/rules.schema.json").read_text())["properties"]["rules"]["items"]
        self.assertEqual(rules["schema"], "rdnsgate/rules/1")
        self.assertTrue(rules["rules"])
        for rule in rules["rules"]:
            self.assertEqual(set(rule), set(item["required"]))
            self.assertEqual(rule["family"], "ptr")
            self.assertIn(rule["severity"], item["properties"]["severity"]["enum"])

    def test_it_says_what_lint_finds(self):
        lint = {rule["id"]: rule["lint"] for rule in json.loads(run("rules", "-f", "json"))["rules"]}
        self.assertTrue(lint["hygiene-owner-missing"])
        self.assertTrue(lint["ptr-generic"])   # of what is declared
        self.assertTrue(lint["hygiene-waiver-unused"])
        self.assertFalse(lint["ptr-missing"])
        self.assertFalse(lint["resolver-stale"])
        self.assertFalse(lint["run-incomplete"])


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
