# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""PostgreSQL, on a local socket alone. It refuses to run as root, so that it gets a user namespace in which it is nobody."""
import os
import platform
import signal
import subprocess
import time
from pathlib import Path

from .process import LAB, LabError, environment

BIN = LAB / "usr/lib/postgresql/15/bin"


def _as_nobody(command):
    # util-linux maps the user that started this to another number; the files stay theirs.
    return ["unshare", "--user", "--map-user=65534", "--map-group=65534", *map(str, command)] if os.geteuid() == 0 else [*map(str, command)]


class Postgres:
    """One server with an empty database, `fleet`."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.data = self.folder / "data"
        self.process = None
        if not (BIN / "postgres").exists():
            raise LabError(f"PostgreSQL is not in {LAB}; run ci/packages.sh lab")
        self.folder.mkdir(parents=True, exist_ok=True)
        self._run(BIN / "initdb", "-D", self.data, "-U", "fleet", "-A", "trust", "--no-sync", "--locale=C", "-E", "UTF8",
                  "-L", LAB / "usr/share/postgresql/15")

    @property
    def url(self):
        return f"postgresql://fleet@/fleet?host={self.folder}"

    def _run(self, *command):
        done = subprocess.run(_as_nobody(command), env=self._environment(), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
        if done.returncode != 0:
            raise LabError(f"{command[0]}: exit {done.returncode}\n{done.stdout}")

    @staticmethod
    def _environment():
        lab = environment()
        return {**lab, "LD_LIBRARY_PATH": f"{lab['LD_LIBRARY_PATH']}:{LAB}/usr/lib/{platform.machine()}-linux-gnu", "TZ": "UTC", "LANG": "C"}

    def start(self):
        log_file = self.folder / "log"
        begin = log_file.stat().st_size if log_file.exists() else 0
        with open(log_file, "ab") as log:
            self.process = subprocess.Popen(
                _as_nobody([BIN / "postgres", "-D", self.data, "-k", self.folder, "-c", "listen_addresses=", "-c", "timezone=UTC",
                            "-c", "log_timezone=UTC", "-c", "jit=off", "-c", "dynamic_shared_memory_type=mmap"]),
                env=self._environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        deadline = time.monotonic() + 30
        while "ready to accept connections" not in log_file.read_bytes()[begin:].decode():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise LabError(f"PostgreSQL does not start:\n{log_file.read_text()}")
            time.sleep(0.05)
        return self

    def create_database(self):
        single = subprocess.run(_as_nobody([BIN / "postgres", "--single", "-D", self.data, "postgres"]), input="CREATE DATABASE fleet\n",
                                env=self._environment(), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
        if single.returncode != 0:
            raise LabError(single.stdout)
        return self

    def pause(self):
        """Nothing answers any more, and nothing is closed: what a machine that hangs looks like."""
        os.killpg(self.process.pid, signal.SIGSTOP)

    def go_on(self):
        os.killpg(self.process.pid, signal.SIGCONT)

    def stop(self):
        if self.process is None:
            return
        self.go_on()
        self.process.send_signal(signal.SIGINT)  # fast shutdown
        self.process.wait(30)
        self.process = None
