#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""What strangers write stays text in whatever is written of it, judged by who reads it: nsupdate, node, OpenTofu or Terraform,
parsers of XML, HTML, YAML and JSON, shells.

Usage: injection_test.py RDNSGATE_BINARY [unittest arguments]

RDNSGATE_INJECTION_RUNS=1000 puts each text by itself into every place, and mixes that many texts more of the pieces;
RDNSGATE_INJECTION_SEED mixes others.
"""
import csv
import html.parser
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path

import yaml

import hostile_estate
import offline

ROOT = Path(__file__).resolve().parents[2]
REPORT_FORMATS = json.loads((ROOT / "schemas/config.schema.json").read_text())["definitions"]["report_format"]["enum"]

BINARY = None
RUNS = int(os.environ.get("RDNSGATE_INJECTION_RUNS", "8"))
DICE = random.Random(os.environ.get("RDNSGATE_INJECTION_SEED", "1"))
TEXTS = [*hostile_estate.TEXTS, *("".join(DICE.choices(hostile_estate.TEXTS, k=DICE.randrange(2, 6))) for _ in range(RUNS))]
TOGETHER = 1 if RUNS > 100 else 6  # texts that share an estate
# What a tool of others does not write as it is, such as control characters, leaves a whole RRset to be changed by hand.
PLAIN = [text for text in TEXTS if re.fullmatch("[ -~]+", text)]
UNQUOTED = [text for text in PLAIN if not {'"', "\\"} & set(text)]
GROUPS = [texts[at:at + TOGETHER] for texts in (UNQUOTED, [text for text in PLAIN if text not in UNQUOTED], [text for text in TEXTS if text not in PLAIN])
          for at in range(0, len(texts), TOGETHER)]
KINDS = {"A": 1, "NS": 2, "CNAME": 5, "PTR": 12, "TXT": 16, "AAAA": 28}
# Nothing that a terminal, a log or an editor acts on, line ends apart.
HARMFUL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def name_wire(text):
    """A name in presentation form (RFC 1035 section 5.1)."""
    wire, label, at = b"", b"", 0
    while at < len(text):
        if text[at] == ".":
            wire, label, at = wire + bytes([len(label)]) + label, b"", at + 1
        elif text[at] == "\\" and text[at + 1].isdigit():
            label, at = label + bytes([int(text[at + 1:at + 4])]), at + 4
        else:
            at += text[at] == "\\"
            label, at = label + text[at].encode(), at + 1
    if label:
        wire += bytes([len(label)]) + label
    return wire.lower() + b"\0"


def rdata_wire(kind, text):
    if kind == "A":
        return bytes(int(octet) for octet in text.split("."))
    if kind != "TXT":
        return name_wire(text)
    wire = b""
    for string in re.findall(r'"((?:[^"\\]|\\.)*)"', text, re.S):
        octets = re.sub(rb"\\(\d{3}|.)", lambda m: bytes([int(m[1])]) if len(m[1]) == 3 else m[1], string.encode(), flags=re.S)
        wire += bytes([len(octets)]) + octets
    return wire


def strings_of_hcl(text):
    """Reads the blocks that are written for OpenTofu with the grammar of HCL's native syntax, strictly: nothing but blocks, and
    attributes of numbers, strings without a template, and lists of them. Returns the strings as they stand."""
    token = re.compile(r"""[ \n]+|\#[^\n]*\n|(?P<string>"(?:[^"\\\n$%]|\\["\\nrt]|\\u[0-9a-f]{4}|\\U[0-9a-f]{8}|\$\$\{|%%\{|\$(?!\{)|%(?!\{))*")"""
                       r"""|(?P<word>[A-Za-z_][A-Za-z0-9_.-]*)|(?P<number>[0-9]+)|(?P<sign>[{}\[\]=,])""")
    at, found, depth = 0, [], 0
    while at < len(text):
        match = token.match(text, at)
        if not match:
            raise ValueError(f"no HCL at {text[at:at + 40]!r}")
        if match["string"]:
            found.append(match["string"])
        depth += (match["sign"] or "") in ("{", "[")
        depth -= (match["sign"] or "") in ("}", "]")
        at = match.end()
    if depth:
        raise ValueError("a block is not closed")
    return found


class Tags(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, tuple(name for name, _ in attrs)))

    def handle_decl(self, decl):
        self.found.append((decl, ()))

    def handle_comment(self, data):
        self.found.append(("comment", ()))


def tags_of(page):
    parser = Tags()
    parser.feed(page)
    return parser.found


class Injection(unittest.TestCase):
    maxDiff = 2000

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def run_it(self, *arguments, codes=(0, 1)):
        done = subprocess.run(offline.command([BINARY, *arguments]), cwd=self.folder, capture_output=True, timeout=60, check=False)
        self.assertIn(done.returncode, codes, (arguments, done.stderr[-1000:]))
        return done.stdout.decode()

    def estates(self, managed_by="nsupdate"):
        """A folder for some texts, freshly filled."""
        for number, texts in enumerate(GROUPS):
            shutil.rmtree(self.folder)
            self.folder.mkdir()
            hostile_estate.write(self.folder, texts, managed_by)
            self.texts = texts  # for what a failure says
            yield number

    def tearDown(self):
        if any(error for _, error in getattr(self._outcome, "errors", []) or []):
            print(f"the texts were {self.texts!r}", file=sys.stderr)

    def plan(self, form):
        return self.run_it("plan", "--base", "old.yaml", "--zone-files", "z", "--start", "2030-01-01T00:00:00Z", "-f", form, "i.yaml")

    def reports(self, *arguments, codes=(0, 1)):
        for form in REPORT_FORMATS:
            # Plugins have exit codes of their own: 2 is critical.
            out = self.run_it(*arguments, "--format", form, codes=(0, 1, 2, 3) if form == "nagios" else codes)
            self.assertIsNone(HARMFUL.search(out), (form, out))
            yield form, out

    def judge_report(self, form, out, findings):
        lines = out.splitlines()
        if form in ("json", "sarif", "gitlab"):
            json.loads(out)
        elif form == "junit":
            root = xml.fromstring(out)
            self.assertEqual(int(root.get("tests")), len(list(root.iter("testcase"))))
            self.assertLessEqual({one.tag for one in root.iter()}, {"testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out"})
        elif form == "github":
            # Of a level with more than the runner shows, one of each cause is there, and says how many it stands for.
            others = sum(int(number) for number in re.findall(r"\(and (\d+) more of this cause\)", out))
            self.assertLessEqual(len(lines) + others, findings + 1)
            if findings < 10:
                self.assertEqual(len(lines), findings + 1)
            for line in lines:
                self.assertRegex(line, r"^::(error|warning|notice) (file=[^,:]*,line=\d+,col=\d+,)?title=rdnsgate[^,:]*::")
        else:
            # As GitHub's runner looks for commands: at the beginning of a line, blanks apart.
            self.assertEqual([line for line in lines if line.lstrip().startswith(("::", "##["))], [], form)
        if form == "markdown":
            self.assertIsNone(re.search(r"(?<!`)<(?!br>|/?details>|/?summary>)|!?\[[^\]]*\]\((?!https://)|@team", re.sub(r"(`+).*?\1", "", out)), out)

    def test_reports(self):
        for _ in self.estates():
            self.run_it("check", "--zone-files", "z", "--record", "facts.gz", "same.yaml")
            for arguments, codes in ((["lint", "wrong.yaml"], (2,)), (["lint", "--zone-files", "z", "i.yaml"], (0, 1)), (["check", "--replay", "facts.gz", "same.yaml"], (0, 1))):
                made = dict(self.reports(*arguments, codes=codes))
                for form, out in made.items():
                    self.judge_report(form, out, len(json.loads(made["json"])["findings"]))

    def test_texts_of_other_commands(self):
        for _ in self.estates():
            self.run_it("check", "--zone-files", "z", "--record", "facts.gz", "same.yaml")
            self.run_it("plan", "--base", "old.yaml", "--zone-files", "z", "-o", "p", "i.yaml")
            texts = [self.run_it("facts", "show", "facts.gz"), self.run_it("rollout", "status", "--zone-files", "z", "p/plan.json", codes=(0, 1, 3, 75)),
                     self.run_it("rollout", "next", "--zone-files", "z", "p/plan.json", codes=(0, 1, 3, 75))]
            texts.append(self.run_it("spf", "--ip", "192.0.2.10", "--sender", "::error::\x1b]0;x@example.com", "--helo", "##[error]", "--replay", "facts.gz", codes=(0, 1, 3)))
            texts += [path.read_text() for path in (self.folder / "p").rglob("*.txt")]
            for out in texts:
                self.assertIsNone(HARMFUL.search(out), out)
                self.assertEqual([line for line in out.splitlines() if line.lstrip().startswith(("::", "##["))], [])

    def test_nsupdate_sends_what_the_plan_says_and_nothing_else(self):
        network = offline.own_mounts()
        seen = 0
        for _ in self.estates():
            self.run_it("plan", "--base", "old.yaml", "--zone-files", "z", "-o", "p", "i.yaml")
            scripts = sorted((self.folder / "p").rglob("*.nsupdate"))
            done = subprocess.run([*network, sys.executable, Path(__file__).parent / "sniffer.py", *scripts], capture_output=True, check=True, timeout=300)
            plan = json.loads((self.folder / "p" / "plan.json").read_text())
            for line in done.stdout.splitlines():
                result = json.loads(line)
                path = Path(result["script"]).relative_to(self.folder / "p")
                phase = plan["phases"][int(path.parts[0].split("-")[0])]
                self.assertEqual((result["code"], len(result["messages"])), (0, 1), result)
                seen += 1
                self.check_updates(result["messages"][0], phase, path.stem, "rollback" in path.parts)
        self.assertGreater(seen, 10 * len(GROUPS))

    def check_updates(self, message, phase, zone, rollback):
        wanted = set()
        for step in phase["steps"]:
            if step["zone"].rstrip(".") != zone:
                continue
            owner, version = name_wire(step["owner"]).hex(), step["before" if rollback else "after"]
            for rdata in version["rdata"] if version else []:
                wanted.add((owner, KINDS[step["type"]], 1, version["ttl"], rdata_wire(step["type"], rdata).hex()))
            if step["after" if rollback else "before"]:
                wanted.add((owner, KINDS[step["type"]], 255, 0, ""))  # the deletion of an RRset (RFC 2136 section 2.5.2)
        token = name_wire(f"_rdnsgate.{zone}").hex()
        self.assertEqual(message["zone"], name_wire(zone).hex())
        self.assertEqual({tuple(one) for one in message["updates"] if one[0] != token}, wanted)
        for one in message["updates"]:
            self.assertTrue(one[0] != token or one[1] == KINDS["TXT"], one)

    def test_dnscontrol_is_taken_by_node_for_the_records_of_the_plan(self):
        if not shutil.which("node"):
            self.skipTest("there is no node here: apt-get install nodejs")
        prelude = """const fs = require('fs'); const out = [];
            const record = kind => (...all) => ({kind, all});
            const scope = {process: undefined, require: undefined, D_EXTEND: (zone, ...all) => out.push({zone, all})};
            for (const kind of ['A', 'AAAA', 'PTR', 'TXT', 'CNAME', 'MX', 'NS', 'SRV', 'CAA', 'TLSA', 'TTL']) scope[kind] = record(kind);
            for (const path of process.argv.slice(1)) {
              out.length = 0;
              require('vm').runInNewContext(fs.readFileSync(path, 'utf8'), scope);
              console.log(JSON.stringify(out));
            }"""
        texts = set()
        for _ in self.estates("dnscontrol"):
            self.run_it("plan", "--base", "old.yaml", "--zone-files", "z", "-o", "p", "i.yaml")
            plan = json.loads((self.folder / "p" / "plan.json").read_text())
            files = sorted((self.folder / "p").rglob("*.js"))
            done = subprocess.run(["node", "-e", prelude, *files], capture_output=True, text=True, check=False, timeout=60)
            self.assertEqual((done.returncode, done.stderr), (0, ""))
            for path, line in zip(files, done.stdout.splitlines(), strict=True):
                for block in json.loads(line):
                    self.assertIn(block["zone"], ("example.com", "2.0.192.in-addr.arpa"))
                    self.check_records(plan, path.relative_to(self.folder / "p"), block)
                    texts.update(record["all"][1] for record in block["all"] if record["kind"] == "TXT")
        self.assertLessEqual(set(PLAIN), texts)

    def check_records(self, plan, path, block):
        """Each is one of the step's, as it would be sent."""
        phase = plan["phases"][int(path.parts[0].split("-")[0])]
        wanted = {(step["type"], name_wire(step["owner"]), rdata_wire(step["type"], rdata))
                  for step in phase["steps"] for version in [step["before" if "rollback" in path.parts else "after"]] if version for rdata in version["rdata"]}
        for record in block["all"]:
            owner, value = record["all"][:2]
            owner = name_wire(block["zone"] if owner == "@" else f"{owner}.{block['zone']}")
            if record["kind"] == "TXT":
                octets = (value if isinstance(value, str) else "".join(value)).encode()
                self.assertIn(octets, {b"".join(self.strings(rdata)) for kind, name, rdata in wanted if (kind, name) == ("TXT", owner)})
            else:
                self.assertIn((record["kind"], owner, rdata_wire(record["kind"], value)), wanted)

    @staticmethod
    def strings(wire):
        while wire:
            yield wire[1:1 + wire[0]]
            wire = wire[1 + wire[0]:]

    def test_opentofu_is_strings_without_templates(self):
        for _ in self.estates("dnscontrol"):
            found = {json.loads(string.replace("$${", "${").replace("%%{", "%{")) for string in strings_of_hcl(self.plan("opentofu"))}
            self.assertLessEqual({text for text in self.texts if self.texts[0] in PLAIN}, found)

    def test_opentofu_is_read_by_itself(self):
        program = shutil.which("tofu") or shutil.which("terraform")
        if not program:
            self.skipTest("neither OpenTofu nor Terraform is here, and Debian has no other reader of HCL 2: install one of them; the strict reader above has judged")
        for number in self.estates("dnscontrol"):
            if number % 4 == 0 or TOGETHER == 1:
                done = subprocess.run(offline.command([program, "fmt", "-"]), input=self.plan("opentofu"), capture_output=True, text=True, timeout=60, check=False,
                                      env={**os.environ, "CHECKPOINT_DISABLE": "1"}, cwd=self.folder)
                self.assertEqual(done.returncode, 0, done.stderr)

    def test_tables_of_letters_are_rows_without_formulas(self):
        for _ in self.estates("ticket"):
            for part in self.plan("ticket").split("\nTable (CSV):\n\n")[1:]:
                rows = list(csv.reader(part.split("\n\n--\n\n")[0].splitlines(), strict=True))
                self.assertEqual({len(row) for row in rows}, {12})
                self.assertEqual([cell for row in rows for cell in row if cell[:1] in "=+-@" and cell], [])

    def test_octodns_is_yaml_of_nothing_but_records(self):
        for _ in self.estates("octodns"):
            values = set()
            for document in yaml.safe_load_all(self.plan("octodns")):
                for records in (document or {}).values():
                    for record in records:
                        self.assertLessEqual(set(record), {"ttl", "type", "value", "values"})
                        values.update(record.get("values", [record.get("value")]))
            # octoDNS wants a backslash before a semicolon, and takes it away again.
            self.assertLessEqual({text for text in self.texts if self.texts[0] in UNQUOTED}, {value.replace("\\;", ";") for value in values})

    def test_zone_file_blocks_are_comments_and_records(self):
        for _ in self.estates("zonefile"):
            self.run_it("plan", "--base", "old.yaml", "--zone-files", "z", "--record", "seen.facts", "i.yaml")
            blocks = self.run_it("plan", "--base", "old.yaml", "--replay", "seen.facts", "-f", "zonefile", "i.yaml")
            for line in blocks.splitlines():
                self.assertRegex(line, r"^(;.*|\S+ \d+ IN [A-Z]+ .*|)$")
            # With the files at hand it is patches, with a comment before each.
            patches = self.plan("zonefile")
            self.assertIn("\n@@ ", patches)
            for line in patches.splitlines():
                self.assertRegex(line, r"^(# .*|--- .*|\+\+\+ .*|@@ .*|[-+ ;].*|\\ No newline at end of file|)$")

    def test_pages_hold_our_own_tags_only(self):
        calm = {}
        for _ in self.estates():
            page = self.plan("html")
            if len(self.texts) not in calm:
                hostile_estate.write(self.folder, [f"x{number}" for number in range(len(self.texts))])
                calm[len(self.texts)] = tags_of(self.plan("html"))
            self.assertIsNone(HARMFUL.search(page))
            self.assertEqual(tags_of(page), calm[len(self.texts)])

    def test_the_calendar_has_no_event_more(self):
        hostile_estate.write(self.folder, ["x"])  # as many phases as with any
        properties = lambda out: re.findall(r"^([A-Z-]+)[:;]", out.replace("\r\n ", ""), re.M)
        calm = properties(self.plan("ics"))
        for _ in self.estates():
            out = subprocess.run(offline.command([BINARY, "plan", "--base", "old.yaml", "--zone-files", "z", "-f", "ics", "--start", "2030-01-01T00:00:00Z", "i.yaml"]),
                                 cwd=self.folder, capture_output=True, check=True, timeout=60).stdout.decode()
            self.assertEqual(out.count("\r"), out.count("\n"))
            self.assertEqual(properties(out), calm)

    def test_what_is_for_a_shell_runs_nothing(self):
        """What verifies a phase is commands; whatever else stands there is a comment. No program is found, so that a shell could
        do nothing but what the text makes it do by itself."""
        for shell in ("sh", "bash"):
            for _ in self.estates():
                self.run_it("plan", "--base", "old.yaml", "--zone-files", "z", "-o", "p", "i.yaml")
                empty = self.folder / "empty"
                empty.mkdir()
                for path in (self.folder / "p").rglob("verify.txt"):
                    said = subprocess.run([shutil.which(shell), "-c", 'PATH=; dig() { for w in "$@"; do printf "[%s]" "$w"; done; echo; }; . "$0"', path], cwd=empty, capture_output=True,
                                          text=True, check=False, timeout=60, env={})
                    self.assertEqual((said.returncode, said.stderr, list(empty.iterdir())), (0, "", []), path.read_text())
                    for line in said.stdout.splitlines():
                        self.assertRegex(line, r"^\[\+norecurse\]\[@NAMESERVER\]\[[^\]]+\]\[[A-Z]+\]$")


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
