# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""`rdnsgate init` asks real servers, and what it writes passes lint and, asked the same way, check."""
from rdnslab import zones
from rdnslab.case import WorldCase

# Right in every world. Names of the lab are below .example, which no real mail comes from.
RIGHT = ["192.0.2.10", "2001:db8::10", "192.0.2.32/30", "198.51.100.10"]
LAB_RULES = "  ptr-special-use-name: off\n  deleg-ns-count: off\n"


class Unsigned(WorldCase):
    def init(self, *arguments, code=0):
        run = self.gate("init", "--force", *arguments)
        self.assertEqual(run.exit, code, run)
        return (self.folder / "inventory.yaml").read_text()

    def passes(self, *options):
        path = self.folder / "inventory.yaml"
        text = path.read_text()
        self.assertIn("\nrules:\n", text)
        path.write_text(text.replace("\nrules:\n", "\nrules:\n" + LAB_RULES))
        for arguments in (["lint"], ["check", *options]):
            run = self.gate(*arguments, path)
            self.assertEqual(run.exit, 0, f"{run}\n{path.read_text()}")

    def test_live_names(self):
        text = self.init(*self.private_root(), *RIGHT, "192.0.2.22")
        self.assertIn("# - 192.0.2.22: it has no PTR record", text)
        self.assertIn('{range: 192.0.2.32-192.0.2.35, ptr: "out-{4}.mail.example"}', text)
        # The zone cuts of the real delegations, not guesses by octet.
        for zone in ("2.0.192.in-addr.arpa", "8.b.d.0.1.0.0.2.ip6.arpa", "0-63.100.51.198.in-addr.arpa", "mail.example"):
            self.assertIn(f"name: {zone}", text)
        self.passes(*self.private_root())

    def test_zone_files(self):
        text = self.init("--from-zone-files", self.world.zone_files())
        self.assertIn("mx1.mail.example", text)
        run = self.gate("lint", "inventory.yaml")
        self.assertEqual(run.exit, 0, run)

    def test_what_nobody_answers_is_not_missing(self):
        run = self.gate("init", "--vantage", zones.NOBODY, "--timeout", "1s", "192.0.2.10", "192.0.2.22")
        self.assertEqual(run.exit, 3, run)
        self.assertNotIn("no PTR record", run.out + run.err)


class Signed(Unsigned):
    signed = True

    def test_bogus_answer_is_left_out_as_unknown(self):
        text = self.init(*self.private_root(), *RIGHT, "203.0.113.20", code=3)
        line = next(line for line in text.splitlines() if "203.0.113.20" in line)
        self.assertTrue(line.startswith("# - "), line)
        self.assertNotIn("no PTR record", line)
        self.passes(*self.private_root())
