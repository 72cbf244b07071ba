# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""What the benches have in common: runs that are timed, taken in turns, and one table of them."""
import dataclasses
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Callable

# Instructions are counted as a difference, so that what a start costs is not among them.
FEW, MORE = 500, 2500


def read_back(file):
    file.seek(0)
    return file.read().decode(errors="replace")


def run(command, env=None, codes=(0,)):
    """Runs to the end: wall seconds, CPU seconds, peak resident KiB, and standard output."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as talk:
        began = time.monotonic()
        child = subprocess.Popen(command, stdout=out, stderr=talk, stdin=subprocess.DEVNULL, env=env)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.monotonic() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        text, errors = (read_back(file) for file in (out, talk))
    if child.returncode not in codes:
        sys.exit(f"{' '.join(map(str, command))}: exit {child.returncode}\n{text[-2000:]}\n{errors[-2000:]}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, text


@dataclasses.dataclass
class Way:
    """Something that is measured, and what it is measured beside. Names are unique in a table.

    once: measures it: wall seconds, CPU seconds, peak KiB and how many items that were.
    beside: names of other ways of the same table; ratios are of what an item costs.
    growing: the command for so many items, for which instructions are counted; None where that says nothing.
    note: what else there is to say of the last run.
    """
    name: str
    once: Callable
    beside: tuple = ()
    growing: Callable = None
    note: Callable = None


def timed(command, items, env=None, codes=(0,)):
    """A way's `once` for a command whose items are known beforehand."""
    return lambda: (*run(command, env, codes)[:3], items)


def instructions(command):
    """Of all threads, as callgrind counts them."""
    done = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *map(str, command)], stdin=subprocess.DEVNULL,
                          stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode not in (0, 1) or not found:
        sys.exit(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stderr[-2000:]}")
    return int(found[1])


def instructions_each(way):
    if way.growing is None or shutil.which("valgrind") is None:
        return None
    return (instructions(way.growing(MORE)) - instructions(way.growing(FEW))) / (MORE - FEW)


class Table:
    HEAD = ("| what | items | wall | CPU an item | instructions an item | memory | octets an item | beside: wall, CPU an item | |\n"
            "|---|---|---|---|---|---|---|---|---|")

    def __init__(self, rounds):
        self.rounds = rounds
        self.medians = {}
        print(self.HEAD, flush=True)

    def measure(self, ways):
        """In turns, so that a slow moment of the machine falls on all."""
        rows = {way.name: [] for way in ways}
        for _ in range(self.rounds):
            for way in ways:
                rows[way.name].append(way.once())
        for way in ways:
            self.medians[way.name] = [statistics.median(column) for column in zip(*rows[way.name])]
        for way in ways:
            self.print_row(way)

    def print_row(self, way):
        wall, cpu, rss, items = self.medians[way.name]
        each = instructions_each(way)
        ratios = []
        for other in way.beside:
            if other in self.medians:
                their_wall, their_cpu, _, their_items = self.medians[other]
                ratios.append(f"{other} {(wall / items) / (their_wall / their_items):.2f}, {(cpu / items) / (their_cpu / their_items):.2f}")
        print(f"| {way.name} | {items:,.0f} | {wall:.3f} s | {1e6 * cpu / items:.2f} us | {'' if each is None else f'{each:,.0f}'} "
              f"| {rss / 1024:.0f} MiB | {1024 * rss / items:,.0f} | {'; '.join(ratios)} | {way.note() if way.note else ''} |", flush=True)
