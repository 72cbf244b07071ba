#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""`dkim` and `dmarc`: records from standard input, zone files and snapshots; what is said of them as JSON and as text.

Usage: mail_records_test.py RDNSGATE_BINARY [unittest arguments]
"""
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import offline

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "schemas/mail-record.schema.json").read_text())
KEYS = {name: "".join(re.findall(r'"([^"]*)"', text)) for name, text in re.findall(
    r'char (\w+)\[\] =\s*((?:"[^"]*"\s*)+);', (ROOT / "tests/mailauth/dkim_keys.h").read_text())}
GOOD = "v=DKIM1; k=rsa; p=" + KEYS["rsa_2048"]
HEAD = "$TTL 3600\n@ IN SOA ns1.example.com. h.example.com. 1 3600 600 86400 300\n@ IN NS ns1.example.com.\nns1 A 192.0.2.1\n"
BINARY = None


def txt(text):
    return " ".join('"' + text[at:at + 255].replace("\\", "\\\\").replace('"', '\\"') + '"' for at in range(0, len(text), 255))


def fits(value, schema, path="$"):
    """As far as the schema of this document goes."""
    if "$ref" in schema:
        return fits(value, SCHEMA["definitions"][schema["$ref"].rsplit("/", 1)[1]], path)
    if "anyOf" in schema:
        return None if any(fits(value, one, path) is None for one in schema["anyOf"]) else f"{path}: none of the forms fits"
    if "const" in schema and value != schema["const"] or "enum" in schema and value not in schema["enum"]:
        return f"{path}: {value}"
    kinds = {"string": str, "integer": int, "boolean": bool, "null": type(None), "object": dict, "array": list}
    named = schema.get("type", [])
    named = [named] if isinstance(named, str) else named
    if named and not any(type(value) is kinds[name] for name in named):
        return f"{path}: {value!r} is not {named}"
    for member, inside in value.items() if isinstance(value, dict) else ():
        if member not in schema.get("properties", {}):
            return f"{path}.{member} is not known"
        if wrong := fits(inside, schema["properties"][member], f"{path}.{member}"):
            return wrong
    for name in schema.get("required", []) if isinstance(value, dict) else ():
        if name not in value:
            return f"{path}.{name} is missing"
    for at, item in enumerate(value) if isinstance(value, list) else ():
        if wrong := fits(item, schema["items"], f"{path}[{at}]"):
            return wrong
    return None


class MailRecords(unittest.TestCase):
    def run_tool(self, *arguments, text=None, cwd=None):
        given = {"stdin": subprocess.DEVNULL} if text is None else {"input": text.encode() if isinstance(text, str) else text}
        return subprocess.run(offline.command([BINARY, *arguments]), cwd=cwd, capture_output=True, timeout=60, check=False,
                              env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}, **given)

    def judge(self, *arguments, text=None, cwd=None):
        done = self.run_tool(*arguments, "--format", "json", text=text, cwd=cwd)
        said = json.loads(done.stdout)
        self.assertIsNone(fits(said, SCHEMA))
        self.assertEqual(done.stderr, b"")
        expected = {"error": 1, "unknown": 3}.get(said["result"], 3 if said["unknown"] else 0)
        self.assertEqual(done.returncode, expected)
        for reason in said["reasons"]:
            if said["records"] and "\ufffd" not in said["records"][reason["record"]]["text"]:
                whole = said["records"][reason["record"]]["text"].encode()
                self.assertLessEqual(reason["offset"] + reason["length"], len(whole))
        for record in said["records"]:
            for tag in record["tags"] if "\ufffd" not in record["text"] else ():
                octets = record["text"].encode()
                value = octets[tag["value_offset"]:tag["value_offset"] + tag["value_length"]]
                self.assertEqual(value.decode(), tag["value"])
                self.assertTrue(octets[tag["offset"]:].startswith(tag["name"].encode()))
        return said

    def ids(self, said):
        return {reason["id"] for reason in said["reasons"]}

    def test_lines_of_standard_input_are_records_at_one_name(self):
        self.assertEqual(self.judge("dkim", "--record", "-", text=GOOD + "\n")["result"], "ok")
        self.assertEqual(self.judge("dkim", "--record", "-", text=GOOD)["result"], "ok")
        self.assertEqual(self.judge("dkim", "--record", "-", text=GOOD + "\r\n\r\n")["result"], "ok")
        said = self.judge("dkim", "--record", "-", text=GOOD + "\n" + GOOD + "\n")
        self.assertEqual((said["result"], len(said["records"])), ("error", 2))
        self.assertIn("several-records", self.ids(said))
        for text in ("", "\n", " \n"):
            self.assertEqual(self.ids(self.judge("dkim", "--record", "-", text=text)), {"empty-record"})
            self.assertEqual(self.judge("dmarc", "--record", "-", text=text)["result"], "error")
        said = self.judge("dmarc", "--record", "-", text="v=DMARC1; p=none; rua=mailto:a@example.com\nv=DMARC1; p=reject\n")
        self.assertIn("several-records", self.ids(said))

    def test_a_text_on_the_command_line(self):
        said = self.judge("dkim", "--record", "v=DKIM1; k=ed25519; p=" + KEYS["ed25519"])
        self.assertEqual(said["records"][0]["key"], {"form": "ed25519", "octets": 32, "bits": 256, "exponent": None})
        self.assertEqual(self.judge("dkim", "--record", "v=DKIM1; p=")["result"], "warn")
        self.assertEqual(self.judge("dkim", "--record", "")["result"], "error")

    def test_hostile_text(self):
        for command in ("dkim", "dmarc"):
            for text in (b"\x00" * 70000, b"\xff" * 70000, b";" * 70000, b"=" * 70000, b"a=b;" * 17000, b"\xe2\x80\x8b" * 9000,
                         b"v=DKIM1; p=" + b"A" * 65536, b"v=DMARC1; p=none; rua=" + b"mailto:a@b.c," * 5000, b"\x1b[31m\x07" + GOOD.encode(),
                         b"a\n" * 10000):
                self.assertEqual(self.judge(command, "--record", "-", text=text)["result"], "error", text[:20])
                done = self.run_tool(command, "--record", "-", text=text)
                self.assertEqual(done.returncode, 1)
                self.assertNotRegex(done.stdout.decode(), "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b]")
                self.assertLess(len(done.stdout), 200_000 if text.count(b"\n") < 100 else 10_000_000)

    def test_usage(self):
        for arguments, said in ((["dkim"], "name the domain and the selector"), (["dkim", "example.com"], "and the selector"),
                                (["dmarc"], "name the domain"), (["dkim", "--record", "-", "--replay", "x"], "--record"),
                                (["dkim", "example.com", "s", "--record", "x"], "takes no domain"),
                                (["dkim", "example.com", "s._domainkey", "--zone-files", "."], "more than a selector"),
                                (["dkim", "exam..ple.com", "s", "--zone-files", "."], "label"),
                                (["dkim", "exa mple.com", "s", "--zone-files", "."], "white space"),
                                (["dmarc", "example.com ", "--zone-files", "."], "white space"),
                                (["dmarc", ".", "--zone-files", "."], "root"),
                                (["dmarc", "https://example.com", "--zone-files", "."], 'is more than a domain: it has ":"'),
                                (["dmarc", "joe@example.com", "--zone-files", "."], 'is more than a domain: it has "@"'),
                                (["dkim", "example.com/", "s", "--zone-files", "."], 'is more than a domain: it has "/"'),
                                (["dmarc", "_DMARC.example.com", "--zone-files", "."], "is where a record stands"),
                                (["dkim", "s._domainkey.example.com", "s", "--zone-files", "."], "is where a record stands"),
                                (["dkim", "s1", "example.com", "--zone-files", "."], "the domain comes first"),
                                (["dmarc", "example.com", "--resolver", "x@y"], "is not an IP address"),
                                (["dmarc", "example.com", "--zone-files", "missing"], "missing")):
            done = self.run_tool(*arguments)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertIn(said, done.stderr.decode())
            self.assertEqual(done.stdout, b"")

    def zones(self, folder):
        (folder / "zones").mkdir()
        (folder / "zones/example.com.zone").write_text(
            HEAD + f"s1._domainkey TXT {txt(GOOD)}\ns2._domainkey CNAME s2.dkim.example.com.\ns2.dkim TXT {txt('v=DKIM1; k=rsa; p=' + KEYS['rsa_1024'])}\n"
            f"bad._domainkey TXT {txt(chr(34) + GOOD + chr(34))}\ntwo._domainkey TXT {txt(GOOD)}\ntwo._domainkey TXT \"v=spf1 -all\"\n"
            "out._domainkey CNAME out.provider.test.\n"
            "_dmarc TXT \"v=DMARC1; p=reject; sp=none; rua=mailto:a@example.com,mailto:b@reports.example\"\n"
            "news A 192.0.2.2\nmail A 192.0.2.3\n_dmarc.mail TXT \"v=DMARC1; p=reject\"\n_dmarc.mail TXT \"v=DMARC1; p=none\"\n")
        (folder / "zones/example.zone").write_text("$ORIGIN example.\n" + HEAD)

    def test_zone_files(self):
        with tempfile.TemporaryDirectory() as at:
            folder = Path(at)
            self.zones(folder)
            dkim = lambda selector: self.judge("dkim", "example.com", selector, "--zone-files", "zones", cwd=folder)
            said = dkim("s1")
            self.assertEqual((said["result"], said["source"]), ("ok", "s1._domainkey.example.com"))
            self.assertEqual(said["records"][0]["key"]["bits"], 2048)
            said = dkim("s2")
            self.assertEqual((said["result"], said["lookups"][0]["aliases"]), ("warn", ["s2.dkim.example.com"]))
            self.assertIn("quotes", self.ids(dkim("bad")))
            self.assertIn("several-records", self.ids(dkim("two")))
            self.assertEqual(self.ids(dkim("none")), {"no-record"})
            # What the files do not know is not missing.
            said = dkim("out")
            self.assertEqual((said["result"], said["reasons"]), ("unknown", []))
            said = self.judge("dmarc", "mail.example.org", "--zone-files", "zones", cwd=folder)
            self.assertEqual((said["result"], said["records"]), ("unknown", []))

    def test_dmarc_of_zone_files(self):
        with tempfile.TemporaryDirectory() as at:
            folder = Path(at)
            self.zones(folder)
            dmarc = lambda domain: self.judge("dmarc", domain, "--zone-files", "zones", cwd=folder)
            said = dmarc("example.com")
            self.assertEqual(said["discovery"]["rfc9989"]["policy"], "reject")
            self.assertLessEqual({"sp-weaker", "report-unauthorised"}, self.ids(said))
            self.assertEqual(said["discovery"]["report_consents"][0]["name"], "example.com._report._dmarc.reports.example")
            said = dmarc("mail.example.com")
            self.assertEqual(said["result"], "error")
            self.assertIn("several-records", self.ids(said))

    def test_text_shows_the_place(self):
        done = self.run_tool("dkim", "--record", "-", text="v=DKIM1; k=dsa; p=" + KEYS["rsa_2048"])
        self.assertEqual(done.returncode, 1)
        lines = done.stdout.decode().splitlines()
        at = next(i for i, line in enumerate(lines) if "[key-type]" in line)
        self.assertTrue(lines[at].startswith("standard input:1:12: error: "))
        self.assertEqual(lines[at + 2].index("^^^"), lines[at + 1].index("dsa"))
        self.assertEqual(lines[-1], "standard input: error (1 error, 0 warnings)")
        self.assertEqual(self.run_tool("dkim", "-qq", "--record", "x").stdout, b"")


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
