#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""The gate cannot be turned off from inside the change that it judges: what a branch weakens is in the report, and the
pipelines of ci/ judge with the configuration of the branch that it goes to. Played in real git repositories.

Usage: weakened_test.py RDNSGATE_BINARY [unittest arguments]
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path

import yaml

import offline

BINARY = None
ROOT = Path(__file__).resolve().parents[2]
INVENTORY = """version: 1
vantages:
  - {name: root, kind: recursive}
  - {name: nine, kind: forward, address: 9.9.9.9}
quorum: all
zones: [{name: example.com, managed_by: nsupdate}, {name: 2.0.192.in-addr.arpa, managed_by: nsupdate}]
senders:
  - {name: a, helo: new.example.com, addresses: [192.0.2.10]}
  - {name: b, helo: b.example.com, addresses: [192.0.2.11]}
standards: {names: ['example'], latency: {warn: 500ms}}
rules: {addr-documentation: off}
"""
HEAD = "$TTL 3600\n@ IN SOA ns1.example.com. h.example.com. 1 3600 600 86400 300\n@ IN NS ns1.example.com.\n"


class Attack(unittest.TestCase):
    def setUp(self):
        made = tempfile.TemporaryDirectory()
        self.addCleanup(made.cleanup)
        self.top = Path(made.name).resolve()
        self.folder = self.top / "repository"
        self.folder.mkdir()
        self.git("init", "-q", "-b", "main")
        self.write("inventory.yaml", INVENTORY)
        self.write("zones/example.com.zone", HEAD + "ns1 A 192.0.2.1\nold A 192.0.2.10\nb A 192.0.2.11\n")
        self.write("zones/2.0.192.in-addr.arpa.zone", HEAD + "10 PTR old.example.com.\n11 PTR b.example.com.\n")
        self.write(".rdnsgate.yaml", "fail_on: warning\ncheck: {inconclusive: fail}\n")
        self.commit("main")
        self.git("checkout", "-q", "-b", "branch")

    def git(self, *arguments):
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.top), "GIT_CONFIG_NOSYSTEM": "1",
                       **{f"GIT_{who}_{what}": "test@mail.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}}
        return subprocess.run(["git", *arguments], cwd=self.folder, env=environment, capture_output=True, text=True, check=True).stdout

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def commit(self, message):
        self.git("add", "-A")
        self.git("commit", "-q", "-m", message)

    def run_it(self, *arguments):
        return subprocess.run(offline.command([BINARY, *arguments]), cwd=self.folder, capture_output=True, text=True, timeout=60, check=False,
                              env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(self.top)})

    def weakened(self, *arguments, command="lint"):
        done = self.run_it(command, "--format", "json", *(arguments or ("--changed-since", "main")), "inventory.yaml")
        self.assertIn(done.returncode, (0, 1, 3), done.stderr)
        return {(one["what"], one["subject"]): (one["before"], one["now"], one["location"]) for one in json.loads(done.stdout)["weakened"]}

    def test_nothing_is_weakened_by_what_weakens_nothing(self):
        self.assertEqual(self.weakened(), {})
        self.write("inventory.yaml", INVENTORY.replace("rules: {", "waivers: []\nrules: {ptr-generic: error, ").replace("500ms", "400ms") + "# more\n")
        self.write(".rdnsgate.yaml", "fail_on: info\nlint: {output: {json: r.json}}\ncheck: {inconclusive: fail}\n")
        self.assertEqual(self.weakened(), {})

    def test_what_the_inventory_and_its_waivers_weaken_is_said(self):
        text = INVENTORY.replace("quorum: all\n", "").replace("  - {name: nine, kind: forward, address: 9.9.9.9}\n", "")
        text = text.replace("standards: {names: ['example'], latency: {warn: 500ms}}", "standards: {latency: {warn: 2s}}")
        text = text.replace("off}", "off, ptr-missing: info}") + 'waivers:\n  - {rule: ptr-mismatch, target: "*", reason: "trust me", expires: 2099-01-01}\n'
        self.write("inventory.yaml", text.replace("  - {name: b, helo: b.example.com, addresses: [192.0.2.11]}\n", ""))
        found = self.weakened()
        self.assertEqual({key: value[:2] for key, value in found.items()}, {
            ("rule-severity", "rule ptr-missing"): ("error", "info"),
            ("waiver-added", "waiver of ptr-mismatch for *"): ("none", "until 2099-01-02T00:00:00Z"),
            ("vantage-removed", "vantage nine"): ("asked", "not asked"),
            ("quorum-lowered", "quorum"): ("all", "any"),
            ("standard-removed", "standards.names"): ("patterns", "none"),
            ("latency-raised", "standards.latency.warn"): ("500ms", "2000ms"),
            ("subject-removed", "sender b"): ("declared", "not declared"),
            ("subject-removed", "addresses"): ("2 declared", "1 of them not declared"),
        })
        self.assertEqual(found["rule-severity", "rule ptr-missing"][2], {"path": "inventory.yaml", "line": 8})
        self.commit("weaker")
        self.write("inventory.yaml", (self.folder / "inventory.yaml").read_text().replace("2099-01-01", "2100-01-01"))
        self.assertEqual(set(self.weakened("--changed-since", "HEAD")), {("waiver-extended", "waiver of ptr-mismatch for *")})

    def test_a_waiver_in_a_comment_is_one(self):
        self.write("inventory.yaml", INVENTORY.replace("192.0.2.10]}", "192.0.2.10]}  # rdnsgate: allow ptr-mismatch until 2099-01-01, trust me"))
        self.assertEqual([what for what, _ in self.weakened()], ["waiver-added"])

    def test_files_that_are_not_included_any_more_are_said(self):
        self.write("more.yaml", "version: 1\nsenders: [{name: c, helo: c.example.com, addresses: [192.0.2.12]}]\n")
        self.write("inventory.yaml", INVENTORY + "include: [more.yaml]\n")
        self.commit("two files")
        self.write("inventory.yaml", INVENTORY)
        self.assertEqual({subject for _, subject in self.weakened("--changed-since", "HEAD")}, {"sender c", "addresses"})

    def test_what_the_configuration_weakens_is_said(self):
        self.write(".rdnsgate.yaml", "fail_on: never\nbaseline: b.json\ncheck: {inconclusive: pass, transient: pass, vantage: [root], deadline: 1s}\n")
        self.write("b.json", '{"schema": "rdnsgate/baseline/1", "findings": []}\n')
        found = self.weakened()
        self.assertEqual(found["config-fail_on", "configuration, fail_on"], ("warning", "never", {"path": ".rdnsgate.yaml", "line": 1}))
        self.assertIn(("config-baseline", "configuration, baseline"), found)
        self.assertEqual(found["baseline-added", "baseline b.json"][:2], ("not there", "used"))
        found = self.weakened("--changed-since", "main", command="check")
        self.assertEqual(found["config-vantage", "configuration, vantage"][:2], ("not set", "root"))
        found = self.weakened("--changed-since", "main", "--zone-files", "zones", command="check")
        self.assertEqual(found["config-inconclusive", "configuration, inconclusive"][:2], ("fail", "pass"))
        self.assertEqual(found["config-deadline", "configuration, deadline"][:2], ("30m", "1s"))
        self.assertNotIn(("config-transient", "configuration, transient"), found)
        # What the command line says is the user's.
        self.assertNotIn("config-fail_on", {what for what, _ in self.weakened("--changed-since", "main", "--fail-on", "error")})
        (self.folder / ".rdnsgate.yaml").unlink()
        self.assertEqual(self.weakened()["config-fail_on", "configuration, fail_on"][:2], ("warning", "error"))

    def test_what_a_baseline_accepts_more_is_said(self):
        self.git("checkout", "-q", "main")
        self.write(".rdnsgate.yaml", "baseline: b.json\n")
        self.write("b.json", '{"schema": "rdnsgate/baseline/1", "findings": []}\n')
        self.commit("a baseline")
        self.git("checkout", "-q", "-B", "branch")
        self.assertEqual(self.weakened(), {})
        self.run_it("check", "--zone-files", "zones", "-q", "--output", "json=r.json", "inventory.yaml")
        self.assertEqual(self.run_it("baseline", "write", "r.json", "-o", "b.json").returncode, 0)
        count = len(json.loads((self.folder / "b.json").read_text())["findings"])
        self.assertGreater(count, 0)
        self.assertEqual({key: value[:2] for key, value in self.weakened().items()},
                         {("baseline-grown", "baseline b.json"): ("0 accepted", f"{count} more")})

    def test_every_format_for_people_says_it(self):
        self.write("inventory.yaml", INVENTORY.replace("off}", "off, ptr-missing: info}"))
        for form, wanted in (("text", r"^inventory.yaml:11: weakened since main: rule ptr-missing: error before, info now$"),
                             ("github", r"^::warning file=inventory.yaml,line=11,title=rdnsgate \(weakened since main\)::rule ptr-missing"),
                             ("markdown", r"This change weakens the gate"), ("sarif", r"Weakened since main: rule ptr-missing")):
            done = self.run_it("lint", "--format", form, "--changed-since", "main", "inventory.yaml")
            self.assertRegex(done.stdout, re.compile(wanted, re.M))

    def test_every_format_for_machines_says_it_once(self):
        text = INVENTORY.replace("off}", "off, ptr-missing: info}").replace("  - {name: nine, kind: forward, address: 9.9.9.9}\n", "")
        self.write("inventory.yaml", text.replace("senders:\n", "senders:\n  # rdnsgate: allow ptr-mismatch until 2099-01-01, one\n"
                                                  "  # rdnsgate: allow ptr-mismatch until 2099-01-01, two\n"))
        arguments = ["lint", "--changed-since", "main", "inventory.yaml", "--format"]
        said = [(one["subject"], one["location"] or {"path": "inventory.yaml", "line": 1}) for one in json.loads(self.run_it(*arguments, "json").stdout)["weakened"]]
        self.assertEqual(len(said), 4)
        suites = xml.fromstring(self.run_it(*arguments, "junit").stdout)
        cases = [case for case in suites.iter("testcase") if case.get("classname") == "rdnsgate.gate-weakened"]
        self.assertEqual(sorted(case.get("name") for case in cases), sorted({subject for subject, _ in said}))
        lines = "".join(case.find("skipped").text for case in cases).splitlines()
        self.assertEqual(len(lines), len(said))
        self.assertIn("inventory.yaml:12: weakened since main: rule ptr-missing: error before, info now", lines)
        self.assertIn("weakened since main: vantage nine: asked before, not asked now", lines)
        self.assertEqual((suites[0].get("skipped"), suites[0].get("failures")), (str(len(cases)), "0"))
        quality = [one for one in json.loads(self.run_it(*arguments, "gitlab").stdout) if one["check_name"] == "gate-weakened"]
        self.assertEqual([(one["location"]["path"], one["location"]["lines"]["begin"]) for one in quality], [(at["path"], at["line"]) for _, at in said])
        self.assertEqual(len({one["fingerprint"] for one in quality}), len(said))
        self.assertIn("gate-weakened: since main, rule ptr-missing: error before, info now", {one["description"] for one in quality})

    def test_the_configuration_of_a_commit_is_the_one_that_counts(self):
        self.write(".rdnsgate.yaml", "fail_on: never\n")
        self.assertEqual(self.run_it("check", "--zone-files", "zones").returncode, 0)
        self.assertEqual(self.run_it("--config-from", "main", "check", "--zone-files", "zones").returncode, 1)
        self.assertIn("main:.rdnsgate.yaml:1", self.run_it("--config-from", "main", "config", "show", "--origin", "lint").stdout)
        for arguments in (["--config-from", "nowhere", "lint"], ["--config-from", "main", "--no-config", "lint"],
                          ["--config-from", "main", "--config", "x", "lint"]):
            self.assertEqual(self.run_it(*arguments).returncode, 2)
        self.git("rm", "-q", "--cached", ".rdnsgate.yaml")
        self.git("commit", "-q", "-m", "none")
        self.assertEqual(self.run_it("--config-from", "HEAD", "check", "--zone-files", "zones").returncode, 1)
        self.write("inventory.yaml", INVENTORY.replace("off}", "off, ptr-mismatch: off}"))
        done = self.run_it("--config-from", "main", "check", "--zone-files", "zones", "--format", "json")
        report = json.loads(done.stdout)
        self.assertEqual([one["subject"] for one in report["weakened"]], ["rule ptr-mismatch"])
        self.assertEqual(report["changed_since"]["judged"], report["changed_since"]["of"])

    def run_commands(self, commands, environment):
        tools = self.top / "bin"
        tools.mkdir(exist_ok=True)
        if not (tools / "rdnsgate").exists():
            (tools / "rdnsgate").symlink_to(BINARY)
        return [subprocess.run(offline.command(["bash", "-e", "-c", command]), cwd=self.folder, capture_output=True, text=True, timeout=60, check=False,
                               env={"PATH": f"{tools}:{os.environ['PATH']}", "LANG": "C.UTF-8", "HOME": str(self.top), **environment})
                for command in commands]

    def test_a_branch_turns_no_shipped_pipeline_off(self):
        workflow = yaml.safe_load((ROOT / "ci/github/rdnsgate.yml").read_text())
        jobs = yaml.safe_load((ROOT / "ci/gitlab/rdnsgate.gitlab-ci.yml").read_text())
        pipelines = {
            "github": ([step["run"] for step in workflow["jobs"]["gate"]["steps"] if "rdnsgate" in step.get("run", "") and "cat" not in step["run"]],
                       {**workflow["env"], "GITHUB_BASE_REF": "main"}),
            "gitlab": (jobs["rdnsgate:gate"]["script"], {**jobs[".rdnsgate"]["variables"], "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}),
        }
        self.git("update-ref", "refs/remotes/origin/main", "main")
        self.write(".rdnsgate.yaml", "fail_on: never\ncheck: {inconclusive: pass, output: {text: ../out}}\n")
        self.commit("turn it off")
        for name, (commands, environment) in pipelines.items():
            with self.subTest(pipeline=name):
                *_, check = self.run_commands(commands, environment)
                self.assertEqual(check.returncode, 1, check.stdout + check.stderr)
                self.assertFalse((self.top / "out").exists())
        # Seen to fail: judged with its own configuration, the same branch passes.
        *_, check = self.run_commands(pipelines["github"][0], {**workflow["env"], "GITHUB_BASE_REF": ""})
        self.assertEqual(check.returncode, 2, check.stderr)  # its output leads out of the repository
        self.write(".rdnsgate.yaml", "fail_on: never\n")
        *_, check = self.run_commands(pipelines["github"][0], {**workflow["env"], "GITHUB_BASE_REF": ""})
        self.assertEqual(check.returncode, 0, check.stderr)


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()
