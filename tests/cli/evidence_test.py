#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""`evidence` and `ticket status`: bundles that tools which are not ours open and check, what must not be in them, and what
each milestone is reached by.

Usage: evidence_test.py RDNSGATE_BINARY [unittest arguments]
"""
import gzip
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest
from pathlib import Path

import offline

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-11-30T12:00:00Z"
INVENTORY = """version: 1
vantages:
  - {name: outside, kind: forward, address: 192.0.2.53}
zones:
  - {name: 2.0.192.in-addr.arpa, managed_by: ticket, contact: noc@hoster.example, owner: Ms Post}
  - {name: example.com, managed_by: zonefile}
senders:
  - {name: mx1, helo: mx1.example.com, addresses: [192.0.2.10]}
  - {name: mx2, helo: mx2.example.com, addresses: [192.0.2.11]}
domains: [{name: example.com, via: [mx1, mx2]}]
rules: {addr-documentation: off, dual-family-missing: off}
"""
SOA = "@ 3600 IN SOA ns.example.com. hostmaster.example.com. 1 3600 600 86400 3600\n@ 3600 IN NS ns.example.com.\n"
REVERSE = "$ORIGIN 2.0.192.in-addr.arpa.\n" + SOA + "10 3600 IN PTR {}.\n11 3600 IN PTR mx2.example.com.\n"
FORWARD = "$ORIGIN example.com.\n" + SOA + ("ns 3600 IN A 192.0.2.53\nmx1 3600 IN A {}\nmx2 3600 IN A 192.0.2.11\n"
                                            "mx-old 3600 IN A 192.0.2.99\n")
BINARY = None


class Evidence(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        (self.folder / "zones").mkdir()
        self.write("inventory.yaml", INVENTORY)
        self.zones()

    def write(self, name, text):
        (self.folder / name).write_text(text)

    def zones(self, ptr="mx-old.example.com", a="192.0.2.10"):
        self.write("zones/reverse.zone", REVERSE.format(ptr))
        self.write("zones/forward.zone", FORWARD.format(a))

    def tool(self, *arguments, code=0, text=None, place=None):
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        environment.update({name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ})
        done = subprocess.run(offline.command([BINARY, *arguments]), cwd=place or self.folder, env=environment, input=text,
                              capture_output=True, text=True, timeout=60, check=False)
        if code is not None:
            self.assertEqual(done.returncode, code, (arguments, done.stdout[-3000:], done.stderr[-3000:]))
        return done

    def record(self):
        self.tool("check", "--now", NOW, "--zone-files", "zones", "--record", "run.facts", "--output", "json=report.json", code=None)

    def bundle(self, subject="192.0.2.10", *options, name="bundle.tar.gz"):
        self.tool("evidence", subject, "--replay", "run.facts", "-o", name, *options)
        return self.files(name)

    def files(self, name="bundle.tar.gz"):
        with tarfile.open(self.folder / name) as tar:
            return {member.name.split("/", 1)[1]: tar.extractfile(member).read().decode("latin-1") for member in tar.getmembers()}

    def fingerprint(self, rule="ptr-mismatch", target="192.0.2.10"):
        report = json.loads((self.folder / "report.json").read_text())
        return next(one["fingerprint"] for one in report["findings"] if one["target"]["id"] == target and one["severity"] == "error")

    def check_shape(self, value, schema):
        """Required and known members, types, enumerations."""
        kinds = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}
        if "type" in schema:
            wanted = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
            self.assertTrue(any(isinstance(value, kinds[one]) for one in wanted), (value, schema))
        if "enum" in schema:
            self.assertIn(value, schema["enum"])
        if "const" in schema:
            self.assertEqual(value, schema["const"])
        if isinstance(value, dict):
            self.assertEqual(set(schema.get("required", [])) - set(value), set())
            self.assertEqual(set(value) - set(schema["properties"]), set())
            for key, member in value.items():
                self.check_shape(member, schema["properties"][key])
        if isinstance(value, list):
            for member in value:
                self.check_shape(member, schema["items"])

    def schema(self, name):
        return json.loads((ROOT / f"schemas/{name}.schema.json").read_text())

    # The bundle.

    def test_tools_of_the_system_open_and_check_it(self):
        self.record()
        self.bundle()
        subprocess.run(["gzip", "-t", "bundle.tar.gz"], cwd=self.folder, check=True)
        subprocess.run(["tar", "xzf", "bundle.tar.gz"], cwd=self.folder, check=True)
        made = next(self.folder.glob("evidence-*"))
        done = subprocess.run(["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=made, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(len(done.stdout.splitlines()) + 1, len(list(made.iterdir())))
        manifest = json.loads((made / "manifest.json").read_text())
        self.check_shape(manifest, self.schema("evidence"))
        self.assertEqual({one["name"] for one in manifest["files"]} | {"manifest.json", "SHA256SUMS"},
                         {one.name for one in made.iterdir()})
        for one in manifest["files"]:
            content = (made / one["name"]).read_bytes()
            self.assertEqual((one["octets"], one["sha256"]), (len(content), hashlib.sha256(content).hexdigest()))
        with tarfile.open(self.folder / "bundle.tar.gz") as tar:
            for member in tar.getmembers():
                self.assertTrue(member.isreg())
                self.assertEqual((member.mode, member.uid, member.gid, member.mtime), (0o644, 0, 0, 1796040000), member.name)

    def test_same_snapshot_same_octets(self):
        self.record()
        for name in ("a.tar.gz", "b.tar.gz"):
            self.bundle(name=name)
        self.assertEqual((self.folder / "a.tar.gz").read_bytes(), (self.folder / "b.tar.gz").read_bytes())
        printed = self.tool("evidence", "192.0.2.10", "--replay", "run.facts", "-o", "c.tar.gz").stdout
        self.assertEqual(printed, f"{hashlib.sha256((self.folder / 'a.tar.gz').read_bytes()).hexdigest()}  c.tar.gz\n")

    def test_same_zone_files_same_octets(self):
        for name in ("a.tar.gz", "b.tar.gz"):
            self.tool("evidence", "192.0.2.10", "--now", NOW, "--zone-files", "zones", "-o", name)
        self.assertEqual((self.folder / "a.tar.gz").read_bytes(), (self.folder / "b.tar.gz").read_bytes())
        self.assertEqual(json.loads(self.files("a.tar.gz")["manifest.json"])["source"], "zone-files")

    def test_it_says_what_is_wrong_and_what_to_do(self):
        self.record()
        files = self.bundle()
        for name in ("README.txt", "letter.txt"):
            self.assertIn("mx-old.example.com", files[name], name)
            self.assertIn("mx1.example.com", files[name], name)
        self.assertIn("noc@hoster.example", files["README.txt"])
        self.assertIn("dig -x 192.0.2.10", files["README.txt"])
        self.assertIn("To: noc@hoster.example", files["letter.txt"])
        self.assertIn("Ms Post", files["letter.txt"])
        self.assertIn("10.2.0.192.in-addr.arpa. IN PTR mx1.example.com.", files["letter.txt"])
        self.assertRegex(files["transcripts.txt"], r"status: NOERROR(.|\n)*;; ANSWER SECTION:\n10\.2\.0\.192\.in-addr\.arpa\. 3600 IN PTR mx-old\.example\.com\.")
        self.assertNotIn("mx2.example.com", files["findings.txt"])
        self.assertNotIn("192.0.2.11", files["findings.json"])

    def test_a_snapshot_is_never_called_captured(self):
        self.record()
        files = self.bundle()
        self.assertNotIn("packets.pcap", files)
        manifest = json.loads(files["manifest.json"])
        self.assertEqual(manifest["source"], "snapshot")
        self.assertEqual(manifest["packets"]["captured"], 0)
        self.assertEqual({one["name"]: one["origin"] for one in manifest["files"]}["transcripts.txt"], "rebuilt")
        self.assertIn("No packets were captured", files["README.txt"])

    def test_its_facts_give_its_findings_again(self):
        self.record()
        files = self.bundle()
        self.write("again.facts", files["facts.jsonl"])
        again = self.tool("check", "--replay", "again.facts", "--format", "json", code=None)
        wanted = {(one["fingerprint"], one["certainty"]) for one in json.loads(files["findings.json"])["findings"] if one["severity"] == "error"}
        found = {(one["fingerprint"], one["certainty"]) for one in json.loads(again.stdout)["findings"]}
        self.assertTrue(wanted)
        self.assertEqual(wanted - found, set())

    def test_of_a_finding_by_its_fingerprint(self):
        self.record()
        fingerprint = self.fingerprint()
        by_run = self.bundle(fingerprint[:8])
        by_report = self.bundle(fingerprint, "--report", "report.json")
        self.assertEqual(json.loads(by_run["findings.json"])["findings"][0]["fingerprint"], fingerprint)
        self.assertEqual(json.loads(by_report["findings.json"])["findings"][0]["fingerprint"], fingerprint)
        gone = self.tool("evidence", "0123456789abcdef", "--replay", "run.facts", "-o", "x.tar.gz", code=2)
        self.assertIn("has no finding 0123456789abcdef", gone.stderr)
        self.assertFalse((self.folder / "x.tar.gz").exists())

    def test_a_finding_that_is_gone_is_said_to_be(self):
        self.record()
        fingerprint = self.fingerprint()
        shutil.copy(self.folder / "report.json", self.folder / "before.json")
        self.zones(ptr="mx1.example.com")
        self.record()
        files = self.bundle(fingerprint, "--report", "before.json")
        self.assertRegex(files["README.txt"], r"Reported at 2026-11-30T12:00:00Z, and not seen any more")
        self.assertIn("nothing is wrong any more", files["letter.txt"])

    def test_of_names(self):
        self.record()
        for name in ("mx1", "mx1.example.com", "MX1.example.com.", "2.0.192.in-addr.arpa"):
            with self.subTest(name):
                self.assertIn("192.0.2.10", self.bundle(name)["README.txt"])
        for name in ("192.0.2.99", "mx9", "nobody.example", "", "192.0.2"):
            with self.subTest(name):
                self.assertRegex(self.tool("evidence", name, "--replay", "run.facts", "-o", "x.tar.gz", code=2).stderr, "error: ")
        self.assertIn("name a file", self.tool("evidence", "192.0.2.10", "--replay", "run.facts", code=2).stderr)

    def test_a_failed_lookup_is_no_finding_and_no_milestone_missed(self):
        self.write("zones/reverse.zone", "$ORIGIN 3.0.192.in-addr.arpa.\n" + SOA)
        self.record()
        files = self.bundle()
        states = {one["milestone"]: one["state"] for one in json.loads(files["milestones.json"])["addresses"][0]["milestones"]}
        self.assertEqual((states["ptr"], states["forward"], states["delivery"]), ("unknown", "unknown", "unknown"))
        for finding in json.loads(files["findings.json"])["findings"]:
            self.assertFalse(finding["rule"].startswith("ptr-") and finding["certainty"] == "confirmed", finding)
        self.assertNotIn("Please set these PTR records", files["letter.txt"])

    def test_what_is_redacted_is_nowhere(self):
        self.record()
        files = self.bundle("192.0.2.10", "--redact", "mx-old.example.com", "--redact", "192.0.2.99")
        for name, content in files.items():
            self.assertNotIn("mx-old", content.lower(), name)
            self.assertNotIn("192.0.2.99", content, name)
        self.assertIn("[redacted]", files["README.txt"])
        self.assertGreater(json.loads(files["manifest.json"])["facts"]["redacted"], 0)
        self.tool("evidence", "verify", "bundle.tar.gz")
        self.assertIn("neither a name nor an address", self.tool("evidence", "192.0.2.10", "--replay", "run.facts", "-o", "x", "--redact", "a..b", code=2).stderr)

    def test_what_internal_views_show_stays_inside(self):
        """An internal resolver answers otherwise; what it has, and what the inventory has for it, is in no file."""
        inside = "{ip: 192.0.2.10, internal: {ptr: mx1.corp.example, addresses: [10.0.0.10]}}"
        public = "{ip: 192.0.2.11, internal: {ptr: mx2.example.com}}"
        self.write("inventory.yaml", INVENTORY.replace("[192.0.2.10]", f"[{inside}]").replace("[192.0.2.11]", f"[{public}]").replace(
            "zones:", "  - {name: office, kind: forward, address: 10.0.0.53, view: internal}\nzones:"))
        # Both leak outside, too: there they are what is wrong, and are not said all the same.
        self.zones(ptr="mx1.corp.example", a="192.0.2.10\nmx1 3600 IN A 10.0.0.10\nmx1 3600 IN A 10.0.0.53")
        self.record()
        head, *facts = (json.loads(line) for line in gzip.decompress((self.folder / "run.facts").read_bytes()).decode().splitlines())
        outside = [{key: value for key, value in fact.items() if key != "zone_files"} for fact in facts]
        text = json.dumps(outside).replace("mx2.example.com.", "other.corp.example.").replace("192.0.2.11", "10.9.9.9")
        office = [dict(fact, vantage=1) for fact in json.loads(text)]
        head["vantages"] = [{"name": "outside", "kind": "forward", "operator": "outside"},
                            {"name": "office", "kind": "forward", "operator": "office", "internal": True}]
        head["facts"] = len(outside) + len(office)
        self.write("run.facts", "".join(json.dumps(line) + "\n" for line in [head, *outside, *office]))
        judged = json.loads(self.tool("check", "--replay", "run.facts", "--format", "json", code=None).stdout)
        self.assertTrue([one for one in judged["findings"] if one["vantages"] == ["office"]])
        for subject in ("192.0.2.10", "mx2"):
            files = self.bundle(subject)
            for name, content in files.items():
                for secret in ("mx1.corp.example", "other.corp.example", "10.0.0.10", "10.0.0.53", "10.9.9.9"):
                    self.assertNotIn(secret, content, (subject, name))
            manifest = json.loads(files["manifest.json"])
            self.assertGreater(manifest["facts"]["internal"], 0)
            findings = json.loads(files["findings.json"])
            self.assertEqual([one["name"] for one in findings["vantages"]], ["outside"])
            self.assertFalse([one for one in findings["findings"] if one["vantages"] == ["office"]])
        self.assertIn("What internal views alone show is left out", files["README.txt"])
        # A name that both views have is no secret.
        self.assertIn("mx2.example.com", files["README.txt"])

    def test_where_our_files_lie_and_what_they_say_besides_stays_ours(self):
        place = self.folder / "rack7"
        place.mkdir()
        self.write("rack7/inventory.yaml", INVENTORY.replace("helo: mx1.example.com, addresses: [192.0.2.10]}", "helo: mx1.example.com, addresses: [192.0.2.10]}  # in rack7"))
        (self.folder / "zones/reverse.zone").rename(place / "reverse.zone")
        (self.folder / "zones/forward.zone").rename(place / "forward.zone")
        for name in ("reverse.zone", "forward.zone"):
            text = (place / name).read_text()
            self.write(f"rack7/{name}", re.sub("(?m)(mx-old.*|mx1.*)$", r"\1 ; in rack7", text))
        self.write("rack7/gate.yaml", "timeout: 4s\n")
        self.tool("evidence", "192.0.2.10", "--now", NOW, "--config", "rack7/gate.yaml", "--zone-files", "rack7", "-o", "bundle.tar.gz", "rack7/inventory.yaml")
        files = self.files()
        self.assertIn("record", json.loads(files["findings.json"])["findings"][0])
        for name, content in files.items():
            self.assertNotIn("rack7", content, name)

    def test_only_what_is_open_and_was_seen_is_in_it(self):
        waiver = "waivers: [{rule: fcrdns-mismatch, target: 192.0.2.10, reason: known, expires: 2027-01-31}]\n"
        self.write("inventory.yaml", INVENTORY.replace("addr-documentation: off, ", "") + waiver)
        self.record()
        report = json.loads((self.folder / "report.json").read_text())
        by_rule = {one["rule"]: one for one in report["findings"] if one["target"]["id"] == "192.0.2.10"}
        self.assertEqual((by_rule["addr-documentation"]["vantages"], by_rule["fcrdns-mismatch"]["status"]), ([], "waived"))
        rules = [one["rule"] for one in json.loads(self.bundle()["findings.json"])["findings"]]
        self.assertIn("ptr-mismatch", rules)
        self.assertFalse({"addr-documentation", "fcrdns-mismatch"} & set(rules), rules)
        # One that was named is in it, whoever saw it.
        named = self.bundle(by_rule["addr-documentation"]["fingerprint"], "--report", "report.json")
        self.assertEqual(json.loads(named["findings.json"])["findings"][0]["rule"], "addr-documentation")

    def test_which_finding_of_a_report_is_meant(self):
        self.record()
        report = json.loads((self.folder / "report.json").read_text())
        ours = [one for one in report["findings"] if one["target"]["id"] == "192.0.2.10" and one["severity"] == "error"]
        self.assertGreater(len(ours), 1)
        for one in ours:
            files = self.bundle(one["fingerprint"], "--report", "report.json")
            self.assertEqual(json.loads(files["findings.json"])["findings"][0]["fingerprint"], one["fingerprint"])
            self.assertNotIn("not seen any more", files["README.txt"])  # it is seen still
        first = ours[0]["fingerprint"]
        twin = dict(ours[0], fingerprint=first[:8] + "0" * 24)
        self.write("twins.json", json.dumps(dict(report, findings=[*report["findings"], twin])))
        done = self.tool("evidence", first[:8], "--report", "twins.json", "--replay", "run.facts", "-o", "x.tar.gz", code=2)
        self.assertIn(f"several findings begin with {first[:8]}", done.stderr)
        # What was waived was nobody's to mend, and is not told to be gone; nor is what the inventory alone says.
        self.assertTrue([one for one in report["findings"] if one["vantages"] == []])
        waived = dict(twin, status="waived", waiver_reason="known", message="long gone")
        self.write("waived.json", json.dumps(dict(report, findings=[*report["findings"], waived])))
        self.assertNotIn("not seen any more", self.bundle("192.0.2.10", "--report", "waived.json")["README.txt"])

    def test_log_lines_that_are_about_it(self):
        self.record()
        line = "Nov 30 09:{}:01 mx1 postfix/smtp[1]: 4T: to=<a@gmail.example>, relay=mx.gmail.example[203.0.113.7]:25, status=bounced (host mx.gmail.example[203.0.113.7] said: {})\n"
        self.write("mail.log", line.format(12, "550 5.7.25 no PTR record for 192.0.2.10") + line.format(10, "550 5.7.25 no PTR record for 192.0.2.10")
                   + line.format(13, "550 5.7.1 [192.0.2.10] message looks like spam")
                   + line.format(14, "450 4.7.1 &lt;mx1.example.com&gt;: Helo command rejected: Host not found".replace("&lt;", "<").replace("&gt;", ">"))
                   + line.format(15, "450 4.7.1 <mx2.example.com>: Helo command rejected: Host not found"))
        logs = self.bundle("192.0.2.10", "--logs", "mail.log")["logs.txt"]
        self.assertRegex(logs, r"2 x no-ptr of 192\.0\.2\.10 by gmail\.example, \S*.?09:10:01\S* \.\. \S*.?09:12:01")
        self.assertIn("1 x helo", logs)
        self.assertNotIn("spam", logs)
        self.assertNotIn("mx2.example.com", logs)

    def test_log_lines_without_mailboxes(self):
        self.record()
        self.write("mail.log", "Nov 30 09:12:01 mx1 postfix/smtp[1]: 4T: from=<ceo@example.com>, to=<bob@gmail.example>, "
                   "relay=mx.gmail.example[203.0.113.7]:25, dsn=5.7.1, status=bounced (host mx.gmail.example[203.0.113.7] said: "
                   "550 5.7.25 no PTR record for 192.0.2.10)\n"
                   "Nov 30 09:13:01 mx1 postfix/smtp[1]: 4U: to=<eve@other.example>, relay=mx.other.example[203.0.113.8]:25, "
                   "status=bounced (host mx.other.example[203.0.113.8] said: 550 5.7.25 no PTR record for 192.0.2.11)\n")
        files = self.bundle("192.0.2.10", "--logs", "mail.log")
        self.assertIn("no-ptr of 192.0.2.10 by gmail.example", files["logs.txt"])
        for secret in ("bob@", "ceo@", "eve", "other.example", "192.0.2.11"):
            self.assertNotIn(secret, files["logs.txt"])
        self.assertNotIn("logs.txt", self.bundle())

    def test_hostile_records(self):
        self.write("zones/reverse.zone", REVERSE.format("\\027[31m\\007evil.example.com") + "10 3600 IN PTR b\\.\\226\\128\\174x.example.com.\n")
        self.record()
        files = self.bundle()
        for name, content in files.items():
            self.assertIsNone(re.search("[\x00-\x08\x0b-\x1f\x7f]", content), name)
            self.assertNotIn("\xe2\x80\xae", content, name)
        for line in files["SHA256SUMS"].splitlines():
            self.assertRegex(line, r"^[0-9a-f]{64}  [A-Za-z0-9.]+$")

    # What stands where it is written.

    def test_files_and_disks(self):
        self.record()
        self.write("bundle.tar.gz", "old")
        self.bundle()
        self.assertEqual(self.tool("evidence", "verify", "bundle.tar.gz").returncode, 0)
        self.assertIn("cannot", self.tool("evidence", "192.0.2.10", "--replay", "run.facts", "-o", "/dev/full", code=2).stderr)
        self.tool("evidence", "192.0.2.10", "--replay", "missing.facts", "-o", "x.tar.gz", code=2)
        self.assertFalse((self.folder / "x.tar.gz").exists())
        self.assertIn("--replay", self.tool("evidence", "192.0.2.10", "-o", "x.tar.gz", "--reply", "x", code=2).stderr)

    # evidence verify.

    def altered(self, change):
        """The bundle with its members changed, packed again by Python."""
        out = io.BytesIO()
        with tarfile.open(self.folder / "bundle.tar.gz") as tar:
            members = [(member, tar.extractfile(member).read()) for member in tar.getmembers()]
        with tarfile.open(fileobj=out, mode="w:gz", format=tarfile.USTAR_FORMAT) as tar:
            for member, content in change(members):
                member.size = len(content)
                tar.addfile(member, io.BytesIO(content))
        (self.folder / "altered.tar.gz").write_bytes(out.getvalue())
        done = self.tool("evidence", "verify", "altered.tar.gz", "--format", "json", code=None)
        shown = json.loads(done.stdout)
        self.check_shape(shown, self.schema("evidence-check"))
        self.assertEqual((done.returncode, shown["whole"]), (1, False) if shown["wrong"] else (0, True))
        return "; ".join(shown["wrong"])

    def test_verify(self):
        self.record()
        self.bundle()
        done = self.tool("evidence", "verify", "bundle.tar.gz")
        self.assertRegex(done.stdout, r"^bundle\.tar\.gz: whole: \d+ files, about 192\.0\.2\.10, taken at 2026-11-30T12:00:00Z from snapshot")
        self.assertEqual(self.altered(lambda members: members), "")

        def renamed(members):
            for member, content in members:
                member.name = member.name.replace("letter.txt", "brief.txt")
                yield member, content

        def named(name, kind=None, link=""):
            def add(members):
                member = tarfile.TarInfo(name)
                if kind:
                    member.type, member.linkname = kind, link
                return [*members, (member, b"")]
            return add
        self.assertIn("letter.txt was renamed to brief.txt", self.altered(renamed))
        self.assertIn("letter.txt is missing", self.altered(lambda members: [one for one in members if "letter" not in one[0].name]))
        self.assertIn("README.txt was changed", self.altered(lambda members: [(m, c + b"x" if "README" in m.name else c) for m, c in members]))
        self.assertIn("leads out of the archive", self.altered(named("evidence/../../../etc/cron.d/x")))
        self.assertIn("absolute name", self.altered(named("/etc/cron.d/x")))
        self.assertIn("symbolic link", self.altered(named("evidence/x", tarfile.SYMTYPE, "/etc/passwd")))
        self.assertIn("hard link", self.altered(named("evidence/x", tarfile.LNKTYPE, "/etc/passwd")))
        self.assertIn("device", self.altered(named("evidence/x", tarfile.CHRTYPE)))
        self.assertIn("folder", self.altered(named("evidence", tarfile.DIRTYPE)))
        self.assertIn("is there twice", self.altered(lambda members: members + members[:1]))
        self.assertNotEqual("", self.altered(lambda members: []))

    def test_verify_bombs_and_other_files(self):
        (self.folder / "bomb.tar.gz").write_bytes(gzip.compress(bytes(1 << 28), 9))
        done = self.tool("evidence", "verify", "bomb.tar.gz", code=1)
        self.assertRegex(done.stdout, "swells|empty|nothing")
        self.write("text.tar.gz", "hello")
        self.assertIn("not a gzip file", self.tool("evidence", "verify", "text.tar.gz", code=1).stdout)
        self.write("empty.tar.gz", "")
        self.tool("evidence", "verify", "empty.tar.gz", code=1)
        self.tool("evidence", "verify", "missing.tar.gz", code=2)
        self.tool("evidence", "verify", ".", code=2)
        self.tool("evidence", "verify", code=2)

    # ticket status.

    def status(self, subject, code, *options):
        done = self.tool("ticket", "status", subject, "--zone-files", "zones", "--format", "json", *options, code=code)
        document = json.loads(done.stdout)
        self.check_shape(document, self.schema("ticket"))
        return [{one["milestone"]: one["state"] for one in address["milestones"]} for address in document["addresses"]]

    def test_milestones_are_reached_one_by_one(self):
        wrong = self.status("192.0.2.10", 1)[0]
        self.assertEqual((wrong["ptr"], wrong["forward"], wrong["helo"], wrong["delivery"]), ("not-reached", "not-reached", "reached", "not-reached"))
        self.zones(ptr="mx1.example.com", a="192.0.2.98")
        half = self.status("mx1", 1)[0]
        self.assertEqual((half["ptr"], half["forward"], half["helo"], half["delivery"]), ("reached", "not-reached", "not-reached", "not-reached"))
        # That others say the same name is no matter of this address.
        self.zones(ptr="mx1.example.com", a="192.0.2.10\nmx1 3600 IN A 192.0.2.77")
        self.assertEqual(self.status("mx1", None)[0]["helo"], "reached")
        self.zones(ptr="mx1.example.com")
        self.assertEqual(set(self.status("mx1.example.com", 0)[0].values()), {"reached"})
        (self.folder / "zones/reverse.zone").unlink()
        unknown = self.status("192.0.2.10", 3)[0]
        self.assertEqual((unknown["ptr"], unknown["forward"], unknown["delivery"]), ("unknown", "unknown", "unknown"))

    def test_of_a_bundle_without_an_inventory(self):
        self.record()
        self.bundle()
        (self.folder / "inventory.yaml").unlink()
        self.assertEqual(self.status("bundle.tar.gz", 1)[0]["ptr"], "not-reached")
        self.zones(ptr="mx1.example.com")
        self.assertEqual(set(self.status("bundle.tar.gz", 0)[0].values()), {"reached"})
        (self.folder / "broken.tar.gz").write_bytes((self.folder / "bundle.tar.gz").read_bytes()[:-20])
        self.assertIn("broken.tar.gz", self.tool("ticket", "status", "broken.tar.gz", "--zone-files", "zones", code=2).stderr)

    def test_of_a_plan(self):
        self.tool("plan", "--zone-files", "zones", "--format", "json", "--output", "json=plan.json", code=None)
        planned = self.tool("plan", "--now", NOW, "--zone-files", "zones", "--format", "json", code=None)
        self.assertEqual(planned.returncode, 0, planned.stderr)
        self.write("plan.json", planned.stdout)
        self.assertEqual(self.status("plan.json", 1)[0]["ptr"], "not-reached")
        self.zones(ptr="mx1.example.com")
        self.assertEqual(self.status("plan.json", 0)[0]["ptr"], "reached")
        self.write("other.json", "{}")
        self.tool("ticket", "status", "other.json", "--zone-files", "zones", code=2)
        self.tool("ticket", "status", "nowhere", "--zone-files", "zones", code=2)


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
