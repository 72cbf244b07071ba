# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""What `rdnsgate check` shows while it waits: progress on a terminal's standard error, and nowhere else."""
import fcntl
import os
import pty
import re
import socket
import struct
import subprocess
import termios

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


SEQUENCE = re.compile(r"\x1b\]8;;[^\x1b]*\x1b\\\\|\x1b\[[0-9;]*m")
MANY = """version: 1
zones:
  - {name: mail.example, managed_by: zonefile}
senders:
  - name: a-sender-whose-name-makes-the-line-longer-than-many-terminals
    helo: "{ptr}"
    addresses: [{range: 192.0.2.0/26, ptr: "out-{4}.mail.example"}, {ip: 198.51.100.7, ptr: a-rather-long-host-name.mail.example}]
"""


class Screen(LabCase):
    """What stands on a terminal of so many columns: nothing that asks the DNS."""

    def setUp(self):
        super().setUp()
        self.write("inventory.yaml", MANY)

    def shown(self, *command, columns=80, code=0, **variables):
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        keep = {name: os.environ[name] for name in ("PATH", "RDNSGATE", "ASAN_OPTIONS") if name in os.environ}
        process = subprocess.Popen([os.environ["RDNSGATE"], *command], cwd=self.folder, stdin=subprocess.DEVNULL,
                                   stdout=slave, stderr=subprocess.DEVNULL, env={**keep, "TERM": "xterm", **variables})
        os.close(slave)
        text = read_all(master).replace("\r\n", "\n")
        os.close(master)
        self.assertEqual(process.wait(30), code, text)
        return text

    def widest(self, text):
        return max(len(line) for line in SEQUENCE.sub("", text).splitlines())

    def test_lines_end_at_words_and_within_the_terminal(self):
        for columns in (60, 80, 140):
            for command, code in [(("lint", "inventory.yaml"), 1), (("lint", "--group-by", "none", "inventory.yaml"), 1),
                                  (("explain", "ptr-missing"), 0), (("rules",), 0)]:
                with self.subTest(columns=columns, command=command):
                    text = SEQUENCE.sub("", self.shown(*command, columns=columns, code=code))
                    plain = self.shown(*command, TERM="dumb", code=code)
                    code_lines = {line.strip() for block in re.findall(r"(?ms)^```\w+\n(.*?)^```$", plain) for line in block.splitlines()}
                    wide = [line for line in text.splitlines() if len(line) > columns and line.strip() not in code_lines]
                    self.assertEqual(wide, [])  # code is there to be copied
                    if command[0] != "lint":  # excerpts are cut, and that is all that is missing
                        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", plain).replace("`", "").split()
                        self.assertEqual(set(text.replace("`", "").split()) - set(words) - {"Example"}, set())

    def test_carets_stay_under_what_they_mark(self):
        for columns in (60, 80, 140):
            lines = SEQUENCE.sub("", self.shown("lint", "--only", "198.51.100.7", "inventory.yaml", columns=columns, code=1)).splitlines()
            at = next(i for i, line in enumerate(lines) if set(line) == {" ", "^"})
            begin, end = lines[at].index("^"), lines[at].rindex("^") + 1
            with self.subTest(columns=columns):
                self.assertEqual(lines[at - 1][begin:end], "198.51.100.7")
                if columns < 140:
                    self.assertIn("\u2026", lines[at - 1])

    def test_lines_are_left_alone_where_a_program_reads_them(self):
        for variables in ({"TERM": "dumb"}, {"CI": "true"}, {"TERM_PROGRAM": "vscode"}, {"INSIDE_EMACS": "29.1,compile"}):
            with self.subTest(variables):
                text = SEQUENCE.sub("", self.shown("lint", "inventory.yaml", columns=50, code=1, **variables))
                self.assertRegex(text, r"(?m)^inventory.yaml:\d+:\d+: \w+: .{40,} \[addr-documentation\]$")

    def test_rules_lead_to_pages_only_where_a_terminal_shows_that(self):
        for variables in ({}, {"VTE_VERSION": "6800", "CI": "true"}, {"VTE_VERSION": "6800", "NO_COLOR": "1"},
                          {"VTE_VERSION": "4200"}, {"VTE_VERSION": "6800", "TERM": "dumb"}):
            with self.subTest(variables):
                self.assertNotIn("\x1b]8", self.shown("lint", "inventory.yaml", code=1, **variables))

    def test_colour_is_for_lists_pages_and_plans_too(self):
        self.assertIn("\x1b[31;1merror", self.shown("rules"))
        self.assertIn("\x1b[1;4mptr-missing\x1b[0m", self.shown("explain", "ptr-missing"))
        for command in (("rules",), ("explain", "ptr-missing")):
            self.assertNotIn("\x1b", self.shown(*command, NO_COLOR="1"))
            self.assertNotIn("\x1b", self.shown("--color", "never", *command))

    def test_a_plan_has_colours_and_is_the_same_plan(self):
        soa = "$TTL 3600\n@ SOA ns.mail.example. h.mail.example. 1 7200 1800 1209600 300\n@ NS ns.mail.example.\n"
        (self.folder / "zones").mkdir()
        self.write("zones/mail.example.zone", soa + "ns A 192.0.2.53\nmx1 A 192.0.2.10\n")
        self.write("zones/2.0.192.in-addr.arpa.zone", soa + "10 PTR old.mail.example.\n")
        self.write("one.yaml", "version: 1\nzones: [{name: mail.example, managed_by: zonefile}, "
                               "{name: 2.0.192.in-addr.arpa, managed_by: zonefile}]\nsenders: [{name: mx1, helo: mx1.mail.example, "
                               "addresses: [192.0.2.10]}]\n")
        command = ("plan", "--now", "2026-12-01T00:00:00Z", "--start", "2026-12-02T00:00:00Z", "--zone-files", "zones", "one.yaml")
        for columns in (80, 100, 140):
            with self.subTest(columns=columns):
                text = self.shown(*command, columns=columns)
                self.assertIn("\x1b[36;1m+", text)
                self.assertIn("\x1b[32mto\x1b[0m", text)
                self.assertIn("\x1b[1mWhen   \x1b[0m", text)
                self.assertLessEqual(self.widest(text), columns)
                lines = SEQUENCE.sub("", text).splitlines()
                summary = lines[1:next(i for i, line in enumerate(lines) if line.startswith("  DNS as of"))]
                # What goes on stands under its beginning, not under the label.
                self.assertTrue(all(line[9] != " " and line[8] == " " for line in summary), summary)
        text = self.shown(*command, columns=100)
        plain = self.shown(*command, columns=100, TERM="dumb")
        # The zone files were read twice, which may be in two seconds.
        read_at = re.compile(r"(DNS as of \S+) \S+")
        self.assertEqual(*(read_at.sub(r"\1", each).split() for each in (SEQUENCE.sub("", text), plain)))
