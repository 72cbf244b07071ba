#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""What ci/ hands to a user's pipeline: each command that stands there is run, on the example, as the pipeline would.

Usage: pipelines_test.py RDNSGATE_BINARY [unittest arguments]
"""
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
import offline

ROOT = Path(__file__).resolve().parents[2]
BINARY = None


class Loader(yaml.SafeLoader):
    """YAML as GitHub and GitLab read it: `on` is a key, and no key stands twice."""

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _ in node.value]
        if len(keys) != len(set(keys)):
            raise yaml.constructor.ConstructorError(None, None, f"a key twice among {keys}", node.start_mark)
        return super().construct_mapping(node, deep)


Loader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(path):
    return yaml.load((ROOT / path).read_text(), Loader)


class Pipeline(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        shutil.copytree(ROOT / "example/zones", self.folder / "zones")
        example = (ROOT / "inventory.example.yaml").read_text()
        (self.folder / "inventory.yaml").write_text(example.replace("file: example/zones/", "file: zones/"))
        tools = self.folder / "bin"
        tools.mkdir()
        (tools / "rdnsgate").symlink_to(BINARY)
        self.environment = {"PATH": f"{tools}:{os.environ['PATH']}", "LANG": "C.UTF-8", "HOME": str(self.folder)}
        self.environment.update({name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ})

    def run_shell(self, command, environment):
        """With no network at all."""
        return subprocess.run(offline.command(["bash", "-e", "-o", "pipefail", "-c", command]), cwd=self.folder,
                              env=self.environment | environment, capture_output=True, text=True, timeout=60, check=False)

    def note_commands(self):
        """From now on, commands of rdnsgate are written down, and nothing is run. Returns what reads them."""
        tool = self.folder / "bin/rdnsgate"
        tool.unlink()
        tool.write_text('#!/bin/bash\nprintf "%s\\n" "${*@Q}" >>"$HOME/rdnsgate.log"\n')
        tool.chmod(0o755)
        return lambda: [shlex.join(shlex.split(line)) for line in (self.folder / "rdnsgate.log").read_text().splitlines()]

    def mend(self):
        """Makes the example clean, so that a gate can be seen to pass."""
        zones = self.folder / "zones"
        reverse = zones / "2.0.192.in-addr.arpa.zone"
        reverse.write_text(reverse.read_text().replace("mail.example.com.", "mx1.example.com."))
        forward = zones / "example.com.zone"
        forward.write_text(forward.read_text().replace(" ip4:192.0.2.10 ", " ip4:192.0.2.10 ip4:192.0.2.11 ")
                           + "mx2 AAAA 2001:db8::11\n"
                           + "k1._domainkey CNAME s2026._domainkey\n"
                           + "".join(f'out-{last} TXT "v=spf1 a -all"\n' for last in range(32, 36)))
        inventory = self.folder / "inventory.yaml"
        inventory.write_text(inventory.read_text().replace("helo: bulk.example.com", 'helo: "{ptr}"'))


class GitHub(Pipeline):
    def steps(self, job):
        return [step for step in self.workflow["jobs"][job]["steps"] if "run" in step]

    def setUp(self):
        super().setUp()
        self.workflow = read("ci/github/rdnsgate.yml")

    def run_steps(self, job):
        summary = {"GITHUB_STEP_SUMMARY": str(self.folder / "summary.md")}
        return [self.run_shell(step["run"], self.workflow["env"] | summary) for step in self.steps(job)]

    def test_it_has_what_a_workflow_must_have(self):
        self.assertEqual(self.workflow["permissions"], {"contents": "read"})
        self.assertTrue(set(self.workflow["on"]) <= {"pull_request", "push", "schedule", "workflow_dispatch"})
        for job in self.workflow["jobs"].values():
            self.assertIn("runs-on", job)
            for step in job["steps"]:
                self.assertEqual(len({"run", "uses"} & set(step)), 1, step)
                # What an expression puts into a script is not quoted: a branch's name could be a command.
                self.assertNotIn("${{", step.get("run", ""))

    def test_the_gate_is_red_and_its_files_are_those_that_are_uploaded(self):
        lint, check, summary = self.run_steps("gate")
        self.assertEqual((lint.returncode, check.returncode, summary.returncode), (0, 1, 0), lint.stderr + check.stderr)
        self.assertIn("## rdnsgate: fail", (self.folder / "summary.md").read_text())
        self.assertIn("::error file=zones/2.0.192.in-addr.arpa.zone,line=7,", check.stdout)
        wanted = set()
        for step in self.workflow["jobs"]["gate"]["steps"]:
            options = step.get("with", {})
            wanted.update((options.get("sarif_file", "") + "\n" + options.get("path", "")).split())
        self.assertEqual(wanted, {"rdnsgate.sarif", "rdnsgate.xml", "rdnsgate.json"})
        for name in wanted:
            self.assertTrue((self.folder / name).is_file(), name)
        self.assertEqual(json.loads((self.folder / "rdnsgate.sarif").read_text())["version"], "2.1.0")

    def test_the_gate_is_green_when_all_is_mended(self):
        self.mend()
        for done in self.run_steps("gate"):
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_a_pull_request_is_judged_with_the_configuration_of_its_base(self):
        commands = self.note_commands()
        self.environment["GITHUB_BASE_REF"] = "main"
        self.run_steps("gate")
        self.assertEqual([line.split()[:3] for line in commands()], [["--config-from", "origin/main", "lint"], ["--config-from", "origin/main", "check"]])

    def test_what_answers_for_other_zones_is_asked_where_it_is_named(self):
        commands = self.note_commands()
        self.run_steps("gate")
        self.workflow["env"]["OVER"] = "live"
        self.run_steps("gate")
        self.assertEqual(["--zone-files zones --over live " in line for line in commands()], [False, False, False, True])

    def test_the_drift_is_not_red_because_the_network_is_gone(self):
        (drift,) = self.run_steps("drift")
        self.assertEqual(drift.returncode, 0, drift.stdout + drift.stderr)
        self.assertEqual(json.loads((self.folder / "rdnsgate.json").read_text())["summary"]["errors"], 0)
        self.assertIn("inconclusive: ", drift.stdout)

    def test_the_problem_matcher_reads_the_text_coloured_or_not(self):
        (matcher,) = json.loads((ROOT / "ci/github/rdnsgate-matcher.json").read_text())["problemMatcher"]
        (pattern,) = matcher["pattern"]
        command = "rdnsgate check --zone-files zones --output json=report.json --color {} inventory.yaml"
        for color in ("never", "always"):
            text = self.run_shell(command.format(color), {}).stdout
            found = [match for match in map(re.compile(pattern["regexp"]).match, text.splitlines()) if match]
            report = json.loads((self.folder / "report.json").read_text())
            read_off = [(m[pattern["file"]], int(m[pattern["line"]]), int(m[pattern["column"]]), m[pattern["severity"]],
                         m[pattern["message"]], m[pattern["code"]]) for m in found]
            places = [f.get("record", f["location"]) for f in report["findings"]]
            self.assertEqual(read_off, [(at["path"], at["line"], at["column"], f["severity"], f["message"], f["rule"])
                                        for at, f in zip(places, report["findings"])])
            self.assertEqual(len(found), 6)

    def test_the_problem_matcher_leaves_out_what_does_not_count(self):
        regexp = re.compile(json.loads((ROOT / "ci/github/rdnsgate-matcher.json").read_text())["problemMatcher"][0]["pattern"][0]["regexp"])
        for word in ("waived error", "baseline warning", "transient error", "inconclusive", "info"):
            self.assertIsNone(regexp.match(f"inventory.yaml:3:5: {word}: a message [ptr-missing]"), word)


class GitLab(Pipeline):
    def setUp(self):
        super().setUp()
        self.jobs = read("ci/gitlab/rdnsgate.gitlab-ci.yml")

    def run_script(self, job):
        variables = self.jobs[self.jobs[job]["extends"]]["variables"]
        done = None
        for command in self.jobs[job]["script"]:
            done = self.run_shell(command, variables)
            if done.returncode != 0:
                break
        return done

    def test_the_gate_is_red_and_its_reports_are_those_that_gitlab_looks_for(self):
        done = self.run_script("rdnsgate:gate")
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        artifacts = self.jobs["rdnsgate:gate"]["artifacts"]
        self.assertEqual(artifacts["when"], "always")
        self.assertEqual(set(artifacts["reports"]), {"codequality", "junit"})
        self.assertEqual(set(artifacts["reports"].values()), set(artifacts["paths"]))
        quality = json.loads((self.folder / artifacts["reports"]["codequality"]).read_text())
        self.assertEqual(len(quality), 6)
        suites = xml.parse(self.folder / artifacts["reports"]["junit"]).getroot()
        self.assertEqual(suites.get("failures"), "5")

    def test_the_gate_is_green_when_all_is_mended(self):
        self.mend()
        done = self.run_script("rdnsgate:gate")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_a_merge_request_is_judged_with_the_configuration_of_its_target(self):
        commands = self.note_commands()
        self.environment["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"] = "main"
        self.run_script("rdnsgate:gate")
        self.assertEqual([line.split()[:3] for line in commands()], [["--config-from", "origin/main", "lint"], ["--config-from", "origin/main", "check"]])

    def test_what_answers_for_other_zones_is_asked_where_it_is_named(self):
        commands = self.note_commands()
        self.run_script("rdnsgate:gate")
        self.jobs[".rdnsgate"]["variables"]["RDNSGATE_OVER"] = "live"
        self.run_script("rdnsgate:gate")
        self.assertEqual(["--zone-files zones --over live " in line for line in commands()], [False, False, False, True])

    def test_the_drift_may_fail_because_the_network_is_gone(self):
        done = self.run_script("rdnsgate:drift")
        self.assertIn(done.returncode, self.jobs[".rdnsgate"]["allow_failure"]["exit_codes"], done.stdout + done.stderr)
        self.assertTrue((self.folder / "rdnsgate.xml").is_file())


class PreCommit(Pipeline):
    def setUp(self):
        super().setUp()
        self.hook, self.zones_hook = read(".pre-commit-hooks.yaml")

    def test_the_hook_of_zone_files_runs_for_them_and_for_inventories(self):
        self.assertEqual((self.zones_hook["id"], self.zones_hook["pass_filenames"]), ("rdnsgate-check-zones", "false"))
        files = re.compile(self.zones_hook["files"])
        for path in ("example.com.zone", "dns/db.192.0.2", "zones/example.com", "zones/sub/example.com.yaml", "inventory.yaml", "dns/10.rev",
                     "named.2.0.192", "octodns/example.com.yaml"):
            self.assertTrue(files.search(path), path)
        for path in ("README.md", "src/main.py", "myinventory.yaml", "docs/zones.md"):
            self.assertFalse(files.search(path), path)

    def test_the_hook_of_zone_files_fails_and_passes_with_no_network(self):
        command = " ".join([self.zones_hook["entry"], *self.zones_hook["args"]])
        done = self.run_shell(command, {})
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.mend()
        done = self.run_shell(command, {})
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_it_has_what_a_hook_must_have(self):
        for key in ("id", "name", "entry", "language", "files"):
            self.assertTrue(self.hook[key], key)
        self.assertEqual(self.hook["pass_filenames"], "false")

    def test_it_runs_for_inventories(self):
        files = re.compile(self.hook["files"])
        for path in ("inventory.yaml", "dns/inventory.yml", "inventory/eu/mx.yaml", "mail.rdnsgate.yaml"):
            self.assertTrue(files.search(path), path)
        for path in ("README.md", "zones/example.com.zone", "myinventory.yaml", "inventory.yaml.bak", "docker-compose.yml"):
            self.assertFalse(files.search(path), path)

    def test_it_passes_and_fails_with_no_network(self):
        self.assertEqual(self.run_shell(self.hook["entry"], {}).returncode, 0)
        inventory = self.folder / "inventory.yaml"
        inventory.write_text(inventory.read_text().replace("senders:", "sendrs:"))
        done = self.run_shell(self.hook["entry"], {})
        self.assertEqual(done.returncode, 2)
        self.assertIn('did you mean "senders"?', done.stdout)


class RolloutJobs(Pipeline):
    """What needs no name servers; tests/lab/rollout_test.py lets both jobs carry a rename out."""

    def plan(self, managed_by):
        inventory = self.folder / "inventory.yaml"
        inventory.write_text(re.sub(r"managed_by: \w+", f"managed_by: {managed_by}", inventory.read_text()))
        done = self.run_shell("rdnsgate plan --zone-files zones -o rollout inventory.yaml", {})
        self.assertTrue((self.folder / "rollout/plan.json").is_file(), done.stderr)

    def step(self):
        (self.folder / "ci").symlink_to(ROOT / "ci")
        return self.run_shell("sh ci/rollout-step.sh", {
            "PLAN": "rollout/plan.json", "STATE": "state.json", "KEY": "none", "PATIENCE": "5s", "OPTIONS": "--timeout 1s"})

    def test_both_keep_their_state_and_run_one_at_a_time(self):
        workflow = read("ci/github/rdnsgate-rollout.yml")
        self.assertEqual(workflow["permissions"], {"contents": "read"})
        self.assertEqual(workflow["concurrency"]["cancel-in-progress"], "false")
        steps = workflow["jobs"]["step"]["steps"]
        self.assertIn(workflow["env"]["STATE"], [step["with"]["path"] for step in steps if "actions/cache" in step.get("uses", "")])
        for step in steps:
            self.assertNotIn("${{", step.get("run", ""))
        job = read("ci/gitlab/rdnsgate-rollout.gitlab-ci.yml")["rdnsgate:rollout"]
        self.assertTrue(job["resource_group"])
        self.assertEqual((job["cache"]["paths"], job["cache"]["when"]), ([job["variables"]["STATE"]], "always"))

    def test_a_zone_that_nsupdate_does_not_change_is_refused_before_anything_is_asked(self):
        self.plan("ticket")
        done = self.step()
        self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
        self.assertIn("managed_by: nsupdate", done.stderr)

    def test_without_a_network_nothing_is_sent(self):
        self.plan("nsupdate")
        done = self.step()
        self.assertEqual(done.returncode, 3, done.stdout + done.stderr)
        self.assertNotIn("update add", done.stdout)


class Shards(Pipeline):
    """The scripts of both, one job after the other, and the merged report beside that of one run."""
    def one_run(self):
        done = self.run_shell(f"{shlex.quote(BINARY)} check --now 2027-03-01T08:00:00Z --zone-files zones --output json=whole.json inventory.yaml", {})
        self.assertEqual(done.returncode, 1, done.stderr)
        return json.loads((self.folder / "whole.json").read_text())

    def offline_tool(self):
        """The scripts ask the DNS; here zone files answer."""
        tool = self.folder / "bin/rdnsgate"
        tool.unlink()
        tool.write_text(f'#!/bin/sh\n[ "$1" != check ] || {{ shift; set -- check --now 2027-03-01T08:00:00Z --zone-files zones "$@"; }}\n'
                        f'exec {shlex.quote(BINARY)} "$@"\n')
        tool.chmod(0o755)

    def assert_is_one_run(self, merged):
        whole = self.one_run()
        for report in (whole, merged):
            for vantage in report["vantages"]:
                vantage.update(p50_ms=0, p99_ms=0)
        self.assertEqual(merged, whole)

    def test_gitlab_jobs_in_parallel(self):
        jobs = read("ci/gitlab/rdnsgate-shards.gitlab-ci.yml")
        self.offline_tool()
        variables = jobs[".rdnsgate-shards"]["variables"]
        shard, merged = jobs["rdnsgate:shard"], jobs["rdnsgate:merged"]
        self.assertEqual(merged["needs"], ["rdnsgate:shard"])
        for index in range(1, int(shard["parallel"]) + 1):
            for command in shard["script"]:
                done = self.run_shell(command, variables | {"CI_NODE_INDEX": str(index), "CI_NODE_TOTAL": str(shard["parallel"])})
                self.assertEqual(done.returncode, 0, done.stderr)
        (self.folder / "rdnsgate-shard-1.json").rename(self.folder / "kept")
        (command,) = merged["script"]
        self.assertEqual(self.run_shell(command, variables).returncode, 2)
        (self.folder / "kept").rename(self.folder / "rdnsgate-shard-1.json")
        done = self.run_shell(command, variables)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertTrue((self.folder / "rdnsgate.xml").is_file())
        self.assert_is_one_run(json.loads((self.folder / "rdnsgate.json").read_text()))
        variables = variables | {"CI_NODE_INDEX": "1", "CI_NODE_TOTAL": "16", "RDNSGATE_INVENTORY": "missing.yaml"}
        self.assertEqual(self.run_shell(shard["script"][0], variables).returncode, 2)

    def test_pods_of_an_indexed_job(self):
        job, merge = read("ci/kubernetes/rdnsgate-shards.yaml"), read("ci/kubernetes/rdnsgate-merge.yaml")
        self.assertEqual(job["spec"]["completionMode"], "Indexed")
        self.offline_tool()
        (self.folder / "reports").mkdir()

        def run_pod(manifest, **more):
            (container,) = manifest["spec"]["template"]["spec"]["containers"]
            variables = {one["name"]: one["value"] for one in container["env"]} | {"REPORTS": "reports"} | more
            self.assertEqual(container["command"], ["sh", "-c"])
            return self.run_shell(f"sh -c {shlex.quote(container['args'][0])}", variables)
        (container,) = job["spec"]["template"]["spec"]["containers"]
        shards = next(one["value"] for one in container["env"] if one["name"] == "SHARDS")
        self.assertEqual(int(shards), job["spec"]["completions"])
        for index in range(int(shards)):
            done = run_pod(job, JOB_COMPLETION_INDEX=str(index))
            self.assertEqual(done.returncode, 0, done.stderr)
        done = run_pod(merge)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assert_is_one_run(json.loads((self.folder / "reports/report.json").read_text()))
        self.assertEqual(run_pod(job, JOB_COMPLETION_INDEX="0", RDNSGATE_INVENTORY="missing.yaml").returncode, 2)


class Documentation(unittest.TestCase):
    def test_what_is_shown_is_what_is_there(self):
        page = (ROOT / "docs/pipeline.md").read_text()
        for path in ("ci/github/rdnsgate.yml", "ci/github/rdnsgate-matcher.json", "ci/gitlab/rdnsgate.gitlab-ci.yml", ".pre-commit-hooks.yaml",
                     "ci/action/action.yml", "ci/gitlab/rdnsgate-component.yml", "ci/Containerfile",
                     "ci/github/rdnsgate-rollout.yml", "ci/gitlab/rdnsgate-rollout.gitlab-ci.yml", "ci/rollout-step.sh",
                     "ci/gitlab/rdnsgate-shards.gitlab-ci.yml", "ci/kubernetes/rdnsgate-shards.yaml", "ci/kubernetes/rdnsgate-merge.yaml"):
            self.assertIn(path, page)
        for link in re.findall(r"\]\(([^)#]+)\)", page):
            self.assertTrue((ROOT / "docs" / link).exists(), link)


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
