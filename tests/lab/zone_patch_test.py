# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""A plan's patches to zone files, applied phase by phase with the real patch and served by the real NSD, end in a passing
check; each can be taken back, and none is made for a file that somebody else has changed."""
import re
import shutil
import subprocess

from plan_test import BASES, BEFORE, CHANGES
from rdnslab import inventories as inv
from rdnslab.case import WorldCase
from rdnslab.process import run_tool
from rdnslab.servers import Nsd

SERVER = "127.0.1.40"
VANTAGE = f"  - {{name: nsd, kind: forward, address: {SERVER}}}"
SERIAL = re.compile(r"(SOA\s+\S+\s+\S+\s+\(?\s*)\d+")


def kept_in_files(text):
    """The inventory with its zones in zones/."""
    return re.sub(r"\{name: ([\w.-]+), managed_by: \w+, contact: \S+\}", r"{name: \1, managed_by: zonefile, file: zones/\1.zone}", text)


class Patches(WorldCase):
    seconds = 100

    def setUp(self):
        super().setUp()
        self.zones = self.folder / "zones"
        shutil.copytree(self.world.zone_files(), self.zones)

    def plan(self, change):
        base = self.write("base.yaml", kept_in_files(inv.inventory(VANTAGE, BASES.get(change, BEFORE))))
        self.now = self.write("now.yaml", kept_in_files(inv.inventory(VANTAGE, CHANGES[change])))
        run = self.gate("plan", "--base", base, "-o", self.folder / "plan", "--zone-files", self.zones, self.now)
        self.assertEqual(run.exit, 0, run)
        return run, sorted((self.folder / "plan").glob("[0-9]*/*.patch"))

    def patch(self, patch, folder):
        done = subprocess.run(["patch", "-p1", "--fuzz=0", "-d", folder, "-i", patch], text=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=30)
        self.assertEqual(done.returncode, 0, f"{patch}\n{patch.read_text()}\n{done.stdout}")
        self.assertNotIn("offset", done.stdout)

    def records(self, folder):
        """Every zone's records as NSD reads them, without their order and the serial."""
        return {path.name: sorted(self.lines(path)) for path in sorted((folder / "zones").glob("*.zone"))}

    def lines(self, path):
        owner = None
        for line in SERIAL.sub(r"\1N", run_tool("nsd-checkzone", "-p", path.name.removesuffix(".zone"), path)).splitlines():
            owner = owner if line[:1].isspace() else line.split("\t")[0]  # written once for all of its records
            yield owner + line.removeprefix(owner)

    def served(self, change):
        """What `check` says of the zones as NSD serves them."""
        server = Nsd(self.folder / f"nsd-{change}", SERVER, {p.name.removesuffix(".zone"): p for p in sorted(self.zones.glob("*.zone"))})
        server.start()
        try:
            server.wait_until_ready()
            return self.gate("check", "--format", "json", self.now)
        finally:
            server.stop()

    def test_applied_phase_by_phase_they_end_in_a_passing_check(self):
        for change in CHANGES:
            with self.subTest(change):
                shutil.rmtree(self.folder)
                self.folder.mkdir()
                shutil.copytree(self.world.zone_files(), self.zones)
                _, patches = self.plan(change)
                self.assertGreater(len({patch.parent for patch in patches}), 2)
                self.assertEqual(self.served("before").exit, 1)
                for patch in patches:
                    before = self.records(self.folder)
                    self.patch(patch, self.folder)
                    there_and_back = self.folder / "back"
                    shutil.copytree(self.zones, there_and_back / "zones")
                    self.patch(patch.parent / "rollback" / patch.name, there_and_back)
                    self.assertNotEqual(self.records(self.folder), before, patch)
                    self.assertEqual(self.records(there_and_back), before, patch)
                    shutil.rmtree(there_and_back)
                run = self.served("after")
                self.assertEqual((run.exit, run.findings("error", "warning")), (0, set()), run)

    def test_a_file_that_is_not_what_the_dns_says_gets_no_patch(self):
        path = self.zones / "mail.example.zone"
        base = self.write("base.yaml", kept_in_files(inv.inventory(VANTAGE, BEFORE)))
        now = self.write("now.yaml", kept_in_files(inv.inventory(VANTAGE, CHANGES["rename"])))
        shutil.copytree(self.zones, self.folder / "live")
        path.write_text(path.read_text().replace("192.0.2.10", "192.0.2.99"))
        run = self.gate("plan", "--base", base, "-o", self.folder / "plan", "--zone-files", self.folder / "live", now)
        self.assertEqual(run.exit, 0, run)
        self.assertRegex(run.err, r"zones/mail\.example\.zone: .*192\.0\.2\.99 in the zone file")
        written = {p.name for p in (self.folder / "plan").glob("*/*")}
        self.assertIn("mail.example.zone.txt", written)
        self.assertNotIn("mail.example.patch", written)
