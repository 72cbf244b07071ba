#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""What is run offline reaches nobody, in whichever of the ways that this machine has: not even over loopback.

Usage: offline_test.py [unittest arguments]
"""
import json
import subprocess
import sys
import unittest
from pathlib import Path

import offline

FILTER = [sys.executable, str(Path(offline.__file__))]
# Each is tried; what came of it is printed. A datagram to the discard port of loopback is all that ever leaves.
PROBE = """
import errno, json, os, socket
def datagram(family, address):
    with socket.socket(family, socket.SOCK_DGRAM) as s: s.sendto(b"x", (address, 9))
def gathered():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s: s.sendmsg([b"x"], [], 0, ("127.0.0.1", 9))
def connected():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.connect(("127.0.0.1", 9))
        os.write(s.fileno(), b"x")
def stream():
    with socket.socket() as s: s.connect(("127.0.0.1", 9))
def served():
    with socket.socket() as s: s.listen()
def pair():
    a, b = socket.socketpair()
    b.sendall(b"x")
    return a.recv(1) == b"x"
def said(what, *arguments):
    try:
        what(*arguments)
    except OSError as error:
        return errno.errorcode[error.errno]
    return "done"
print(json.dumps({"udp": said(datagram, socket.AF_INET, "127.0.0.1"), "udp6": said(datagram, socket.AF_INET6, "::1"),
                  "gathered": said(gathered), "connected": said(connected), "stream": said(stream), "served": said(served),
                  "pair": said(pair)}))
"""


def probe(way):
    done = subprocess.run([*way, sys.executable, "-c", PROBE], capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)


class Offline(unittest.TestCase):
    def filtered(self, *options):
        if subprocess.run([*FILTER, "true"], capture_output=True, check=False).returncode != 0:
            self.skipTest("this machine takes no filter of system calls")
        return probe([*FILTER, *options])

    def test_the_probe_sees_a_network(self):
        self.assertEqual((probe([])["udp"], probe([])["pair"]), ("done", "done"))

    def test_the_filter_answers_as_a_machine_without_interfaces_does(self):
        seen = self.filtered()
        self.assertEqual({seen[key] for key in ("udp", "udp6", "gathered", "connected", "stream", "served")}, {"ENETUNREACH"})

    def test_the_filter_leaves_local_sockets_to_who_needs_them(self):
        seen = self.filtered("--local")
        self.assertEqual(seen.pop("pair"), "done")
        self.assertEqual(set(seen.values()), {"EAFNOSUPPORT"})

    def test_what_the_tests_use(self):
        for local in (False, True):
            seen = probe(offline.command([], local=local))
            for key in ("udp", "udp6", "gathered", "connected", "stream"):
                self.assertIn(seen[key], ("ENETUNREACH", "EAFNOSUPPORT", "EADDRNOTAVAIL"), key)


if __name__ == "__main__":
    unittest.main(verbosity=2)
