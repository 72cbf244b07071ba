# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""The same check again and again under faults: the same verdict, no more memory, no descriptor and no file left behind.
RDNSGATE_SOAK_RUNS says how many."""
import json
import os
import subprocess
import time
from ipaddress import ip_address
from pathlib import Path

from rdnslab import faults, truth
from rdnslab import inventories as inv
from rdnslab.case import LabCase
from rdnslab.fault_server import FaultServers
from rdnslab.process import LabError
from rdnslab.wire import AA, RA, SERVFAIL, Record

RUNS = int(os.environ.get("RDNSGATE_SOAK_RUNS", "12"))
HOLDER, RESOLVER, FAILING, MUTE = "127.0.6.1", "127.0.6.2", "127.0.6.3", "127.0.6.4"
SMALL, LARGE = 100, 600  # addresses beside the others: what a question leaves behind shows in the difference
PATIENCE = 8  # runs of which one has to be what is measured
NOISE_KIB = 4096  # between two runs of the same program
# What a run keeps, as measured: 6.4 KiB for an address, of about 13 questions (their facts, the inventory's text and model).
# A finding takes another 4, in the report and in both of its texts. Only a busy machine has more findings for more
# addresses: servers that are late leave them inconclusive.
PER_ADDRESS_KIB, PER_FINDING_KIB = 8, 5
MOST_DESCRIPTORS = 64  # a run that is short, or whose servers are late, opens less of the sockets that a resolver is asked by
# Of a window of 1,000 questions that a late server has yet to answer over TCP 32 share a connection, and a connection without
# any stays open for a second: seen were 35 more than in a run whose servers are in time. What leaks grows by the address.
LATE_CONNECTIONS = 2 * 32


def pooled(count):
    """The lab's data and a right entry for 2001:db8::a:0 and what follows."""
    data = truth.lab()
    reverse, forward = data.zones["8.b.d.0.1.0.0.2.ip6.arpa."], data.zones["mail.example."]
    for n in range(count):
        address, name = ip_address(f"2001:db8::a:{n:x}"), f"pool-{n}.mail.example."
        owner = address.reverse_pointer + "."
        reverse[owner] = {"PTR": [Record(owner, "PTR", 3600, name)]}
        forward[name] = {"AAAA": [Record(name, "AAAA", 3600, str(address))]}
    return data


def seen_from_outside(pid):
    """The process's folder in /proc, which knows it by its number outside the lab's namespace (proc(5), NSpid)."""
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            numbers = status.read_text().split("NSpid:")[1].splitlines()[0].split()
            if len(numbers) > 1 and numbers[-1] == str(pid) and os.path.samefile(status.parent / "exe", os.environ["RDNSGATE"]):
                return status.parent
        except (OSError, IndexError):
            continue  # it has ended
    raise LabError(f"/proc does not show the process {pid}")


def peak_memory(place):
    """VmHWM in KiB."""
    return int((place / "status").read_text().split("VmHWM:")[1].split()[0])


class Soak(LabCase):
    @classmethod
    def setUpClass(cls):
        cls.servers = FaultServers()
        data = pooled(LARGE)
        cls.servers.add(HOLDER, data, faults.everywhere("holder", faults.truthful), AA)
        cls.servers.add(RESOLVER, data, faults.everywhere("tcp", faults.truncating(faults.truthful)), RA)
        cls.servers.add(FAILING, data, faults.everywhere("failing", faults.failing(SERVFAIL)), RA)
        cls.servers.add(MUTE, data, faults.everywhere("mute", faults.silent), RA)
        cls.servers.start()
        cls.addClassCleanup(cls.servers.stop)

    def measured(self, path):
        """Exit code, report, peak memory in KiB and the most descriptors that were open at a time, of one run."""
        command = [os.environ["RDNSGATE"], "check", "--format", "json", "--output", "json=report.json", "--timeout", "250ms",
                   str(path)]
        env = {**os.environ, "TMPDIR": str(self.scratch)}
        process = subprocess.Popen(command, cwd=self.folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        memory = descriptors = 0
        place = seen_from_outside(process.pid)
        while process.poll() is None:
            try:
                memory = max(memory, peak_memory(place))
                descriptors = max(descriptors, len(os.listdir(place / "fd")))
            except (OSError, IndexError):
                pass  # it ends just now
            time.sleep(0.002)
        self.assertGreater(min(memory, descriptors), 0)
        return process.returncode, json.loads((self.folder / "report.json").read_text()), memory, descriptors

    def inventory(self, addresses):
        vantages = "\n".join(f"  - {{name: {name}, kind: forward, address: {address}}}" for name, address in (
            ("holder", HOLDER), ("tcp", RESOLVER), ("failing", FAILING), ("mute", MUTE)))
        pool = "".join(f'  - {{name: pool-{n}, helo: pool-{n}.mail.example, addresses: ["2001:db8::a:{n:x}"]}}\n'
                       for n in range(addresses))
        return self.write(f"inventory-{addresses}.yaml", inv.inventory(vantages, inv.OWN, inv.CLASSLESS, inv.FAULTS, pool))

    def setUp(self):
        super().setUp()
        self.scratch = self.folder / "tmp"
        self.scratch.mkdir()
        self.late = []

    def in_time(self, path):
        """The same of a run in which the servers that are in order were in time: on a busy machine they can be late, and then
        more is inconclusive and more stays open. What a late run says as well: nothing as certain that is not true."""
        for _ in range(PATIENCE):
            run = self.measured(path)
            report = run[1]
            if not any(v["unanswered"] for v in report["vantages"] if v["name"] in ("holder", "tcp")):
                return run
            self.late.append(self.certain(report))
        self.fail(f"of {PATIENCE} runs none had its answers in time: the machine is too busy for this test")

    @staticmethod
    def certain(report):
        return {f["fingerprint"] for f in report["findings"] if f["certainty"] == "confirmed" and f["rule"] != "resolver-unreachable"}

    def test_many_runs_say_the_same_and_leave_nothing_behind(self):
        path = self.inventory(0)
        said, true, peaks, opened = set(), set(), [], []
        for _ in range(RUNS):
            code, report, peak, descriptors = self.in_time(path)
            said.add((code, json.dumps([(f["fingerprint"], f["certainty"], f["vantages"]) for f in report["findings"]])))
            true |= {f["fingerprint"] for f in report["findings"]}
            peaks.append(peak)
            opened.append(descriptors)
        self.assertEqual(len(said), 1, said)
        self.assertEqual(said.pop()[0], 1)
        for certain in self.late:
            self.assertLessEqual(certain, true)
        self.assertLess(max(peaks) - min(peaks), NOISE_KIB, peaks)
        self.assertEqual(os.listdir(self.scratch), [])
        print(f"\n  {RUNS} runs, {len(self.late)} more with a late reply: {min(peaks)} to {max(peaks)} KiB, "
              f"at most {max(opened)} descriptors", end=" ", flush=True)

    def test_a_long_run_grows_by_its_facts_only(self):
        """Servers that are late leave more behind; what leaks does so in every run."""
        growths = []
        for _ in range(PATIENCE):
            _, before, small, few = self.measured(self.inventory(SMALL))
            _, report, large, many = self.measured(self.inventory(LARGE))
            self.assertEqual(report["summary"]["addresses"] - LARGE, 15, report["summary"])
            findings = max(0, len(report["findings"]) - len(before["findings"]))
            allowed = NOISE_KIB + PER_ADDRESS_KIB * (LARGE - SMALL) + PER_FINDING_KIB * findings
            growths.append((large - small, allowed, many, max(few, MOST_DESCRIPTORS) + LATE_CONNECTIONS))
            if growths[-1][0] < allowed and many <= growths[-1][3]:
                break
        else:
            self.fail(f"KiB and what is allowed, descriptors and what is allowed, of each: {growths}")
        print(f"\n  {LARGE} addresses: {large} KiB and {many} descriptors; {SMALL}: {small} KiB and {few}; "
              f"{findings} more findings", end=" ", flush=True)
