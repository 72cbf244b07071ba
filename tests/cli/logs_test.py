#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""`logs`: what is read, what is said of it as JSON and as text, and what is joined to an inventory.

Usage: logs_test.py RDNSGATE_BINARY [unittest arguments]
"""
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import offline

ROOT = Path(__file__).resolve().parents[2]
LINES = [line.split("\t", 1) for line in (ROOT / "tests/logs/lines.txt").read_text().splitlines() if "\t" in line]
SCHEMA = json.loads((ROOT / "schemas/logs.schema.json").read_text())
INVENTORY = """version: 1
zones: [{name: example.com, managed_by: nsupdate}, {name: 2.0.192.in-addr.arpa, managed_by: nsupdate}]
senders:
  - {name: mx1, helo: mx1.example.com, addresses: [192.0.2.1]}
  - {name: mx2, helo: mx2.example.com, addresses: [192.0.2.2]}
relays: [{name: news, spf: "include:spf.relay.example", addresses: [198.51.100.128/28]}]
domains: [{name: example.com, via: [mx1, mx2, news]}, {name: example.org, via: [mx2]}]
rules: {addr-documentation: off}
"""
HEAD = "Nov 30 09:12:01 mx1 postfix/"
BINARY = None


def refused(ip, reply="550 5.7.25 no PTR record for", sender="a@example.com", host="gmail.com"):
    return (f"{HEAD}smtp[1]: 4T: from=<{sender}>, to=<bob@{host}>, relay=mx.{host}[203.0.113.7]:25, dsn=5.7.1, status=bounced "
            f"(host mx.{host}[203.0.113.7] said: {reply} {ip})\n")


class Logs(unittest.TestCase):
    def setUp(self):
        made = tempfile.TemporaryDirectory()
        self.addCleanup(made.cleanup)
        self.folder = Path(made.name)
        (self.folder / "inventory.yaml").write_text(INVENTORY)

    def run_tool(self, *arguments, text=b"", timeout=60):
        return subprocess.run(offline.command([BINARY, "--now", "2026-11-30T12:00:00Z", *arguments]), input=text.encode() if isinstance(text, str) else text,
                              capture_output=True, cwd=self.folder, timeout=timeout, check=False, env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"})

    def json(self, *arguments, text=b"", code=1):
        done = self.run_tool("logs", "--format", "json", *arguments, text=text)
        self.assertEqual(done.returncode, code, done.stderr)
        return json.loads(done.stdout)

    def check_shape(self, value, schema):
        """Required and known members, as far as the schema goes."""
        if "$ref" in schema:
            schema = SCHEMA["definitions"][schema["$ref"].rsplit("/", 1)[1]]
        if isinstance(value, dict) and "properties" in schema:
            self.assertEqual(set(value), set(schema["required"]))
            for name, member in value.items():
                self.check_shape(member, schema["properties"][name])
        elif isinstance(value, list):
            for member in value:
                self.check_shape(member, schema["items"])
        elif "enum" in schema:
            self.assertIn(value, schema["enum"])

    def test_each_line_is_there_with_its_class(self):
        said = self.json("-", text="".join(line + "\n" for _, line in LINES))
        self.check_shape(said, SCHEMA)
        self.assertEqual([line["class"] for line in said["lines"]], [of for of, _ in LINES])
        self.assertEqual([line["line"] for line in said["lines"]], list(range(1, len(LINES) + 1)))
        for name, count in said["counts"]["classes"].items():
            self.assertEqual(count, sum(of == name for of, _ in LINES), name)
        self.assertEqual(sum(group["count"] for group in said["counts"]["groups"]), sum(of != "other-not-rdns" for of, _ in LINES))

    def test_paths_of_an_inventory(self):
        text = (refused("192.0.2.1") + refused("192.0.2.2") + refused("192.0.2.2", sender="") + refused("198.51.100.130") + refused("203.0.113.99")
                + HEAD + "smtpd[1]: connect from unknown[192.0.2.1]\n" + HEAD + "smtpd[1]: connect from unknown[203.0.113.99]\n"
                + refused("", "504 5.5.2 <mx1.example.com>: Helo command rejected: Host not found") + refused("192.0.2.2", sender="x@example.org"))
        said = self.json("-i", "inventory.yaml", "-", text=text)
        self.assertEqual([line["path"] for line in said["lines"]],
                         ["example.com via mx1", "example.com via mx2", "mx2", "example.com via news", None, "example.com via mx1", None,
                          "example.com via mx1", "example.org via mx2"])
        self.assertEqual([line["ours"] for line in said["lines"]], [True] * 6 + [False] + [True] * 2)
        self.assertEqual(said["counts"]["of_others"], 1)
        self.assertEqual(said["inventory"]["path"], "inventory.yaml")
        self.assertTrue(all(line["receiver"] == "gmail.com" for line in said["lines"][:5]))
        # Only others': nothing of ours.
        self.assertEqual(self.json("-i", "inventory.yaml", "-", text=HEAD + "smtpd[1]: connect from unknown[203.0.113.99]\n", code=0)["counts"]["groups"], [])

    def test_text_counts_by_path_and_receiver(self):
        text = refused("192.0.2.1") * 41 + refused("192.0.2.2", host="example.net").replace("09:12:01", "23:01:00").replace("Nov 30", "Nov 29")
        done = self.run_tool("logs", "-i", "inventory.yaml", "-", text=text)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout.decode(),
                         "1 file, 42 lines: 42 about reverse DNS\nexample.com via mx1\n  192.0.2.1 refused 41 times by gmail.com since 09:12: no PTR record\n"
                         "example.com via mx2\n  192.0.2.2 refused once by example.net at 2026-11-29 23:01: no PTR record\n")
        self.assertEqual(self.run_tool("-qq", "logs", "-", text=text).stdout, b"")

    def test_nothing_and_what_cannot_be_read(self):
        self.assertEqual(self.run_tool("logs", "-", text="nothing\n").returncode, 0)
        self.assertEqual(self.run_tool("logs", "-").returncode, 0)
        (self.folder / "cut.gz").write_bytes(gzip.compress(b"nothing\n" * 1000)[:-9])
        done = self.run_tool("logs", "cut.gz")
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"cut short", done.stderr)
        self.assertFalse(self.json("cut.gz", code=3)["files"][0]["complete"])
        (self.folder / "cut.gz").write_bytes(gzip.compress((refused("192.0.2.1") * 9000).encode())[:-9])
        self.assertEqual(self.run_tool("logs", "cut.gz").returncode, 1)
        for arguments, says in ((["logs"], "name a log"), (["logs", "missing.log"], "there is no file"), (["logs", "."], "is a folder"),
                                (["logs", "-", "-"], "twice"), (["logs", "-i", "missing.yaml", "-"], "missing.yaml"),
                                (["logs", "--patterns", "inventory.yaml", "-"], "line 1"), (["logs", "--format", "xml", "-"], "xml")):
            done = self.run_tool(*arguments)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertIn(says, done.stderr.decode(), arguments)

    def test_patterns_of_somebody(self):
        shown = self.run_tool("logs", "--show-patterns").stdout
        self.assertIn(b"[no-ptr] gmail", shown)
        (self.folder / "mine").write_bytes(shown + b"\n[no-ptr] mine\nword: zonk\nmatch: zonk \\d+\ntest: ZONK 4\n")
        self.assertEqual(self.json("--patterns", "mine", "-", text="Zonk 17\n")["lines"][0]["pattern"], "mine")
        (self.folder / "mine").write_text("[no-ptr] mine\nword: zonk\nmatch: zonk \\d+\ntest: zonk x\n")
        done = self.run_tool("logs", "--patterns", "mine", "-")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"zonk x", done.stderr)

    def test_nothing_of_a_stranger_reaches_the_terminal(self):
        evil = b"Nov 30 09:12:01 mx1 postfix/smtp[1]: to=<bob@\x1b[31mevil\x00>, relay=mx\x1b]0;x\x07[203.0.113.7]:25, status=bounced (host mx said: 550 no PTR record \x9b1m\xe2\x80\xae 192.0.2.1)\n"
        for arguments in ([], ["--format", "json"], ["--no-redact", "--format", "json"]):
            done = self.run_tool("logs", *arguments, "-", text=evil)
            self.assertEqual(done.returncode, 1)
            for octet in (b"\x1b", b"\x00", b"\x07", b"\xe2\x80\xae"):
                self.assertNotIn(octet, done.stdout, arguments)
        self.assertNotIn(b"secret", self.run_tool("logs", "--format", "json", "-", text=refused("192.0.2.1").replace("bob@", "secret@")).stdout)
        self.assertIn(b"secret@", self.run_tool("logs", "--no-redact", "--format", "json", "-", text=refused("192.0.2.1").replace("bob@", "secret@")).stdout)

    def test_a_long_line_and_a_bomb(self):
        begun = time.monotonic()
        done = self.run_tool("logs", "-", text=refused("192.0.2.1").encode() + b"x" * (100 << 20) + b"\n" + refused("192.0.2.1").encode())
        self.assertIn(b"3 lines: 2 about", done.stdout)
        self.assertEqual(done.stderr.count(b"octets"), 1)
        (self.folder / "bomb.gz").write_bytes(gzip.compress(b"\0" * (400 << 20), 9))
        done = self.run_tool("logs", "bomb.gz")
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"swells", done.stderr)
        self.assertLess(time.monotonic() - begun, 50)

    def test_a_zstd_bomb(self):
        zstd = shutil.which("zstd")
        if not zstd:
            self.skipTest("no zstd")
        with open(self.folder / "bomb.zst", "wb") as file, subprocess.Popen([zstd, "-q", "-3", "-c"], stdin=subprocess.PIPE, stdout=file) as pack:
            for _ in range(400):
                pack.stdin.write(b"\0" * (1 << 20))
            pack.stdin.close()
        done = self.run_tool("logs", "bomb.zst")
        self.assertEqual(done.returncode, 3)
        self.assertEqual(done.stderr.count(b"swells"), 1)

    def test_memory_is_bounded(self):
        for name, size in (("small", 1 << 20), ("large", 200 << 20)):
            with open(self.folder / name, "wb") as file:
                file.write(refused("192.0.2.1").encode())
                file.truncate(size)  # a line of zeros to its end
        peaks = []
        for name in ("small", "large"):
            with subprocess.Popen([BINARY, "logs", name], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder) as running:
                _, status, usage = os.wait4(running.pid, 0)
                running.returncode = os.waitstatus_to_exitcode(status)
            self.assertEqual(running.returncode, 1)
            peaks.append(usage.ru_maxrss)
        self.assertLess(peaks[1], peaks[0] + 8 * 1024, peaks)

    def peak(self, name):
        with subprocess.Popen([BINARY, "logs", name], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=self.folder) as running:
            said = running.stdout.read()
            _, status, usage = os.wait4(running.pid, 0)
            running.returncode = os.waitstatus_to_exitcode(status)
        return said, usage.ru_maxrss

    def test_a_flood_of_senders_and_receivers(self):
        peaks = []
        for count in (25_000, 75_000):
            with open(self.folder / "flood", "w") as file:  # line by line: what this process has counts for its children before they are another program
                file.writelines(refused(f"10.{i >> 16}.{i >> 8 & 255}.{i & 255}", host=f"r{i}.example") for i in range(count))
            said, peak = self.peak("flood")
            self.assertIn(f"1 file, {count} lines: {count} about".encode(), said)
            self.assertIn(f"{count - 20_000} lines more of so many senders and receivers".encode(), said)
            peaks.append(peak)
        self.assertLess(peaks[1], peaks[0] + 8 * 1024, peaks)

    def test_what_is_no_text_and_a_fifo(self):
        (self.folder / "twice.gz").write_bytes(gzip.compress(gzip.compress(refused("192.0.2.1").encode())))
        (self.folder / "exchange.log").write_bytes(refused("192.0.2.1").encode("utf-16"))
        for name, says in (("twice.gz", b"packed twice"), ("exchange.log", b"iconv -f UTF-16")):
            done = self.run_tool("logs", name)
            self.assertEqual((done.returncode, done.stderr.count(says)), (3, 1), done)
            self.assertTrue(self.json(name, code=3)["files"][0]["problems"])
        os.mkfifo(self.folder / "fifo")
        with subprocess.Popen([BINARY, "logs", "fifo"], stdout=subprocess.PIPE, cwd=self.folder) as running:
            with open(self.folder / "fifo", "wb") as file:
                file.write(refused("192.0.2.1").encode() * 5000)
            self.assertIn(b"5000 lines: 5000 about", running.stdout.read())

    def report(self, name, finished, *findings):
        """A report with findings (rule, kind, id, message[, status])."""
        made = [{"rule": rule, "status": (more or ["open"])[0], "certainty": "confirmed", "target": {"kind": kind, "id": ident}, "message": message,
                 "expected": "", "fingerprint": hashlib.md5(f"{rule} {ident}".encode()).hexdigest()} for rule, kind, ident, message, *more in findings]
        (self.folder / name).write_text(json.dumps({"schema": "rdnsgate/report/1", "inventory": {"sha256": "0" * 64}, "finished_at": finished, "findings": made}))

    def test_findings_stand_beside_what_logs_say(self):
        missing = ("ptr-missing", "address", "192.0.2.1", "192.0.2.1 has no PTR record at ns2")
        helo = ("helo-unresolvable", "sender", "mx1", "mx1.example.com does not resolve")
        self.report("early.json", "2026-11-30T09:05:00Z", missing, helo, ("ptr-missing", "address", "192.0.2.2", "not this one"))
        self.report("late.json", "2026-11-30T09:35:00Z", missing, ("spf-missing", "path", "example.com via mx1", "no SPF"),
                    ("ptr-mismatch", "address", "192.0.2.1", "a waived one", "waived"))
        text = refused("192.0.2.1") * 41
        done = self.run_tool("logs", "-i", "inventory.yaml", "--report", "late.json", "--report", "early.json", "-", text=text)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(done.stdout.decode().splitlines(),
                         ["1 file, 41 lines: 41 about reverse DNS", "example.com via mx1", "  192.0.2.1 refused 41 times by gmail.com since 09:12: no PTR record",
                          "    ptr-missing since 09:05 UTC: 192.0.2.1 has no PTR record at ns2", "    spf-missing at 09:35 UTC: no SPF",
                          "    helo-unresolvable at 09:05 UTC alone: mx1.example.com does not resolve"])
        said = self.json("--report", "early.json", "--report", "late.json", "-", text=text)
        self.check_shape(said, SCHEMA)
        self.assertEqual(said["counts"]["groups"][0]["findings"],
                         [{"rule": "ptr-missing", "certainty": "confirmed", "target": {"kind": "address", "id": "192.0.2.1"},
                           "message": "192.0.2.1 has no PTR record at ns2", "first": "2026-11-30T09:05:00Z", "last": "2026-11-30T09:35:00Z", "open": True}])
        self.assertEqual(self.json("-", text=text)["counts"]["groups"][0]["findings"], [])
        # Findings are no lines: they change no exit code, and nothing is said of what no line is about.
        done = self.run_tool("logs", "--report", "late.json", "-", text="nothing\n")
        self.assertEqual((done.returncode, done.stdout), (0, b"1 file, 1 line: 0 about reverse DNS\n"))

    def test_reports_that_cannot_be_read(self):
        (self.folder / "none.json").write_text("{}")
        (self.folder / "cut.json").write_text('{"schema": "rdnsgate/report/1", "findings": [')
        self.report("time.json", "yesterday")
        self.report("part.json", "2026-11-30T09:05:00Z", ("ptr-missing", "nothing", "x", "y"))
        for name, says in (("none.json", "no report"), ("cut.json", "cut.json:1:"), ("time.json", "no whole report"), ("part.json", "not whole"),
                           ("missing.json", "missing.json")):
            done = self.run_tool("logs", "--report", name, "-")
            self.assertEqual(done.returncode, 2, name)
            self.assertIn(says, done.stderr.decode())


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
