#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""`check --history` and `history`: what is kept of runs, what is said of it, and what becomes of it where the disk is full,
the folder read-only or the server dead.

Usage: history_test.py RDNSGATE_BINARY [unittest arguments]
"""
import csv
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import offline

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "schemas/history.schema.json").read_text())
INVENTORY = """version: 1
zones: [{name: example.com, managed_by: nsupdate}, {name: 2.0.192.in-addr.arpa, managed_by: nsupdate}]
senders:
  - {name: a, helo: a.example.com, addresses: [192.0.2.10]}
  - {name: b, helo: b.example.com, addresses: [192.0.2.11]}
rules: {addr-documentation: off, deleg-soa-timers: off}
"""
HEAD = "$TTL 3600\n@ IN SOA ns1.example.com. h.example.com. {serial} 3600 600 86400 300\n@ IN NS ns1.example.com.\n"
BINARY = None


def zones(folder, ptr=("a", "b")):
    folder.mkdir()
    (folder / "example.com.zone").write_text(HEAD.format(serial=1) + "ns1 A 192.0.2.53\na A 192.0.2.10\nb A 192.0.2.11\n")
    records = "".join(f"{10 + i} PTR {name}.example.com.\n" for i, name in enumerate(("a", "b")) if name in ptr)
    (folder / "2.0.192.in-addr.arpa.zone").write_text(HEAD.format(serial=1) + records)


class History(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        made = tempfile.TemporaryDirectory()
        cls.addClassCleanup(made.cleanup)
        cls.facts = Path(made.name)
        (cls.facts / "inventory.yaml").write_text(INVENTORY)
        for name, ptr in (("good", "ab"), ("lost", "b"), ("none", "")):
            zones(cls.facts / name, ptr)
            done = subprocess.run(offline.command([BINARY, "check", "--zone-files", name, "--record", f"{name}.facts", "inventory.yaml"]),
                                  cwd=cls.facts, capture_output=True, text=True, check=False)
            assert (cls.facts / f"{name}.facts").exists(), done.stderr

    def setUp(self):
        made = tempfile.TemporaryDirectory()
        self.addCleanup(made.cleanup)
        self.folder = Path(made.name)
        (self.folder / "inventory.yaml").write_text(INVENTORY)
        for facts in self.facts.glob("*.facts"):
            shutil.copy(facts, self.folder)

    def run_tool(self, *arguments, now="2026-11-30T12:00:00Z", env=(), prefix=(), folder=None):
        return subprocess.run([*prefix, *offline.command([BINARY, "--now", now, *arguments])], capture_output=True, text=True,
                              cwd=folder or self.folder, timeout=120, check=False,
                              env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(self.folder), **dict(env)})

    def check(self, facts, minute, *more, history="history.db", **options):
        return self.run_tool("check", "-qq", "--replay", f"{facts}.facts", "--history", history, *more, "inventory.yaml",
                             now=f"2026-11-30T12:{minute:02}:00Z", **options)

    def json(self, *arguments, history="history.db", **options):
        done = self.run_tool("history", arguments[0], "--history", history, "--format", "json", *arguments[1:], **options)
        self.assertEqual((done.returncode, done.stderr), (0, ""), arguments)
        said = json.loads(done.stdout)
        self.check_shape(said, SCHEMA)
        return said

    def check_shape(self, value, schema):
        if "$ref" in schema:
            schema = SCHEMA["definitions"][schema["$ref"].rsplit("/", 1)[1]]
        if isinstance(value, dict):
            self.assertLessEqual(set(schema["required"]), set(value))
            for name, member in value.items():
                self.check_shape(member, schema["properties"][name])
        elif isinstance(value, list):
            for member in value:
                self.check_shape(member, schema["items"])
        elif "enum" in schema:
            self.assertIn(value, schema["enum"])
        elif "type" in schema:
            kinds = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "null": type(None)}
            allowed = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
            self.assertTrue(any(isinstance(value, kinds[kind]) for kind in allowed if kind in kinds), (value, schema))

    def kinds(self, *arguments, **options):
        return [(one["kind"], one["rule"], one["target"]["id"]) for one in self.json("timeline", *arguments, **options)["transitions"]]

    def test_what_came_and_went(self):
        self.assertEqual(self.check("good", 0).returncode, 0)
        self.assertEqual(self.check("lost", 5).returncode, 1)
        self.assertEqual(self.check("lost", 10).returncode, 1)
        shown = self.json("show")["findings"]
        self.assertIn(("ptr-missing", "192.0.2.10", "2026-11-30T12:05:00Z", "2026-11-30T12:10:00Z"),
                      [(one["rule"], one["target"]["id"], one["opened_at"], one["last_seen"]) for one in shown])
        self.assertEqual(next(one for one in shown if one["rule"] == "ptr-missing")["zone"], "2.0.192.in-addr.arpa")
        self.assertEqual(self.check("good", 35).returncode, 0)
        self.assertEqual([one for one in self.kinds() if one[1] == "ptr-missing"],
                         [("opened", "ptr-missing", "192.0.2.10"), ("recovered", "ptr-missing", "192.0.2.10")])
        gone = [one for one in self.json("timeline", "--rule", "ptr-missing")["transitions"]][-1]
        self.assertEqual((gone["since"], gone["open_s"], gone["before"]["opened_at"]), ("2026-11-30T12:35:00Z", 1800, "2026-11-30T12:05:00Z"))
        self.assertEqual(self.json("show")["findings"], [])
        runs = self.json("list")["runs"]
        self.assertEqual([one["verdict"] for one in runs], ["pass", "fail", "fail", "pass"])
        self.assertEqual(runs[0]["finished_at"], "2026-11-30T12:35:00Z")
        self.assertEqual(runs[0]["inventory"]["path"], "inventory.yaml")
        self.assertEqual(len(self.json("list", "--limit", "2")["runs"]), 2)
        text = self.run_tool("history", "timeline", "--history", "history.db", "--rule", "ptr-missing").stdout
        self.assertRegex(text, r"(?m)^2026-11-30T12:35:00Z recovered error ptr-missing .*192\.0\.2\.10.*, after 30m$")

    def test_filters(self):
        self.check("good", 0)
        self.check("none", 5)
        everything = self.kinds()
        for more, expected in ((["--ip", "192.0.2.10"], "192.0.2.10"), (["--ip", "192.0.2.11"], "192.0.2.11")):
            self.assertEqual(self.kinds(*more), [one for one in everything if one[2] == expected])
            self.assertTrue(self.kinds(*more))
        self.assertEqual(self.kinds("--zone", "2.0.192.in-addr.arpa."), self.kinds("--zone", "2.0.192.IN-ADDR.arpa"))
        self.assertTrue(self.kinds("--zone", "2.0.192.in-addr.arpa"))
        self.assertEqual(self.kinds("--zone", "example.net"), [])
        self.assertEqual(self.kinds("--vantage", "nobody"), [])
        self.assertEqual(self.kinds("--since", "2026-11-30T12:06:00Z"), [])
        self.assertEqual(self.kinds("--since", "1h"), everything)
        self.assertEqual(self.kinds("--since", "2026-11-30"), everything)
        self.assertEqual(self.kinds("--until", "2026-11-29"), [])
        done = self.run_tool("history", "timeline", "--history", "history.db", "--rule", "ptr-mising")
        self.assertEqual(done.returncode, 0)
        self.assertIn('did you mean "ptr-missing"?', done.stderr)

    def test_origins_are_apart(self):
        self.check("lost", 0, "--history-origin", "east")
        self.check("good", 5, "--history-origin", "west")
        self.assertTrue(self.json("show", "--origin", "east")["findings"])
        self.assertEqual(self.json("show", "--origin", "west")["findings"], [])
        self.assertTrue(all(one["origin"] == "east" for one in self.json("show")["findings"]))

    def test_export_and_prune(self):
        self.check("lost", 0)
        self.check("good", 5)
        said = self.json("export")
        self.assertEqual([len(said[name]) > 0 for name in ("runs", "findings", "transitions")], [True, False, True])
        done = self.run_tool("history", "export", "--history", "history.db", "--format", "csv")
        rows = list(csv.DictReader(io.StringIO(done.stdout, newline="")))
        self.assertEqual(len(rows), len(said["transitions"]))
        self.assertEqual({row["kind"] for row in rows}, {"opened", "recovered"})
        done = self.run_tool("history", "prune", "--history", "history.db", now="2028-11-30T12:00:00Z")
        self.assertRegex(done.stdout, "^removed 2 runs, ")
        self.assertEqual(self.json("list")["runs"], [])

    def test_only_what_changed_is_judged_and_recovers_nothing_else(self):
        def git(*arguments):
            subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.com", *arguments], cwd=self.folder, check=True,
                           capture_output=True, env={"PATH": os.environ["PATH"], "HOME": str(self.folder)})
        git("init", "-q")
        git("add", "inventory.yaml")
        git("commit", "-qm", "x")
        self.check("none", 0)
        opened = self.kinds()
        self.assertIn(("opened", "ptr-missing", "192.0.2.11"), opened)
        self.assertRegex(self.json("list")["runs"][0]["git_revision"], "^[0-9a-f]{40}$")
        (self.folder / "inventory.yaml").write_text(INVENTORY.replace("[192.0.2.10]", "[{ip: 192.0.2.10, ttl: 1h}]"))
        self.check("good", 5, "--changed-since", "HEAD")
        self.assertFalse(self.json("list")["runs"][0]["whole"])
        gone = {one[2] for one in self.kinds()[len(opened):] if one[0] == "recovered"}
        self.assertNotIn("192.0.2.11", gone)
        self.check("good", 10)
        self.assertEqual(self.json("show")["findings"], [])

    def test_environment_and_configuration(self):
        done = self.run_tool("check", "-qq", "--replay", "lost.facts", "inventory.yaml", env={"RDNSGATE_HISTORY": "env.db"})
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual(len(self.json("list", history="env.db")["runs"]), 1)
        (self.folder / ".rdnsgate.yaml").write_text("history: kept/history.db\nhistory_origin: east\n")
        (self.folder / "kept").mkdir()
        self.assertEqual(self.run_tool("check", "-qq", "--replay", "lost.facts", "inventory.yaml").returncode, 1)
        done = self.run_tool("history", "list")
        self.assertIn("(east)", done.stdout)
        # So do the commands that tell how a finding went.
        for command in ("postmortem", "timeline"):
            done = self.run_tool(command, "192.0.2.10")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("ptr-missing", done.stdout)
            self.assertEqual(self.run_tool(command, "192.0.2.10", env={"RDNSGATE_HISTORY": "env.db"}).returncode, 0)
            done = self.run_tool(command, "192.0.2.10", "--no-config")
            self.assertEqual(done.returncode, 2)
            self.assertIn("name a history", done.stderr)
        self.assertIn("history: kept/history.db", self.run_tool("config", "show", "postmortem").stdout)
        (self.folder / ".rdnsgate.yaml").write_text("history: postgresql://u:hunter2@db.example/x\n")
        done = self.run_tool("history", "list")
        self.assertEqual(done.returncode, 2)
        self.assertIn("names no server", done.stderr)
        (self.folder / ".rdnsgate.yaml").unlink()
        done = self.run_tool("config", "show", "--origin", env={"RDNSGATE_HISTORY": "postgresql://u:hunter2@db.example/x"})
        self.assertIn("postgresql://u:***@db.example/x", done.stdout)
        self.assertNotIn("hunter2", done.stdout + done.stderr)

    def test_wrong_usage(self):
        (self.folder / "empty.db").write_text("")
        self.check("good", 0)
        with sqlite3.connect(self.folder / "other.db") as other:
            other.execute("CREATE TABLE cars (name TEXT)")
        other.close()
        for arguments, says in ((["list"], "name a history"), (["list", "--history", "missing.db"], "there is no history missing.db"),
                                (["list", "--history", "empty.db"], "is empty"), (["show", "--history", "inventory.yaml"], "is not a history"),
                                (["show", "--history", "."], "is a folder"), (["timeline", "--history", "other.db"], "of another program"),
                                (["prune", "--history", "missing.db"], "there is no history"), (["tmeline"], 'no command "history tmeline"'), ([], "A subcommand is required"),
                                (["list", "--history", "history.db", "--since", "yesterdy"], "is no time"),
                                (["list", "--history", "history.db", "--since", "1h", "--until", "2h"], "later than --until"),
                                (["timeline", "--history", "history.db", "--ip", "192.0.2.999"], "192.0.2.999"),
                                (["prune", "--history", "history.db", "--keep", "long"], "--keep"),
                                (["list", "--history", "history.db", "--format", "xml"], "xml")):
            done = self.run_tool("history", *arguments)
            self.assertEqual(done.returncode, 2, (arguments, done.stdout))
            self.assertIn(says, done.stderr, arguments)
        done = subprocess.run([BINARY, "history", "tmeline"], capture_output=True, text=True, check=False)
        self.assertIn('did you mean "timeline"', done.stderr)
        done = self.check("good", 5, history="inventory.yaml")
        self.assertEqual(done.returncode, 2)
        self.assertEqual((self.folder / "inventory.yaml").read_text(), INVENTORY)
        done = self.run_tool("check", "--zone-files", str(self.facts / "good"), "--history", "history.db", "inventory.yaml")
        self.assertEqual(done.returncode, 2)
        self.assertIn("zone files", done.stderr)
        # What stands in the environment is for runs of the world: a gate of zone files stays what it is.
        done = self.run_tool("check", "-qq", "--zone-files", str(self.facts / "lost"), "inventory.yaml", env={"RDNSGATE_HISTORY": "env.db"})
        self.assertEqual((done.returncode, done.stderr), (1, ""))
        self.assertFalse((self.folder / "env.db").exists())

    def test_an_inventory_that_cannot_be_read_is_no_run(self):
        (self.folder / "inventory.yaml").write_text("version: 1\nsenders: {\n")
        self.assertEqual(self.check("good", 0).returncode, 2)
        self.assertFalse((self.folder / "history.db").exists())

    def test_the_report_is_there_where_the_history_is_not(self):
        done = self.run_tool("check", "--format", "json", "--replay", "lost.facts", "--history", "no/such/folder.db", "inventory.yaml")
        self.assertEqual(done.returncode, 2)
        self.assertEqual(json.loads(done.stdout)["verdict"], "fail")
        self.assertIn("not in the history", done.stderr)

    def test_dead_server_stops_no_audit(self):
        url = f"postgresql://u:hunter2@/db?host={self.folder}"
        done = self.check("lost", 0, history=url)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertNotIn("hunter2", done.stderr)
        self.assertEqual(done.stderr, "")  # -qq
        done = self.run_tool("check", "-q", "--replay", "lost.facts", "--history", url, "inventory.yaml")
        self.assertEqual(done.returncode, 1)
        self.assertIn("2 runs wait in", done.stderr)
        self.assertNotIn("hunter2", done.stderr)
        waiting = sorted((self.folder / ".local/state/rdnsgate").glob("unsent-*/*.run.json"))
        self.assertEqual(len(waiting), 2)
        self.assertNotIn("hunter2", waiting[0].read_text())
        self.assertEqual(waiting[0].parent.stat().st_mode & 0o777, 0o700)

    def in_mount(self, script):
        """Runs in a namespace of mounts, where the tests may mount what they like."""
        prefix = ["unshare", "-rm", "sh", "-ec"]
        if subprocess.run([*prefix, "mount -t tmpfs none /mnt"], capture_output=True, check=False).returncode != 0:
            self.skipTest("no mount namespace can be made here")
        done = subprocess.run([*prefix, script, "sh", BINARY], cwd=self.folder, capture_output=True, text=True, check=False, timeout=120,
                              env={"PATH": os.environ["PATH"], "HOME": str(self.folder)})
        return done

    CHECK = '"$1" check -qq --replay lost.facts --history /mnt/history.db inventory.yaml'

    def test_full_disk_is_said_and_nothing_is_lost(self):
        done = self.in_mount(f"""mount -t tmpfs -o size=400k none /mnt
            {self.CHECK} || test $? = 1
            dd if=/dev/zero of=/mnt/fill bs=1k count=1000 2>/dev/null || true
            code=0; {self.CHECK} || code=$?
            echo "code $code"
            rm /mnt/fill
            "$1" history list --history /mnt/history.db
            {self.CHECK} || test $? = 1
            "$1" history list --history /mnt/history.db""")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("no room left", done.stderr)
        lines = done.stdout.splitlines()
        self.assertEqual(lines[0], "code 2")
        self.assertEqual(len(lines), 1 + 1 + 2, done.stdout)

    def test_read_only_folder(self):
        done = self.in_mount(f"""mount -t tmpfs none /mnt
            {self.CHECK} || test $? = 1
            mount -o remount,ro /mnt
            code=0; {self.CHECK} || code=$?
            echo "code $code"
            "$1" history show --history /mnt/history.db""")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("writ", done.stderr)
        self.assertTrue(done.stdout.startswith("code 2\n"), done.stdout)
        self.assertIn("ptr-missing", done.stdout)

    def test_hostile_history_is_shown_escaped(self):
        self.check("lost", 0)
        with sqlite3.connect(self.folder / "history.db") as database:
            database.execute("UPDATE tracks SET message = ?, observed = ?", ("\x1b[31m=cmd()\n", "\x1b]0;x\x07"))
            database.execute("UPDATE transitions SET message = ?, observed = ?", ("=cmd|' /C calc'!A0\x1b", "\x1b"))
        database.close()
        for arguments in (["show"], ["timeline"], ["export"], ["export", "--format", "csv"]):
            done = self.run_tool("history", *arguments, "--history", "history.db")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertNotIn("\x1b", done.stdout)
            if "csv" in arguments:
                self.assertNotIn(",=cmd", done.stdout)
        with sqlite3.connect(self.folder / "history.db") as database:
            database.execute("UPDATE tracks SET severity = 'fatal'")
        database.close()
        done = self.run_tool("history", "show", "--history", "history.db")
        self.assertEqual(done.returncode, 2)
        self.assertIn("fatal", done.stderr)


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
