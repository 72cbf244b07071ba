# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""What `rdnsgate check` shows while it waits: progress on a terminal's standard error, and nowhere else."""
import os
import pty
import socket
import subprocess

from rdnslab import inventories as inv
from rdnslab import zones
from rdnslab.case import LabCase

PROGRESS = "questions in flight"


def read_all(descriptor):
    """What was written to a terminal until its last writer closed it."""
    text = b""
    while True:
        try:
            piece = os.read(descriptor, 65536)
        except OSError:  # how Linux says the end of a pseudo-terminal
            piece = b""
        if not piece:
            return text.decode()
        text += piece


class Terminal(LabCase):
    def setUp(self):
        super().setUp()
        self.silent = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.addCleanup(self.silent.close)
        self.silent.bind((zones.NOBODY, 53))  # takes every question and answers none
        self.inventory = self.write("inventory.yaml", inv.inventory(inv.NOBODY, inv.OWN))

    def check(self, *options, out_is_terminal=False, **variables):
        """Runs check with a terminal for standard error; what it and standard output got."""
        master, slave = pty.openpty()
        keep = {name: os.environ[name] for name in ("PATH", "RDNSGATE", "ASAN_OPTIONS") if name in os.environ}
        done = subprocess.run([os.environ["RDNSGATE"], "check", "--timeout", "600ms", *options, self.inventory],
                              cwd=self.folder, stdin=subprocess.DEVNULL, stderr=slave,
                              stdout=slave if out_is_terminal else subprocess.PIPE,
                              env={**keep, "TERM": "xterm", **variables}, timeout=30)
        os.close(slave)
        talk = read_all(master)
        os.close(master)
        self.assertEqual(done.returncode, 3, talk)
        return talk, "" if out_is_terminal else done.stdout.decode()

    def test_progress_is_shown_and_taken_back(self):
        talk, result = self.check()
        self.assertIn(PROGRESS, talk)
        self.assertTrue(talk.endswith("\r\x1b[K"), repr(talk[-40:]))
        self.assertNotIn(PROGRESS, result)
        self.assertNotIn("\x1b", result)

    def test_quiet_and_ci_keep_it_away(self):
        for options, variables in [(["-q"], {}), ([], {"CI": "true"})]:
            with self.subTest(options=options, variables=variables):
                talk, _ = self.check(*options, **variables)
                self.assertEqual(talk, "")

    def test_colour_is_for_terminals_that_want_it(self):
        for variables, options, wanted in [({}, [], True), ({"NO_COLOR": "1"}, [], False), ({"TERM": "dumb"}, [], False),
                                           ({}, ["--color", "never"], False), ({"NO_COLOR": "1"}, ["--color", "always"], True)]:
            with self.subTest(variables=variables, options=options):
                talk, _ = self.check(*options, out_is_terminal=True, CI="true", **variables)
                self.assertEqual("\x1b[35" in talk, wanted, repr(talk[:300]))
