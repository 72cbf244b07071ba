# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Programs from the unpacked packages in .lab/."""
import os
import platform
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
LAB = Path(os.environ.get("RDNSGATE_LAB", ROOT / ".lab"))


class LabError(Exception):
    """The lab itself does not work; says nothing about rdnsgate."""


def libraries():
    """Where Debian keeps shared libraries."""
    return f"/usr/lib/{platform.machine()}-linux-gnu"


def environment():
    """For programs of .lab/ only: the shared libraries unpacked beside them come first."""
    return {**os.environ, "LD_LIBRARY_PATH": f"{LAB}{libraries()}"}


def tool(name):
    for folder in ("usr/sbin", "usr/bin"):
        path = LAB / folder / name
        if path.exists():
            return str(path)
    raise LabError(f"{name} is not in {LAB}; run ci/packages.sh lab")


def run_tool(name, *arguments, cwd=None):
    """Runs a program of .lab/ to its end and returns what it printed."""
    done = subprocess.run([tool(name), *map(str, arguments)], cwd=cwd, env=environment(), text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
    if done.returncode != 0:
        raise LabError(f"{name} {' '.join(map(str, arguments))}: exit {done.returncode}\n{done.stdout}")
    return done.stdout


def dig(server, name, rrtype, *options):
    """Asks as a person would; the lines of `dig +short`."""
    done = subprocess.run(["dig", f"@{server}", name, rrtype, "+short", "+tries=1", "+time=1", *options], text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return [line for line in done.stdout.splitlines() if line and not line.startswith(";")]


class Server:
    """One name server in the foreground, logging into its own folder."""

    def __init__(self, folder, address):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True)
        self.address = address
        self.process = None

    def command(self):
        raise NotImplementedError

    def working_folder(self):
        """Where it is started."""
        return self.folder

    def probe(self):
        """A name and type that a ready server answers."""
        raise NotImplementedError

    def start(self):
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(self.command(), cwd=self.working_folder(), env=environment(), stdout=log, stderr=log,
                                            stdin=subprocess.DEVNULL)

    def wait_until_ready(self, seconds=20):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise LabError(f"{self} ended at once: exit {self.process.returncode}\n{self.log()}")
            if dig(self.address, *self.probe()):
                return
            time.sleep(0.05)
        raise LabError(f"{self} does not answer after {seconds} s\n{self.log()}")

    def stop(self):
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def log(self):
        return (self.folder / "log").read_text(errors="replace")[-3000:]

    def __str__(self):
        return f"{type(self).__name__.lower()} at {self.address}"
