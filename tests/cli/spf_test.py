#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""`rdnsgate spf` against a resolver: every case of tests/mailauth/spf_cases.yaml, resolvers that fail, and what a user types.

Usage: spf_test.py RDNSGATE_BINARY [unittest arguments]
"""
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import offline

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/mailauth"))
import spf_cases  # noqa: E402

BINARY = None
EXITS = {"pass": 0, "temperror": 3}


def ask(jobs):
    """What each job's runs came to: exit code, standard output, standard error, seconds."""
    done = subprocess.run([*offline.own_mounts(), sys.executable, Path(__file__).parent / "spf_server.py", BINARY],
                          input="\n".join(map(json.dumps, jobs)) + "\n", capture_output=True, text=True, check=True, timeout=500)
    return [json.loads(line) for line in done.stdout.splitlines()]


def arguments(check, *more):
    return ["--ip", check.ip, "--sender", check.sender, "--helo", check.helo, "--format", "json", *more]


def check_by_schema(test, value, schema, definitions, path=""):
    """The part of JSON Schema that ours are written in."""
    if "$ref" in schema:
        schema = definitions[schema["$ref"].split("/")[-1]]
    if "const" in schema:
        test.assertEqual(value, schema["const"], path)
    if "enum" in schema:
        test.assertIn(value, schema["enum"], path)
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "null": type(None)}
    wanted = schema.get("type", [])
    if wanted:
        test.assertIsInstance(value, tuple(kinds[one] for one in ([wanted] if isinstance(wanted, str) else wanted)), path)
    if isinstance(value, dict):
        test.assertEqual(set(value), set(schema["properties"]), path)
        test.assertEqual(set(schema["required"]), set(schema["properties"]), path)
        for name, member in value.items():
            check_by_schema(test, member, schema["properties"][name], definitions, f"{path}/{name}")
    if isinstance(value, list):
        for member in value:
            check_by_schema(test, member, schema["items"], definitions, path + "[]")


class Spf(unittest.TestCase):
    def run_it(self, *words, code=0):
        done = subprocess.run(offline.command([BINARY, "spf", *words]), capture_output=True, text=True, check=False, cwd=self.folder.name)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout, done.stderr

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def test_every_case_over_the_wire(self):
        jobs, checks = [], []
        for _, sets, group in spf_cases.read():
            table = [[owner, kind, values] for (owner, kind), values in sets.items()]
            manners = ["right", "alias alone"] if any(kind == "CNAME" for _, kind in sets) else ["right"]
            for manner in manners:
                jobs.append({"sets": table, "manner": manner, "runs": [arguments(check, "--timeout", "1s") for check in group]})
                checks.append(group)
        schema = json.loads((ROOT / "schemas/spf.schema.json").read_text())
        for group, results in zip(checks, ask(jobs), strict=True):
            for check, (code, out, err, _) in zip(group, results, strict=True):
                with self.subTest(check.name):
                    self.assertEqual(err, "")
                    document = json.loads(out)
                    self.assertEqual((document["result"], document["explanation"]), (check.result, check.explanation))
                    self.assertEqual(code, EXITS.get(check.result, 1))
                    self.assertEqual(document["possible"], [check.result])
                    check_by_schema(self, document, schema, schema["definitions"])

    def test_a_resolver_that_fails_is_a_temperror_and_soon(self):
        sets = [["example.com", "TXT", ["v=spf1 +all"]]]
        run = ["--ip", "192.0.2.1", "--sender", "joe@example.com", "--helo", "h.example", "--format", "json"]
        manners = ["silent", "servfail", "refused", "garbage", "other id", "other owner", "referral", "truncated"]
        for manner, [(code, out, _, took)] in zip(manners, ask([{"sets": sets, "manner": one, "runs": [run]} for one in manners])):
            with self.subTest(manner):
                document = json.loads(out)
                self.assertEqual((code, document["result"]), (3, "temperror"))
                self.assertIn("example.com TXT has no answer", document["problem"])
                self.assertLess(took, 15)
        # The deadline is the receiver's: what is not known by then is a temperror.
        slow = [["example.com", "TXT", ["v=spf1 a:a.example a:b.example +all"]], ["a.example", "A", "TIMEOUT"]]
        [[(code, out, _, took)]] = ask([{"sets": slow, "runs": [[*run, "--deadline", "1s"]]}])
        self.assertEqual((code, json.loads(out)["result"]), (3, "temperror"))
        self.assertIn("deadline", json.loads(out)["problem"])
        # An explanation that does not come makes no other result.
        slow = [["example.com", "TXT", ["v=spf1 -all exp=why.example"]], ["why.example", "TXT", "TIMEOUT"]]
        more = ["--timeout", "1s", "--default-explanation", "Not from there"]
        [[(code, out, _, _)]] = ask([{"sets": slow, "runs": [[*run, *more]]}])
        document = json.loads(out)
        self.assertEqual((code, document["result"], document["explanation"]), (1, "fail", "Not from there"))
        self.assertIn("timeout", document["explanation_problem"])

    def test_large_records(self):
        huge = [["v=spf1 "] + ["ip4:198.51.100.1 " * 15] * 230 + ["-all"]]
        many = [["v=spf1 "] + [" "] * 10_000 + ["-all"]]
        sets = [["huge.example", "TXT", huge], ["many.example", "TXT", many]]
        runs = [["--ip", "192.0.2.1", "--sender", f"joe@{name}", *more] for name in ("huge.example", "many.example")
                for more in (["--format", "json"], [])]
        [results] = ask([{"sets": sets, "runs": runs}])
        for code, out, err, took in results:
            self.assertEqual((code, err), (1, ""))
            self.assertIn("fail", out)
            self.assertLess(took, 10)
        self.assertLess(len(results[1][1]), 3000)

    ZONE = """$TTL 300
@ IN SOA ns.example.com. h.example.com. 1 3600 600 86400 300
@ IN NS ns.example.com.
@ IN TXT "v=spf1 a:mx1.example.com include:spf.relay.example -all"
@ IN MX 10 mx1.example.com.
mx1 IN A 192.0.2.10
mx1 IN TXT "v=spf1 a -all"
soft IN TXT "v=spf1 ip4:192.0.2.1 ~all"
either IN TXT "v=spf1 include:spf.relay.example ip4:192.0.2.9 +all"
evil IN TXT "v=spf1 a:\\027[31m.example.com -all"
"""

    def zones(self):
        path = Path(self.folder.name) / "zones"
        path.mkdir(exist_ok=True)
        (path / "example.com.zone").write_text(self.ZONE)
        return ["--zone-files", "zones"]

    def test_zone_files_answer_as_far_as_they_can(self):
        zones = self.zones()
        out, _ = self.run_it("--ip", "192.0.2.10", "--sender", "joe@example.com", *zones)
        self.assertTrue(out.startswith("pass: 192.0.2.10 may send for example.com\n"), out)
        self.assertIn("a:mx1.example.com  matches: pass  [1 lookup]\n    mx1.example.com A: 192.0.2.10", out)
        self.assertIn("include:spf.relay.example  not reached", out)
        # What the relay says is not known: the verdict that holds whatever it says, where there is one.
        out, _ = self.run_it("--ip", "192.0.2.11", "--sender", "joe@example.com", "--format", "json", *zones, code=3)
        document = json.loads(out)
        self.assertEqual((document["result"], document["possible"]), ("temperror", ["pass", "fail"]))
        self.assertIn("spf.relay.example TXT", document["problem"])
        out, _ = self.run_it("--ip", "192.0.2.9", "--sender", "joe@either.example.com", *zones)
        self.assertTrue(out.startswith("pass"), out)
        self.run_it("--ip", "192.0.2.2", "--sender", "joe@soft.example.com", *zones, code=1)
        out, _ = self.run_it("--ip", "192.0.2.2", "--sender", "", "--helo", "", *zones, code=1)
        self.assertTrue(out.startswith("none: there is no domain\n"), out)
        # The HELO name by itself.
        for sender in (["--sender", ""], ["--sender", "<>"], []):
            out, _ = self.run_it("--ip", "192.0.2.10", *sender, "--helo", "mx1.example.com", *zones)
            self.assertIn("identity     HELO mx1.example.com", out)

    def test_recorded_answers_come_to_the_same(self):
        words = ["--ip", "192.0.2.10", "--sender", "joe@example.com", "--format", "json", "--now", "2027-05-31T08:00:00Z"]
        first, _ = self.run_it(*words, *self.zones(), "--record", "spf.facts")
        again, _ = self.run_it(*words, "--replay", "spf.facts")
        self.assertEqual(first, again)
        out, _ = self.run_it("--ip", "192.0.2.11", "--sender", "joe@example.com", "--replay", "spf.facts", code=3)
        self.assertIn("could be     pass or fail", out)

    def test_text_is_harmless_and_brief_where_that_is_wanted(self):
        out, _ = self.run_it("--ip", "192.0.2.11", "--sender", "joe@evil.example.com", "--helo", "\x1b[2J", *self.zones(), code=1)
        self.assertNotIn("\x1b", out)
        out, _ = self.run_it("-q", "--ip", "192.0.2.10", "--sender", "joe@example.com", *self.zones())
        self.assertEqual(out, "pass: 192.0.2.10 may send for example.com\n")
        out, _ = self.run_it("-qq", "--ip", "192.0.2.10", "--sender", "joe@example.com", *self.zones())
        self.assertEqual(out, "")

    def test_wrong_usage_says_what_to_do(self):
        base = ["--ip", "192.0.2.10", "--sender", "joe@example.com"]
        for words, message in ((["--sender", "joe@example.com"], "--ip is required"),
                               (["--ip", "192.0.2.300", "--sender", "joe@example.com"], "--ip: \"192.0.2.300\""),
                               (["--ip", "192.0.2.10"], "such as --sender joe@example.com"),
                               (["--ip", "192.0.2.10", "--sender", ""], "there is nothing to check"),
                               (["--ip", "192.0.2.10", "--sender", "Joe <joe@example.com>"], "a name stands before the address"),
                               ([*base, "--resolver", "127.0.0.1@0"], "is not a port"),
                               ([*base, "--resolver", "127.0.0.1@dns"], "is not a port"),
                               ([*base, "--resolver", "resolver.example"], "--resolver: \"resolver.example\""),
                               ([*base, "--resolver", "127.0.0.1", "--zone-files", "z"], "--zone-files"),
                               ([*base, "--helo", "x" * 2000], "--helo has 2000 octets"),
                               ([*base, "--format", "xml"], "--format"),
                               ([*base, "--sendr", "x"], "did you mean \"--sender\""),
                               ([*base, "--replay", "nothing.facts"], "nothing.facts")):
            with self.subTest(words):
                _, err = self.run_it(*words, code=2)
                self.assertIn(message, err)

    def test_no_network_is_no_result(self):
        out, _ = self.run_it("--ip", "192.0.2.10", "--sender", "joe@example.com", "--resolver", "192.0.2.53", "--timeout", "1s", code=3)
        self.assertTrue(out.startswith("temperror"), out)


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
