#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""The action for GitHub and the component for GitLab: their steps are run as the runners run them, on the example.

Usage: action_test.py RDNSGATE_BINARY [unittest arguments]
"""
import hashlib
import json
import re
import sys
import unittest
import xml.etree.ElementTree as xml
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parent))
import pipelines_test as shipped

ROOT = shipped.ROOT
FAKE_GH = """#!/bin/bash
printf '%s\\n' "$*" >>gh.log
[ ! -f gh.fails ] || exit 1
case $* in
  *--paginate*) [ ! -f gh.comments ] || jq -r "${*: -1}" gh.comments ;;
  *) cp "${*: -1}" gh.body 2>/dev/null || cp "$(sed 's/.*body=@//' <<<"$*")" gh.body ;;
esac
"""


class Action(shipped.Pipeline):
    def setUp(self):
        super().setUp()
        self.action = shipped.read("ci/action/action.yml")
        self.steps = self.action["runs"]["steps"]
        self.output, self.summary = self.folder / "output", self.folder / "summary.md"
        self.tool("gh", FAKE_GH)

    def tool(self, name, text):
        path = self.folder / "bin" / name
        path.write_text(text)
        path.chmod(0o755)

    def value(self, expression, inputs):
        """What an expression stands for; those of the action name inputs, outputs of its steps and the event."""
        outputs = dict(line.split("=", 1) for line in self.output.read_text().splitlines()) if self.output.exists() else {}
        names = {**{f"inputs.{name}": value for name, value in inputs.items()},
                 **{f"steps.gate.outputs.{name}": value for name, value in outputs.items()},
                 "github.event_name": "pull_request", "github.token": "the token"}
        if re.fullmatch(r"[a-z0-9_.-]+", expression):
            return names.get(expression, "")
        python = re.sub(r"[a-z_]+(?:\.[a-z0-9_-]+)+", lambda found: repr(names.get(found[0], "")), expression)
        return eval(python.replace("&&", "and").replace("||", "or"))  # of this repository's own file

    def run_action(self, **given):
        """The steps in turn, until one fails. {step's name: what became of it}."""
        inputs = {name: re.sub(r"\$\{\{ (.*?) \}\}", "the token", one.get("default", "")) for name, one in self.action["inputs"].items()}
        inputs |= {name.replace("_", "-"): value for name, value in given.items()}
        self.output.unlink(missing_ok=True)
        self.summary.unlink(missing_ok=True)
        done = {}
        for step in self.steps:
            if "if" in step and not self.value(step["if"], inputs):
                continue
            if "uses" in step:
                done[step["name"]] = re.sub(r"\$\{\{ (.*?) \}\}", lambda found: self.value(found[1], inputs), step["with"]["sarif_file"])
                continue
            environment = {name: re.sub(r"\$\{\{ (.*?) \}\}", lambda found: self.value(found[1], inputs), text)
                           for name, text in step["env"].items()}
            environment |= {"GITHUB_ACTION_PATH": str(ROOT / "ci/action"), "GITHUB_OUTPUT": str(self.output), "RUNNER_TEMP": str(self.folder),
                            "GITHUB_STEP_SUMMARY": str(self.summary), "GITHUB_REF": "refs/pull/12/merge", "GITHUB_REPOSITORY": "team/dns"}
            done[step["name"]] = self.run_shell(step["run"], environment)
            if done[step["name"]].returncode != 0:
                break
        return done

    def outputs(self):
        return dict(line.split("=", 1) for line in self.output.read_text().splitlines())

    def test_it_has_what_an_action_must_have(self):
        self.assertEqual(self.action["runs"]["using"], "composite")
        for one in [*self.action["inputs"].values(), *self.action["outputs"].values()]:
            self.assertTrue(one["description"])
        for step in self.steps:
            self.assertEqual(len({"run", "uses"} & set(step)), 1, step)
            if "run" in step:
                self.assertEqual(step["shell"], "bash")
                # What an expression puts into a script is not quoted: a file's name could be a command.
                self.assertNotIn("${{", step["run"])
        text = (ROOT / "ci/action/action.yml").read_text()
        for name in self.action["inputs"]:
            self.assertIn(f"inputs.{name}", text.split("runs:")[1], name)
        with_token = [step["name"] for step in self.steps if "inputs.token" in str(step)]
        self.assertEqual(with_token, ["Show it in the pull request"])

    def test_it_is_red_when_all_was_shown(self):
        done = self.run_action(zones="zones", sarif="true", comment="true")
        self.assertEqual([name for name in done], ["Judge", "Show it in the summary of the job", "Show it in code scanning",
                                                   "Show it in the pull request", "The verdict"])
        self.assertEqual(done["The verdict"].returncode, 1)
        self.assertIn("::error file=zones/2.0.192.in-addr.arpa.zone,line=7,", done["Judge"].stdout)
        outputs = self.outputs()
        self.assertEqual((outputs["exit-code"], outputs["verdict"], outputs["errors"]), ("1", "fail", "5"))
        report = json.loads((Path(outputs["report"]) / "report.json").read_text())
        self.assertEqual((int(outputs["errors"]), int(outputs["warnings"])), (report["summary"]["errors"], report["summary"]["warnings"]))
        self.assertEqual(json.loads(Path(done["Show it in code scanning"]).read_text())["version"], "2.1.0")
        xml.parse(Path(outputs["report"]) / "report.xml")
        summary = self.summary.read_text()
        self.assertIn("## rdnsgate: fail", summary)
        self.assertIn("<summary>What has to change</summary>", summary)
        self.assertIn("PTR", summary.split("What has to change")[1])

    def test_it_is_green_when_all_is_mended(self):
        self.mend()
        done = self.run_action(zones="zones")
        self.assertEqual({name: one.returncode for name, one in done.items()},
                         {"Judge": 0, "Show it in the summary of the job": 0, "The verdict": 0})
        self.assertEqual(self.outputs()["verdict"], "pass")

    def test_what_could_not_be_asked_is_as_the_workflow_wants_it(self):
        done = self.run_action(args="--timeout=1s\n\n  --deadline=20s  \n", plan="false")
        self.assertEqual((done["The verdict"].returncode, self.outputs()["verdict"]), (3, "inconclusive"), done["Judge"].stderr)
        done = self.run_action(args="--timeout=1s\n--deadline=20s", plan="false", inconclusive="pass")
        self.assertEqual((done["The verdict"].returncode, self.outputs()["verdict"]), (0, "pass"))

    def test_a_wrong_inventory_is_no_verdict_about_the_dns(self):
        (self.folder / "inventory.yaml").write_text("sendrs: []\n")
        done = self.run_action(zones="zones", sarif="true")
        self.assertEqual((done["The verdict"].returncode, self.outputs()["verdict"]), (2, "unusable"))
        self.assertNotIn("Show it in code scanning", done)
        self.assertNotIn("plan: ", done["Judge"].stdout)  # which says the same once more
        self.assertIn("senders", self.summary.read_text())

    def test_no_input_is_a_command(self):
        hostile = "x$(touch pwned)`touch pwned`; touch pwned\n'\"; touch pwned"
        for name in ("inventory", "zones", "fail-on", "inconclusive", "baseline", "args", "plan-args", "plan"):
            done = self.run_action(**{"zones": "zones", name: hostile, "comment": "true"})
            self.assertFalse((self.folder / "pwned").exists(), name)
            self.assertIn("The verdict", done, name)

    def test_the_comment_is_written_once_and_then_rewritten(self):
        self.run_action(zones="zones", comment="true")
        self.assertIn("api --method POST repos/team/dns/issues/12/comments", (self.folder / "gh.log").read_text())
        body = (self.folder / "gh.body").read_text()
        self.assertTrue(body.startswith("<!-- rdnsgate -->\n"))
        self.assertIn("What has to change", body)
        self.assertLess(len(body), 65536)
        bot, person = {"type": "Bot"}, {"type": "User"}
        (self.folder / "gh.comments").write_text(json.dumps([
            {"id": 75, "user": person, "body": body}, {"id": 76, "user": bot, "body": "of another bot, about <!-- rdnsgate -->"},
            {"id": 77, "user": bot, "body": body}]))
        self.run_action(zones="zones", comment="true")
        self.assertIn("api --method PATCH repos/team/dns/issues/comments/77", (self.folder / "gh.log").read_text().splitlines()[-1])

    def test_a_token_that_may_not_comment_is_a_warning(self):
        (self.folder / "gh.fails").write_text("")
        self.mend()
        done = self.run_action(zones="zones", comment="true")
        self.assertIn("::warning title=rdnsgate::", done["Show it in the pull request"].stdout)
        self.assertEqual(done["The verdict"].returncode, 0)

    def test_a_plan_that_is_too_long_is_left_out_of_the_comment(self):
        report = self.folder / "report"
        report.mkdir()
        (report / "report.md").write_text("## rdnsgate: fail\n")
        (report / "plan.md").write_text("record\n" * 20000)
        done = self.run_shell(f"bash {ROOT}/ci/action/summary.sh", {"REPORT": str(report)})
        self.assertEqual(done.returncode, 0)
        self.assertIn("too long", done.stdout)
        self.assertLess(len(done.stdout), 1000)

    def test_only_the_package_that_was_meant_is_installed(self):
        package = self.folder / "rdnsgate.deb"
        package.write_bytes(b"a package")
        right = hashlib.sha256(b"a package").hexdigest()
        for tool in ("apt-get", "sudo"):
            self.tool(tool, '#!/bin/bash\n[ "$1" != -n ] || shift\n[ "${0##*/}" = apt-get ] || exec "$@"\necho "$*" >>apt.log\n')
        log = self.folder / "apt.log"
        for given, why in (({"package_sha256": "0" * 64}, "another SHA-256"), ({}, "package-sha256 is missing"),
                           ({"package": "http://localhost/rdnsgate.deb", "package_sha256": right}, "only https")):
            done = self.run_action(**{"package": str(package), "zones": "zones", **given})
            self.assertEqual([name for name in done], ["Install rdnsgate"])
            self.assertEqual(done["Install rdnsgate"].returncode, 2)
            self.assertIn(why, done["Install rdnsgate"].stdout)
            self.assertFalse(log.exists(), why)
        done = self.run_action(package=str(package), package_sha256=right, zones="zones")
        self.assertEqual(done["Install rdnsgate"].returncode, 0, done["Install rdnsgate"].stderr)
        self.assertRegex(log.read_text(), r"install --no-install-recommends \S+/rdnsgate\.deb\n")
        self.assertIn("Judge", done)

    def test_a_pull_request_is_judged_with_the_configuration_of_its_base(self):
        commands = self.note_commands()
        self.environment["GITHUB_BASE_REF"] = "main"
        self.run_action(zones="zones")
        self.assertEqual(len(commands()), 3)
        for line in commands():
            self.assertTrue(line.startswith("--config-from origin/main "), line)

    def test_each_input_reaches_the_commands_that_heed_it(self):
        commands = self.note_commands()
        self.run_action(inventory="my mail.yaml", zones=" zones\n\ndns ", over="live", fail_on="warning", baseline="known.json", inconclusive="pass",
                        args="--timeout=1s", plan_args="--at-once")
        lint, check, plan = (re.sub(r" --output \w+=\S+", "", line) for line in commands())
        self.assertEqual(lint, "lint --format github --fail-on warning --baseline known.json -- 'my mail.yaml'")
        answers = "--zone-files zones --zone-files dns --over live"
        self.assertEqual(check, "check --format github --fail-on warning --baseline known.json --inconclusive pass "
                                f"{answers} --timeout=1s -- 'my mail.yaml'")
        self.assertEqual(plan, f"plan --format markdown {answers} --at-once -- 'my mail.yaml'")

    def test_nothing_is_laid_over_the_dns_where_there_are_no_zones(self):
        commands = self.note_commands()
        self.run_action(over="live", plan="false")
        self.assertEqual(["--over" in line for line in commands()], [False, False])


class Documentation(unittest.TestCase):
    def test_it_names_every_input_and_output(self):
        page = (ROOT / "docs/pipeline.md").read_text()
        action = shipped.read("ci/action/action.yml")
        component = yaml.safe_load((ROOT / "ci/gitlab/rdnsgate-component.yml").read_text().split("\n---\n")[0])["spec"]["inputs"]
        step, include = page.split("## A step for GitHub Actions")[1].split("## An include for GitLab")
        for name in [*action["inputs"], *action["outputs"]]:
            self.assertIn(f"`{name}`", step)
        for name in component:
            self.assertIn(f"`{name}`", include)


class Component(shipped.Pipeline):
    """ci/gitlab/rdnsgate-component.yml, with its inputs put in as GitLab does: into the text, before it is read."""

    def setUp(self):
        super().setUp()
        self.text = (ROOT / "ci/gitlab/rdnsgate-component.yml").read_text()
        head, self.body = self.text.split("\n---\n")
        self.inputs = yaml.load(head, shipped.Loader)["spec"]["inputs"]

    def jobs(self, **given):
        given = {name.replace("_", "-"): value for name, value in given.items()}
        self.assertLessEqual(set(given), set(self.inputs))
        values = {name: given.get(name, one.get("default")) for name, one in self.inputs.items()}
        for name, value in values.items():
            self.assertIsNotNone(value, f"{name} has to be given")
        return yaml.load(re.sub(r"\$\[\[ inputs\.([a-z-]+) \]\]", lambda found: values[found[1]], self.body), shipped.Loader)

    def run_script(self, job):
        variables = {name: value["value"] if isinstance(value, dict) else str(value) for name, value in job["variables"].items()}
        done = None
        for command in job["script"]:
            done = self.run_shell(command, variables)
            if done.returncode != 0:
                break
        return done

    def test_every_input_is_described_and_used_and_reaches_no_script(self):
        used = set(re.findall(r"\$\[\[ inputs\.([a-z-]+) \]\]", self.body))
        self.assertEqual(used, set(self.inputs))
        for name, one in self.inputs.items():
            self.assertTrue(one["description"], name)
        for job in yaml.load(self.body, shipped.Loader).values():
            self.assertNotIn("$[[", "\n".join(job["script"]))
            for name, value in job["variables"].items():
                self.assertTrue(name == "GIT_DEPTH" or value["expand"] == "false", name)

    def test_the_gate_is_red_and_its_reports_are_those_that_gitlab_looks_for(self):
        gate = self.jobs(image="an image")["rdnsgate:gate"]
        done = self.run_script(gate)
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertEqual(set(gate["artifacts"]["reports"].values()), set(gate["artifacts"]["paths"]))
        self.assertEqual(len(json.loads((self.folder / gate["artifacts"]["reports"]["codequality"]).read_text())), 6)
        self.assertEqual(xml.parse(self.folder / gate["artifacts"]["reports"]["junit"]).getroot().get("failures"), "5")

    def test_the_gate_is_green_when_all_is_mended_and_heeds_its_inputs(self):
        self.assertEqual(self.run_script(self.jobs(image="i", fail_on="never")["rdnsgate:gate"]).returncode, 0)
        self.mend()
        (self.folder / "zones").rename(self.folder / "other")
        inventory = self.folder / "inventory.yaml"
        (self.folder / "mail.yaml").write_text(inventory.read_text().replace("file: zones/", "file: other/"))
        inventory.unlink()
        done = self.run_script(self.jobs(image="i", zones="other", inventory="mail.yaml", job_prefix="dns")["dns:gate"])
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_each_input_reaches_the_commands_that_heed_it(self):
        commands = self.note_commands()
        self.environment["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"] = "main"
        self.run_script(self.jobs(image="i", zones="dns")["rdnsgate:gate"])
        self.run_script(self.jobs(image="i", zones="dns", over="known.facts")["rdnsgate:gate"])
        lint, check, _, check_over = commands()
        self.assertTrue(lint.startswith("--config-from origin/main lint "), lint)
        self.assertTrue(check.startswith("--config-from origin/main check --zone-files dns --output "), check)
        self.assertTrue(check_over.startswith("--config-from origin/main check --zone-files dns --over known.facts --output "), check_over)

    def test_no_input_is_a_command(self):
        hostile = "$(touch pwned)`touch pwned`;touch pwned"
        for name in ("inventory", "zones", "baseline", "fail-on"):
            for job in self.jobs(**{"image": "i", name: hostile}).values():
                self.run_script(job)
                self.assertFalse((self.folder / "pwned").exists(), name)

    def test_the_drift_may_fail_because_the_network_is_gone(self):
        drift = self.jobs(image="an image")["rdnsgate:drift"]
        self.environment["RDNSGATE_TIMEOUT"] = "1s"
        done = self.run_script(drift)
        self.assertIn(str(done.returncode), [str(code) for code in drift["allow_failure"]["exit_codes"]], done.stdout + done.stderr)
        self.assertTrue((self.folder / "rdnsgate.xml").is_file())


if __name__ == "__main__":
    BINARY = shipped.BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
