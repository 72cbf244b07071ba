# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""`drill run --lab`: real servers show what a drill predicts, and nothing of them is left behind."""
import json
import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import jsonschema

from rdnslab import inventories as inv
from rdnslab import signing
from rdnslab.case import LabCase, WorldCase
from rdnslab.process import LAB, ROOT

INVENTORY = """version: 1
vantages:
  - {name: recursive, kind: recursive}
  - {name: authority, kind: authoritative}
  - {name: office, kind: forward, address: 192.0.2.54}
zones:
  - {name: 2.0.192.in-addr.arpa, managed_by: ticket, contact: noc@hoster.example}
  - {name: mail.example, managed_by: zonefile}
senders:
  - {name: mx, helo: mx1.mail.example, addresses: [192.0.2.10]}
  - {name: out, helo: out.mail.example, addresses: [192.0.2.11, 192.0.2.12]}
domains:
  - {name: mail.example, via: [mx, out]}
standards: {latency: {warn: 500ms, fail: 2s}}
rules: {addr-documentation: off}
"""
HEAD = "$TTL 3600\n@ SOA ns1.mail.example. hostmaster.mail.example. 1 7200 1800 1209600 300\n" \
       "@ NS ns1.mail.example.\n@ NS ns2.mail.example.\n"
REVERSE = HEAD + "10 PTR mx1.mail.example.\n11 PTR out.mail.example.\n12 PTR out.mail.example.\n"
FORWARD = HEAD + """@ TXT "v=spf1 ip4:192.0.2.8/29 -all"
_dmarc TXT "v=DMARC1; p=reject"
mx1 A 192.0.2.10
out A 192.0.2.11
out A 192.0.2.12
ns1 A 192.0.2.53
ns2 A 198.51.100.53
"""
PLAYED = ("ptr-lost", "lame-secondary", "signatures-expired", "tcp-blocked", "stale-cache", "name-leaked", "resolver-slow")
SCHEMA = json.loads((ROOT / "schemas/drill.schema.json").read_text())


class Drills(LabCase):
    def setUp(self):
        super().setUp()
        self.write("inventory.yaml", INVENTORY)
        (self.folder / "zones").mkdir()
        self.write("zones/2.0.192.in-addr.arpa.zone", REVERSE)
        self.write("zones/mail.example.zone", self.signed(FORWARD))
        self.temporary = self.folder / "tmp"
        self.temporary.mkdir()
        os.environ["RDNSGATE_LAB"] = str(LAB)
        self.addCleanup(os.environ.pop, "TMPDIR", None)
        os.environ["TMPDIR"] = str(self.temporary)

    def signed(self, text):
        """By ldns-signzone, as an operator has it."""
        folder = self.folder / "signing"
        folder.mkdir()
        path = folder / "zone"
        path.write_text("$ORIGIN mail.example.\n" + text)
        signing.sign(folder, "mail.example", path)
        return path.read_text()

    def drill(self, scenario, *options):
        return self.gate("drill", "run", scenario, "--zone-files", "zones", "--format", "json", *options, "inventory.yaml")

    def played(self, scenario, *options):
        run = self.drill(scenario, "--lab", *options)
        self.assertIn(run.exit, (0, 1), run)
        jsonschema.validate(run.report, SCHEMA)
        drill, = run.report["drills"]
        self.assertEqual(list(self.temporary.iterdir()), [], run)
        return run, drill

    def test_real_servers_show_what_was_predicted(self):
        for scenario in PLAYED:
            with self.subTest(scenario):
                run, drill = self.played(scenario)
                lab = drill["lab"]
                self.assertTrue(lab["played"], run)
                self.assertTrue(lab["as_predicted"], json.dumps(lab, indent=1))
                self.assertEqual(lab["findings"],
                                 len({(one["rule"], one["target"]["id"]) for one in drill["findings"]}), run)
                self.assertGreater(lab["findings"], 0)
                self.assertEqual(lab["programs"], ["nsd", "unbound"])
                self.assertEqual(lab["notes"], [])

    def test_what_is_no_matter_of_the_dns_is_not_played(self):
        run, drill = self.played("helo-reset")
        self.assertFalse(drill["lab"]["played"], run)
        self.assertIsNone(drill["lab"]["as_predicted"])
        self.assertIn("no matter of the DNS", drill["lab"]["why_not"])
        page = self.gate("drill", "run", "helo-reset", "--lab", "--zone-files", "zones", "inventory.yaml").out
        self.assertIn("lab       not played: ", page)

    def test_a_snapshot_is_played_as_well(self):
        self.drill("helo-reset", "--altered", "facts")
        for scenario in ("ptr-lost", "lame-secondary"):
            with self.subTest(scenario):
                run = self.gate("drill", "run", scenario, "--replay", "facts", "--format", "json", "--lab", "inventory.yaml")
                self.assertTrue(run.report["drills"][0]["lab"]["as_predicted"], run)

    def test_knot_shows_the_same(self):
        """Where there is no NSD."""
        self.other_programs("knotd", "unbound")
        for scenario in ("ptr-lost", "lame-secondary", "signatures-expired"):
            with self.subTest(scenario):
                run, drill = self.played(scenario)
                self.assertEqual(drill["lab"]["programs"], ["knotd", "unbound"], run)
                self.assertTrue(drill["lab"]["as_predicted"], json.dumps(drill["lab"], indent=1))

    def test_a_difference_is_told(self):
        """A name server that goes on to have the lost record, and has another one no more."""
        programs = self.other_programs("unbound")
        (programs / "nsd").write_text(f"""#!/bin/sh
for file in $(sed -n 's/.*zonefile: "\\(.*\\)"/\\1/p' "$3"); do
  grep -q '^10.2.0.192.in-addr.arpa. .* PTR ' "$file" && continue
  grep -q '^11.2.0.192.in-addr.arpa. .* PTR ' "$file" || continue
  sed -i 's/^11\\(.* PTR .*\\)/10\\1/' "$file"
done
exec {LAB}/usr/sbin/nsd "$@"
""")
        (programs / "nsd").chmod(0o755)
        run, drill = self.played("ptr-lost")
        lab = drill["lab"]
        self.assertEqual(run.exit, 1, run)
        self.assertIs(lab["as_predicted"], False)
        self.assertIn({"rule": "ptr-missing", "target": {"kind": "address", "id": "192.0.2.10"}}, lab["missing"])
        self.assertIn({"rule": "ptr-missing", "target": {"kind": "address", "id": "192.0.2.11"}}, lab["unexpected"])
        page = self.gate("drill", "run", "ptr-lost", "--lab", "--zone-files", "zones", "inventory.yaml").out
        self.assertIn("lab       NOT AS PREDICTED: nsd and unbound showed ", page)
        self.assertIn("not shown: 192.0.2.10 [ptr-missing]", page)
        self.assertIn("shown beside: 192.0.2.11 [ptr-missing]", page)
        self.assertIn("real servers showed something else in 1", page)

    def test_a_host_is_renumbered_behind_the_back_of_a_cache(self):
        """What name servers are given: the world before; the old address; and then what is right again."""
        programs = self.other_programs("unbound")
        (programs / "nsd").write_text(f"""#!/bin/sh
grep -h '^mx1.mail.example. .* A ' $(sed -n 's/.*zonefile: "\\(.*\\)"/\\1/p' "$3") >>{self.folder}/given
exec {LAB}/usr/sbin/nsd "$@"
""")
        (programs / "nsd").chmod(0o755)
        self.write("zones/mail.example.zone", FORWARD)
        _, drill = self.played("stale-cache")
        self.assertTrue(drill["lab"]["as_predicted"])
        given = [line.split()[-1] for line in (self.folder / "given").read_text().splitlines()]
        self.assertEqual(given, ["192.0.2.10", "192.0.2.13", "192.0.2.10"])

    def other_programs(self, *names):
        """A folder with these alone, in place of all that the lab has."""
        other = self.folder / "other"
        (other / "usr/sbin").mkdir(parents=True)
        for name in names:
            (other / "usr/sbin" / name).symlink_to(LAB / "usr/sbin" / name)
        (other / "usr/lib").symlink_to(LAB / "usr/lib")
        os.environ["RDNSGATE_LAB"] = str(other)
        return other / "usr/sbin"

    def test_nothing_is_left_behind_by_one_that_is_ended(self):
        """By a key at the terminal, which all of its group get, by somebody, by the kernel."""
        for how, end in ((signal.SIGINT, os.killpg), (signal.SIGTERM, os.kill), (signal.SIGKILL, os.kill)):
            with self.subTest(how.name):
                process = self.begin()
                end(process.pid, how)
                process.wait(20)
                self.wait_for(lambda: self.servers() == [] and list(self.temporary.iterdir()) == [])

    def test_nobody_waits_for_servers_of_one_that_is_ended(self):
        """One that never answers is waited for, for half a minute, while somebody wants it."""
        programs = self.other_programs("unbound")
        (programs / "nsd").write_text("#!/bin/sh\nsleep 60\n")
        (programs / "nsd").chmod(0o755)
        process = self.begin()
        process.kill()
        process.wait(20)
        self.wait_for(lambda: self.servers() == [] and list(self.temporary.iterdir()) == [], 10)

    def test_nothing_is_left_behind_where_its_guard_is_killed(self):
        process = self.begin()
        os.kill(self.guard_of(process), signal.SIGKILL)
        _, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 2)
        self.assertIn("the process in which the servers run was ended", err)
        self.wait_for(lambda: self.servers() == [] and list(self.temporary.iterdir()) == [])

    def guard_of(self, process):
        """The other one of the same command line in this process namespace; /proc may be that of another."""
        own = self.numbers(Path("/proc/self"))
        found = [numbers[-1] for numbers in map(self.numbers, self.processes(str(self.folder / "zones").encode()))
                 if len(numbers) == len(own) and numbers[-1] != process.pid]
        self.assertEqual(len(found), 1)
        return found[0]

    @staticmethod
    def numbers(entry):
        """What a process is called in each namespace, the own one last."""
        line = next(line for line in (entry / "status").read_text().splitlines() if line.startswith("NSpid:"))
        return [int(word) for word in line.split()[1:]]

    def begin(self):
        """A command that plays, with servers that run."""
        process = subprocess.Popen([os.environ["RDNSGATE"], "drill", "run", "all", "--lab", "--zone-files",
                                    str(self.folder / "zones"), "inventory.yaml"], cwd=self.folder, text=True, stdout=subprocess.DEVNULL,
                                   stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, start_new_session=True)
        self.addCleanup(process.stderr.close)
        self.wait_for(lambda: self.servers() != [])
        return process

    def servers(self):
        """Processes whose settings lie in the folder for temporary files."""
        return self.processes(str(self.temporary).encode())

    @staticmethod
    def processes(named):
        """Those with this on their command line."""
        found = []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                if named in (entry / "cmdline").read_bytes():
                    found.append(entry)
            except OSError:
                continue  # it has just ended
        return found

    def wait_for(self, what, seconds=30):
        end = time.monotonic() + seconds
        while not what():
            self.assertLess(time.monotonic(), end, "it takes too long")
            time.sleep(0.02)

    def test_where_no_network_can_be_made_it_says_so_and_does_nothing(self):
        limit = 'echo 0 >/proc/sys/user/max_net_namespaces && exec "$@"'
        run = self.gate("drill", "run", "ptr-lost", "--lab", "--zone-files", "zones", "inventory.yaml",
                        prefix=["unshare", "-Ur", "sh", "-c", limit, "sh"])
        self.assertEqual(run.exit, 2, run)
        self.assertIn("no network of its own can be made here", run.err)
        self.assertIn("user namespaces", run.err)
        self.assertEqual(run.out, "")
        self.assertEqual(list(self.temporary.iterdir()), [])

    def test_what_is_missing_is_said(self):
        with tempfile.TemporaryDirectory() as empty:
            path = os.environ["PATH"]
            self.addCleanup(os.environ.__setitem__, "PATH", path)
            os.environ["RDNSGATE_LAB"] = os.environ["PATH"] = empty
            run = self.drill("ptr-lost", "--lab")
        if run.exit != 2:
            self.skipTest("a name server is installed on this machine")
        self.assertIn("no name server program (nsd, knotd) is found", run.err)
        self.assertIn("package nsd", run.err)


class Recorded(WorldCase):
    """What was recorded of real servers is played on real servers: signed zones, classless delegation, IPv6."""

    signed = True

    def test_real_servers_show_what_a_snapshot_of_real_servers_predicts(self):
        os.environ["RDNSGATE_LAB"] = str(LAB)
        vantages = "\n".join((inv.RECURSIVE, inv.AUTHORITATIVE, inv.FORWARD))
        path = self.write("inventory.yaml", inv.inventory(vantages, inv.OWN, inv.CLASSLESS))
        self.gate("check", "--record", "facts", *self.private_root(), path)
        run = self.gate("drill", "run", "all", "--replay", "facts", "--lab", "--format", "json", path)
        self.assertIn(run.exit, (0, 1), run)
        for drill in run.report["drills"]:
            with self.subTest(drill["scenario"]):
                if not drill["fits"] or drill["scenario"] == "helo-reset":
                    continue
                self.assertTrue(drill["lab"]["as_predicted"], json.dumps(drill["lab"], indent=1))
        fitting = {drill["scenario"] for drill in run.report["drills"] if drill["fits"]}
        self.assertLessEqual({"ptr-lost", "signatures-expired", "stale-cache", "tcp-blocked", "name-leaked"}, fitting)
