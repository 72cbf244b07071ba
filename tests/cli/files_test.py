#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""What every command that writes leaves behind on a disk that is full, and when it is killed: the old file or the new one, whole.

Usage: files_test.py RDNSGATE_BINARY [unittest arguments]

RDNSGATE_KILLS (for each command) and RDNSGATE_KILL_SEED make it longer, and another one.
"""
import ctypes
import errno
import hashlib
import json
import os
import random
import platform
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

import hunt_inputs
import offline

BINARY = None
KILLS = int(os.environ.get("RDNSGATE_KILLS", "12"))
DICE = random.Random(os.environ.get("RDNSGATE_KILL_SEED", "1"))
PAGE = 4096
NOW = ["--now", "2026-06-01T00:00:00Z"]
# What is written, with `@` for its folder; whether it is there before; and the command.
COMMANDS = {
    "check --output": ("@/r.json", True, ["check", "--zone-files", "z", "-o", "json=@/r.json", "i.yaml"]),
    "check --output, new": ("@/new.xml", False, ["check", "--zone-files", "z", "-o", "junit=@/new.xml", "i.yaml"]),
    "lint --output": ("@/r.json", True, ["lint", "-o", "sarif=@/r.json", "i.yaml"]),
    "check --record": ("@/facts.gz", True, ["check", "--zone-files", "z", "--record", "@/facts.gz", "i.yaml"]),
    "check --record, new": ("@/new.facts", False, ["check", "--zone-files", "z", "--record", "@/new.facts", "i.yaml"]),
    "plan --record": ("@/facts.gz", True, ["plan", "--zone-files", "z", "--record", "@/facts.gz", "i.yaml"]),
    "plan -o": ("@/plan", False, ["plan", "--zone-files", "z", "-o", "@/plan", "i.yaml"]),
    "facts merge": ("@/facts.gz", True, ["facts", "merge", "facts.gz", "-o", "@/facts.gz"]),
    "baseline write": ("@/r.json", True, ["baseline", "write", "report.json", "-o", "@/r.json"]),
    "rollout --state": ("@/state.json", True, ["rollout", "status", "--zone-files", "applied", "--state", "@/state.json", "plan.json"]),
    "rollout --state, new": ("@/new.state", False, ["rollout", "status", "--zone-files", "applied", "--state", "@/new.state", "plan.json"]),
    "fmt": ("@/messy.yaml", True, ["fmt", "@/messy.yaml"]),
    "lint --fix": ("@/messy.yaml", True, ["lint", "--fix", "@/messy.yaml"]),
    "init -o": ("@/messy.yaml", True, ["init", "--force", "--from-csv", "hosts.csv", "--zone-files", "z", "-o", "@/messy.yaml"]),
    "init -o, new": ("@/new.yaml", False, ["init", "--from-csv", "hosts.csv", "--zone-files", "z", "-o", "@/new.yaml"]),
}


def messy(count=60):
    return "version: 1\nsenders:\n" + "".join(
        f"  -   {{addresses:   [192.0.2.{i}], name: s{i},   helo: S{i}.example.com.}}\n" for i in range(1, count)) + "rules: {addr-documentation: off}\n"


def digests(folder):
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}


# fsync, syncfs
SYNCS = {"x86_64": (74, 306), "aarch64": (82, 267)}


def refuse_syncs():
    """For this process and all that it becomes a disk answers no sync (seccomp(2); prctl(2))."""
    load, equal, give, allow, refuse = 0x20, 0x15, 0x06, 0x7FFF0000, 0x00050000
    steps = [(load, 0, 0, 0)]
    for number in SYNCS[platform.machine()]:
        steps += [(equal, 0, 1, number), (give, 0, 0, refuse | errno.EIO)]
    octets = b"".join(struct.pack("=HBBI", *step) for step in [*steps, (give, 0, 0, allow)])
    filter_ = ctypes.create_string_buffer(octets, len(octets))
    program = struct.pack("@HP", len(octets) // 8, ctypes.addressof(filter_))
    prctl = ctypes.CDLL(None).prctl
    if prctl(38, 1, None, 0, 0) or prctl(22, 2, program, 0, 0):
        os._exit(77)


class Files(unittest.TestCase):
    def setUp(self):
        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        hunt_inputs.Estate(BINARY, self.folder)
        self.seeds = self.folder / "seeds"
        self.seeds.mkdir()
        (self.seeds / "messy.yaml").write_text(messy())
        for name, old in {"r.json": "report.json", "facts.gz": "facts.gz"}.items():
            shutil.copy(self.folder / old, self.seeds / name)
        plan = json.loads((self.folder / "plan.json").read_text())
        (self.seeds / "state.json").write_text(json.dumps({"schema": "rdnsgate/rollout-state/1", "plan": plan["id"], "converged": {}, "done": {}}))
        self.apply(plan)
        self.at = self.folder / "at"

    def apply(self, plan):
        """Zones in which the first phases are done, so that there is something to remember."""
        shutil.copytree(self.folder / "z", self.folder / "applied")
        for phase in plan["phases"]:
            if phase.get("manual"):
                break
            for step in phase["steps"]:
                path = self.folder / "applied" / f"{step['zone'].rstrip('.')}.zone"
                owner = f"{step['owner']}.".removesuffix(f"{step['zone']}.").rstrip(".") or "@"
                kept = [line for line in path.read_text().splitlines() if not line.startswith(f"{owner} {step['type']} ")]
                made = [f"{owner} {step['after']['ttl']} {step['type']} {rdata}" for rdata in (step["after"] or {"rdata": []})["rdata"]]
                path.write_text("\n".join([*kept, *made]) + "\n")

    def refill(self):
        shutil.rmtree(self.at, ignore_errors=True)
        shutil.copytree(self.seeds, self.at)

    def words(self, command):
        return [BINARY, *(word.replace("@", "at") for word in command)]

    def test_a_full_disk(self):
        """A tmpfs of a few pages, all but some of them taken; and one that has room, but not for one more file."""
        mounts = offline.own_mounts()
        self.refused = 0
        for name, (_, _, command) in COMMANDS.items():
            for free, files in ((0, 99), (1, 99), (2, 99), (99, 0)):
                with self.subTest(command=name, free=free, files=files):
                    self.at.mkdir(exist_ok=True)
                    used = sum(-(-path.stat().st_size // PAGE) for path in self.seeds.iterdir())
                    inodes = len(list(self.seeds.iterdir())) + 1 + files
                    script = (f"mount -t tmpfs -o size={(used + free) * PAGE},nr_inodes={inodes} none at && cp seeds/* at/ && "
                              '"$@" >out 2>err; echo $? && cd at && find . -mindepth 1 | sort && find . -type f -exec sha256sum {} + | sort -k2')
                    done = subprocess.run([*mounts, "bash", "-c", script, "bash", *self.words(command)], cwd=self.folder, capture_output=True, text=True,
                                          timeout=60, check=True)
                    self.judge_full(name, done.stdout.splitlines(), (self.folder / "err").read_text(), command)
        self.assertGreater(self.refused, 2 * len(COMMANDS))

    def judge_full(self, name, lines, said, command):
        code, *rest = lines
        now = dict(line.split("  ./")[::-1] for line in rest if "  ./" in line)
        left = {line[2:] for line in rest if line.startswith("./")}
        old = digests(self.seeds)
        if now == old and code == "2":
            self.assertEqual(left, set(old), "something stays behind")
            self.refused += 1
            self.assertRegex(said, r"(?i)no space|cannot|could not", said)
            return
        # There was room for it: then all of it is there.
        self.assertIn(code, ("0", "1", "3", "75"), said)
        self.assertNotIn("bug", said)
        self.refill()
        whole = subprocess.run(offline.command(self.words(command)), cwd=self.folder, capture_output=True, timeout=60, check=False)
        self.assertEqual(str(whole.returncode), code)
        self.assertEqual(left, {str(path.relative_to(self.at)) for path in self.at.rglob("*")})
        self.assertEqual(now == old, digests(self.at) == old, "what was to be written was not")

    @unittest.skipUnless(platform.machine() in SYNCS, "the numbers of its system calls are not known")
    def test_what_cannot_be_synced_takes_no_place(self):
        """It is on the disk before it stands where the old one was."""
        for name, (_, _, command) in COMMANDS.items():
            with self.subTest(name):
                self.refill()
                before = digests(self.at)
                done = subprocess.run(self.words(command), cwd=self.folder, preexec_fn=refuse_syncs, capture_output=True,
                                      text=True, stdin=subprocess.DEVNULL, timeout=60, check=False)
                if done.returncode == 77:
                    self.skipTest("this machine takes no filter of system calls")
                self.assertEqual(done.returncode, 2, done.stdout + done.stderr)
                self.assertIn("Input/output error", done.stderr)
                self.assertEqual(digests(self.at), before)

    def test_killed_at_any_moment(self):
        for name, (_, was_there, command) in COMMANDS.items():
            self.refill()
            began = time.monotonic()
            done = subprocess.run(self.words(command), cwd=self.folder, capture_output=True, timeout=60, check=False)
            takes, whole = time.monotonic() - began, sorted(path.relative_to(self.at) for path in self.at.rglob("*"))
            self.assertIn(done.returncode, (0, 1, 3, 75), done.stderr)
            for number in range(KILLS):
                with self.subTest(command=name, number=number):
                    self.refill()
                    self.kill(command, DICE.uniform(0, 1.2 * takes))
                    self.judge_killed(name, whole)
                    again = subprocess.run(self.words(command), cwd=self.folder, capture_output=True, timeout=60, check=False)
                    if name == "plan -o" or name.startswith("init") and not was_there:
                        self.assertIn(again.returncode, (0, 2), again.stderr)  # it may be there already
                    else:
                        self.assertEqual(again.returncode, done.returncode if "fmt" not in name and "fix" not in name else again.returncode, again.stderr)
                    self.judge_killed(name, whole)

    def kill(self, command, after):
        process = subprocess.Popen(self.words(command), cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def judge_killed(self, name, whole):
        place, was_there, _ = COMMANDS[name]
        target = self.at / place[2:]
        for path in self.at.rglob("*"):
            own = path.relative_to(self.at)
            if own in whole or own.parts[0] == target.name:
                continue
            # What could not be cleaned up has a name of its own, which says whose it is and takes nobody's place.
            self.assertRegex(own.parts[0], r"^\.rdnsgate-", own)
        if target.is_dir():
            self.assertEqual(sorted(path.relative_to(self.at) for path in target.rglob("*")), [one for one in whole if one.parts[0] == target.name and len(one.parts) > 1])
        elif target.exists():
            self.judge_whole(name, target)
        else:
            self.assertFalse(was_there)

    def judge_whole(self, name, target):
        old = self.seeds / target.name
        data = target.read_bytes()
        if old.exists() and data == old.read_bytes():
            return
        if target.suffix in (".json",):
            json.loads(data)
        elif target.suffix == ".state":
            if data:  # a lock that nobody could take away; see below that the next one takes it for nothing
                json.loads(data)
        elif target.suffix in (".gz", ".facts"):
            shown = subprocess.run([BINARY, "facts", "show", str(target)], capture_output=True, timeout=60, check=False)
            self.assertEqual(shown.returncode, 0, shown.stderr)
        elif target.suffix == ".yaml":
            read = subprocess.run([BINARY, "lint", str(target)], capture_output=True, timeout=60, check=False)
            self.assertIn(read.returncode, (0, 1), read.stdout)
            if name in ("fmt", "lint --fix"):
                self.assertEqual(data.count(b"addresses"), old.read_bytes().count(b"addresses"))
        else:
            self.assertTrue(data.rstrip().endswith(b">"), data[-100:])


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
