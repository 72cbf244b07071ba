# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Zone files are answered from as NSD and Knot answer from them, whatever their shape.

RDNSGATE_ZONE_RUNS says how many estates of random shape there are, RDNSGATE_ZONE_SEED which.
"""
import os
import random
import subprocess
from pathlib import Path

from rdnslab.case import LabCase, scratch
from rdnslab.random_zones import Estate
from rdnslab.servers import Knot, Nsd

RUNS = int(os.environ.get("RDNSGATE_ZONE_RUNS", "12"))
SEED = int(os.environ.get("RDNSGATE_ZONE_SEED", "4592"))
NSD, KNOT = "127.0.1.61", "127.0.1.62"


def probe():
    """The program that stands beside the one under test."""
    return Path(os.environ["RDNSGATE"]).parents[2] / "tests" / "lab" / "zone_probe"


class Answers(LabCase):
    @classmethod
    def setUpClass(cls):
        folder = scratch()
        rolls = random.Random(SEED)
        estates = [Estate(rolls, f"e{i}.test") for i in range(RUNS)]
        cls.zones = {origin: text for estate in estates for origin, text in estate.zones.items()}
        cls.zones["last.test"] = "@ 60 IN SOA ns h 1 2 3 4 5\n@ 60 IN NS ns.outside.\n"
        cls.questions = [question for estate in estates for question in estate.questions()]
        files = folder / "zones"
        files.mkdir()
        cls.paths = {}
        for number, (origin, text) in enumerate(cls.zones.items()):
            cls.paths[origin] = files / f"{number}.zone"
            cls.paths[origin].write_text(text)
        cls.servers = [Nsd(folder / "nsd", NSD, cls.paths), Knot(folder / "knot", KNOT, cls.zones, signed=False)]
        for server in cls.servers:
            cls.addClassCleanup(server.stop)
            server.start()
        for server in cls.servers:
            server.wait_until_ready()

    def ask(self, address, questions):
        words = [str(word) for pair in self.paths.items() for word in pair]
        done = subprocess.run([probe(), "ask", address, *words], input="\n".join(questions) + "\n", text=True,
                              capture_output=True, timeout=240)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        return done.stdout

    def compare(self, address):
        out = self.ask(address, self.questions)
        summary = out.splitlines()[-1]
        total, definite, different = (int(word) for word in summary.split() if word.isdigit())
        self.assertEqual(different, 0, f"seed {SEED}, zones in {self.paths['last.test'].parent}\n{out[:6000]}\n{summary}")
        self.assertEqual(total, len(self.questions))
        self.assertGreater(definite, total / 3, summary)  # not all of them failed alike

    def test_as_nsd_does(self):
        self.compare(NSD)

    def test_as_knot_does(self):
        self.compare(KNOT)
