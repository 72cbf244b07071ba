# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Where nobody answers, rdnsgate says so once, and never that a record is missing."""
from rdnslab import inventories as inv
from rdnslab import namespace
from rdnslab.case import LabCase


class Unreachable(LabCase):
    def judge(self, vantages, options=(), prefix=()):
        path = self.write("inventory.yaml", inv.inventory(vantages, inv.OWN, inv.CLASSLESS))
        run = self.gate("check", "--timeout", "1s", *options, path, prefix=prefix)
        self.assertEqual(run.exit, 3, run)
        self.assertNotIn("ptr-missing", run.out)
        return run

    def assert_said_once(self, run, vantage):
        """One finding, that names the vantage; nothing for each address."""
        lines = [line for line in run.out.splitlines() if "inconclusive:" in line and "addresses (" not in line]
        self.assertEqual(len(lines), 1, run)
        self.assertIn(f"{vantage} answered nothing", lines[0], run)

    def test_no_plan_is_made_from_silence(self):
        path = self.write("inventory.yaml", inv.inventory(inv.NOBODY, inv.OWN))
        for prefix in ([], namespace.without_network([])):
            run = self.gate("plan", "--timeout", "1s", path, prefix=prefix)
            self.assertEqual(run.exit, 3, run)
            self.assertEqual((run.out, run.err.count("no plan:")), ("", 1), run)

    def test_resolver_that_does_not_exist(self):
        self.assert_said_once(self.judge(inv.NOBODY), "nobody")

    def test_root_that_does_not_exist(self):
        hints = self.write("hints", ". 3600 IN NS root.nic.\nroot.nic. 3600 IN A 127.0.1.99\n")
        self.assert_said_once(self.judge(inv.RECURSIVE, ["--root-hints", hints]), "own")

    def test_no_network_at_all(self):
        prefix = namespace.without_network([])
        self.assert_said_once(self.judge(inv.NOBODY, prefix=prefix), "nobody")
        self.assert_said_once(self.judge(inv.RECURSIVE, prefix=prefix), "own")
