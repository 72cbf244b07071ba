#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Each page of docs/guide, and the README, is walked through: its files are written, its commands run one after another.

A block that begins with `# PATH` is that file. In a block of commands, `# exit N` is how one ends, and `# asks the DNS` one
that cannot be answered here, where there is no network. A command that is not run needs a reason in NOT_RUN.

Usage: guide_test.py RDNSGATE_BINARY [unittest arguments]
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))
import offline

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*sorted((ROOT / "docs/guide").glob("*.md")), ROOT / "README.md", ROOT / "docs/install.md"]
# Blocks with these words have a test of their own, or take what a test has not.
NOT_RUN = {
    "./ci/demo.sh": ".ci/run runs it in an empty root",
    "./ci/test.sh": "is what runs this",
    "ci/package.sh": "ci/package.sh --test",
    "ci/container.sh": "ci/package.sh --test",
    "apt-get install": "ci/package.sh --test, in an empty root",
    "meson setup": "tests/ci/install_test.py",
    "podman run": "ci/container.sh --test",
    "$(command -v": "needs a home",
    "nsupdate -k": "tests/lab/rollout_test.py",
    "ninja -C": "tests/ci/install_test.py",
}
BINARY = None


def blocks(text):
    """(language, text) of each fenced block."""
    return re.findall(r"^```(\w+)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def commands(block):
    """(command, expected exit or None for one that asks the DNS); a line that ends in \\ goes on."""
    for line in re.sub(r"\\\n\s*", " ", block).splitlines():
        command, _, comment = line.partition("  # ")
        if not command.strip() or command.lstrip().startswith("#"):
            continue
        expected = re.search(r"exit (\d+)", comment)
        yield command.strip(), None if "asks the DNS" in comment else int(expected[1]) if expected else 0


class Guide(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp()) / "repository"
        self.addCleanup(shutil.rmtree, self.folder.parent)
        shutil.copytree(ROOT / "example/zones", self.folder / "zones")
        inventory = (ROOT / "inventory.example.yaml").read_text().replace("example/zones/", "zones/")
        (self.folder / "inventory.yaml").write_text(re.sub(r"^# yaml-language.*\n", "", inventory))
        tools = self.folder.parent / "bin"
        tools.mkdir()
        (tools / "rdnsgate").symlink_to(BINARY)
        self.environment = {"PATH": f"{tools}:{os.environ['PATH']}", "LANG": "C.UTF-8", "HOME": str(self.folder.parent),
                            "RDNSGATE_TIMEOUT": "300ms", "RDNSGATE_DEADLINE": "20s",
                            "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example"}
        self.environment.update({name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ})

    def shell(self, command):
        return subprocess.run(offline.command(["bash", "-e", "-o", "pipefail", "-c", command]), cwd=self.folder, env=self.environment,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120, check=False)

    def walk(self, page):
        ran = 0
        for language, text in blocks(page.read_text()):
            path = re.match(r"[#;] (\S+/?\S+\.\w+)\n", text)
            if language != "sh" and path:
                (self.folder / path[1]).parent.mkdir(parents=True, exist_ok=True)
                (self.folder / path[1]).write_text(text)
            if language == "sh" and "git worktree" in text:
                done = self.shell("git init -q -b main . && git add -A && git commit -qm before && git checkout -qb branch")
                self.assertEqual(done.returncode, 0, done.stderr)
            if language != "sh" or any(words in text for words in NOT_RUN):
                continue
            for command, expected in commands(text):
                done = self.shell(command)
                said = f"{page.name}: {command}\n{done.stdout[-2000:]}\n{done.stderr}"
                if expected is None:
                    self.assertIn(done.returncode, (1, 3), said)
                else:
                    self.assertEqual(done.returncode, expected, said)
                ran += 1
        return ran

    def test_the_pages_say_nothing_that_does_not_work(self):
        ran = 0
        for page in PAGES:
            with self.subTest(page.name):
                self.setUp()
                ran += self.walk(page)
        self.assertGreater(ran, 25)

    def test_their_links_lead_somewhere(self):
        for page in [*(ROOT / "docs").glob("*.md"), *(ROOT / "docs/guide").glob("*.md"), ROOT / "README.md"]:
            headings = {}
            for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
                path, _, anchor = link.partition("#")
                if path.startswith("http"):
                    continue
                target = (page.parent / path).resolve() if path else page
                self.assertTrue(target.exists(), f"{page.name}: {link}")
                if anchor and target.suffix == ".md":
                    names = headings.setdefault(target, {
                        re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in re.findall(r"^#+ (.*)$", target.read_text(), re.MULTILINE)})
                    self.assertIn(anchor, names, f"{page.name}: {link}")


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
