# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""A plan's scripts, applied phase by phase with the real nsupdate, end in a passing check; none applies twice or
over somebody else's edit."""
from rdnslab import inventories as inv
from rdnslab import zones
from rdnslab.case import WorldCase
from rdnslab.process import dig

PRIMARY = zones.PRIMARY[1]

BEFORE = '  - {name: mx1, helo: mx1.mail.example, addresses: [192.0.2.10, "2001:db8::10"]}\n'
CHANGES = {
    "rename": '  - {name: mx1, helo: post.mail.example, addresses: [192.0.2.10, "2001:db8::10"]}\n',
    "renumber": '  - {name: mx1, helo: mx1.mail.example, addresses: [192.0.2.50, "2001:db8::50"]}\n',
    "classless": '  - {name: mx1, helo: mx1.mail.example, addresses: [192.0.2.10, "2001:db8::10"]}\n'
                 "  - {name: branch, helo: office.mail.example, addresses: [198.51.100.10]}\n",
}
BASES = {"classless": BEFORE + inv.CLASSLESS}

# What an edit by somebody else puts beside, or in place of, what a script expects.
FOREIGN = {"A": "192.0.2.250", "AAAA": "2001:db8::250", "PTR": "foreign.mail.example.", "CNAME": "foreign.mail.example."}


def serial(zone):
    return dig(PRIMARY, zone, "SOA")[0].split()[2]


def script_zone(script):
    return next(line.split()[1] for line in script.read_text().splitlines() if line.startswith("zone "))


def expectation(script):
    """Owner and type of the first RRset that the script wants to find as it knows it."""
    for line in script.read_text().splitlines():
        words = line.split()
        if words[:1] == ["prereq"] and not words[2].startswith("_rdnsgate."):
            return words[2], words[4]
    raise AssertionError(f"{script} has no precondition")


class Unsigned(WorldCase):
    fresh = apart = True
    seconds = 130

    def plan(self, change):
        base = self.write("base.yaml", inv.inventory(inv.RECURSIVE, BASES.get(change, BEFORE)))
        self.now = self.write("now.yaml", inv.inventory(inv.RECURSIVE, CHANGES[change]))
        folder = self.folder / "plan"
        run = self.gate("plan", "--base", base, "-o", folder, *self.private_root(), self.now)
        self.assertEqual(run.exit, 0, run)
        scripts = sorted(folder.glob("[0-9]*/*.nsupdate"))
        self.assertGreater(len({script.parent for script in scripts}), 2, run)
        return scripts

    def apply(self, script):
        return self.nsupdate(script, "-k", self.world.knot.key_file)

    def refuses(self, script):
        before = serial(script_zone(script))
        code, text = self.apply(script)
        self.assertNotEqual(code, 0, f"{script}\n{script.read_text()}\n{text}")
        self.assertRegex(text, "update failed: (NX|YX)RRSET")
        self.assertEqual(serial(script_zone(script)), before, script)

    def succeeds(self, script):
        code, text = self.apply(script)
        self.assertEqual(code, 0, f"{script}\n{script.read_text()}\n{text}")

    def edit(self, zone, line):
        self.succeeds(self.write("edit", f"server {PRIMARY}\nzone {zone}\n{line}\nsend\n"))

    def check(self):
        return self.gate("check", "--format", "json", *self.private_root(), self.now)

    def test_applied_phase_by_phase_it_ends_in_a_passing_check(self):
        for change in CHANGES:
            with self.subTest(change):
                self.start_over()
                scripts = self.plan(change)
                self.assertEqual(self.check().exit, 1)
                for script in scripts:
                    self.succeeds(script)
                    self.refuses(script)
                for script in scripts:
                    self.refuses(script)
                run = self.check()
                self.assertEqual(run.exit, 0, run)
                self.assertEqual(run.findings("error", "warning"), set(), run)

    def test_names_below_a_wildcard_get_records_of_their_own(self):
        """What the wildcard makes up at both names is no RRset that a prerequisite could name."""
        for rrtype, address in ("A", "198.51.100.99"), ("AAAA", "2001:db8:99::99"):
            self.edit("mail.example.", f"update add *.mail.example. 300 IN {rrtype} {address}")
        for script in self.plan("rename"):
            self.assertNotRegex(script.read_text(), "198.51.100.99|2001:db8:99::99")
            self.succeeds(script)
        self.assertEqual(dig(PRIMARY, "post.mail.example.", "A"), ["192.0.2.10"])
        self.assertEqual(dig(PRIMARY, "post.mail.example.", "AAAA"), ["2001:db8::10"])
        self.assertEqual(self.check().exit, 0)

    def test_refuses_out_of_order(self):
        scripts = self.plan("rename")
        zone = script_zone(scripts[0])
        later = [script for script in scripts if script_zone(script) == zone][1:]
        self.assertGreater(len(later), 0)
        for script in later:
            self.refuses(script)

    def test_refuses_a_zone_that_has_moved_on(self):
        for change in CHANGES:
            with self.subTest(change):
                self.start_over()
                for script in self.plan(change):
                    owner, rrtype = expectation(script)
                    zone = script_zone(script)
                    self.edit(zone, f"update add {owner} 300 IN {rrtype} {FOREIGN[rrtype]}")
                    self.refuses(script)
                    self.edit(zone, f"update delete {owner} IN {rrtype} {FOREIGN[rrtype]}")
                    self.succeeds(script)

    def start_over(self):
        """A world in which nothing was changed yet."""
        self.world.stop()
        self.begin()
        self.folder = self.world.folder


class Signed(Unsigned):
    signed = True
