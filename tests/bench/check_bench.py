# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""`check` beside dnsperf and bare libunbound, which only ask, and beside what reads the same zone files."""
import gzip
import json
import re
import subprocess

import generate
from measure import MORE, Way, run, timed
from rdnslab import namespace
from rdnslab.process import environment, tool
from rdnslab.servers import Nsd

SERVER = "127.0.1.1"
SEVERAL = (4, 8)  # vantages

# As `recursive` sets libunbound up (src/resolve/adapters/unbound.cpp).
UNBOUND = """server:
  verbosity: 0
  unblock-lan-zones: yes
  msg-cache-size: 4m
  rrset-cache-size: 8m
  qname-minimisation: no
  udp-connect: no
  prefetch: no
  module-config: "validator iterator"
  outbound-msg-retry: 2
  infra-cache-max-rtt: 500
  unknown-server-time-limit: 376
  infra-keep-probing: yes
  outgoing-range: {window}
  num-queries-per-thread: {window}
  do-not-query-localhost: no
"""


def with_vantages(inventory):
    """As many of kind forward as are ever asked side by side: local, local2, local3 ..."""
    text = inventory.read_text()
    line = f"  - {{name: local, kind: forward, address: {SERVER}}}\n"
    assert line in text
    more = "".join(line.replace("local", name) for name in local_vantages(max(SEVERAL))[1:])
    inventory.write_text(text.replace(line, line + more, 1))


def local_vantages(count):
    return ["local", *(f"local{n}" for n in range(2, count + 1))]


class Bench:
    """A server with all zones, and what asks it. An item is an address, whoever asks for what belongs to it."""

    def __init__(self, rdnsgate, folder, addresses):
        self.rdnsgate, self.folder, self.addresses = rdnsgate, folder, addresses
        self.inventories, self.zones, self.questions = generate.write(folder / "large", addresses, SERVER)
        for inventory in self.inventories.values():
            with_vantages(inventory)
        self.count = 0  # of questions, for one vantage
        self.server = Nsd(folder / "nsd", SERVER, self.zones)

    def __enter__(self):
        self.server.start()
        self.server.wait_until_ready(60)
        self.record_questions()
        return self

    def __exit__(self, *_):
        self.server.stop()

    def record_questions(self):
        """Writes what a check asks for dnsperf and libunbound, in the order of a snapshot: every question, those among
        them that no host of the inventory stands for."""
        recorded = self.questions.with_suffix(".facts.gz")
        run([*self.command(self.inventories["list"], ["local"]), "--record", recorded])
        with gzip.open(recorded, "rt") as lines, open(self.questions, "w") as asked:
            next(lines)  # the head
            for line in lines:
                fact = json.loads(line)
                self.count += 1
                asked.write(f"{fact['name'].rstrip('.')}. {fact['type']}\n")

    def command(self, inventory, vantages):
        """Those that walk begin at the root of the bench."""
        root = [] if vantages[0].startswith("local") else ["--root-hints", inventory.parent / "root.hints"]
        named = [word for one in vantages for word in ("--vantage", one)]
        return [self.rdnsgate, "check", "--format", "json", *named, *root, inventory]

    def check(self, form, vantages):
        wall, cpu, rss, text = run(self.command(self.inventories[form], vantages))
        document = json.loads(text)
        assert document["verdict"] == "pass", document["summary"]
        if vantages[0] == "local":
            # But for a few about zones and wildcards, the same for pools and for a list.
            assert all(abs(one["questions"] - self.count) <= 0.01 * self.count for one in document["vantages"]), (self.count, document["vantages"])
        return wall, cpu, rss, self.addresses

    def growing(self, form, vantages):
        def command(count):
            return self.command(generate.write(self.folder / f"few{count}", count, SERVER)[0][form], vantages)
        return command if self.addresses >= MORE else None

    def dnsperf(self, times):
        # A name server that may not enlarge its socket buffer drops what a window of 1,000 sends at once.
        window = "1000" if namespace.is_real_root() else "100"
        wall, cpu, rss, text = run([tool("dnsperf"), "-s", SERVER, "-d", self.questions, "-n", str(times), "-c", "1", "-T", "1",
                                    "-q", window, "-b", "4096"], environment())
        done = int(re.search(r"Queries completed:\s+(\d+)", text)[1])
        lost = int(re.search(r"Queries lost:\s+(\d+)", text)[1])
        assert lost == 0, f"dnsperf lost {lost} questions"
        assert done == times * self.count, f"dnsperf asked {done} questions and not {times * self.count}"
        return wall, cpu, rss, self.addresses

    def unbound(self, window):
        folder = self.folder / "large"
        (folder / "unbound.conf").write_text(UNBOUND.format(window=window))
        bare = self.rdnsgate.parents[2] / "tests/bench/bare_unbound"
        return (*run([bare, folder / "unbound.conf", folder / "root.hints", self.questions, str(window)])[:3], self.addresses)

    def asked(self):
        peers = {1: "dnsperf", **{n: f"dnsperf, {n} times" for n in SEVERAL}}
        ways = [Way(peer, lambda times=times: self.dnsperf(times)) for times, peer in peers.items()]
        for form, title in ("list", "check, a list of hosts"), ("pools", "check, pools"):
            ways.append(Way(title, lambda form=form: self.check(form, ["local"]), (peers[1],), self.growing(form, ["local"])))
        for count in SEVERAL:
            ways.append(Way(f"check, pools, {count} vantages", lambda count=count: self.check("pools", local_vantages(count)), (peers[count],)))
        ways.append(Way("check, pools, authoritative", lambda: self.check("pools", ["authority"]), (peers[1],)))
        return ways

    def walked(self):
        # As many open questions as a process may have sockets by default, and as few as suffice here.
        ways = [Way(f"bare libunbound, {window} open", lambda window=window: self.unbound(window)) for window in (800, 64)]
        return [*ways, Way("check, pools, recursive", lambda: self.check("pools", ["own"]), tuple(way.name for way in ways))]


def read(rdnsgate, folder, hosts):
    """Zone files in place of servers, beside BIND's reader of the same files, which compares nothing."""
    inventories, zones, _ = generate.write(folder / "zone-files", hosts, SERVER)
    served = folder / "zone-files/served"
    served.mkdir()
    for name in generate.REVERSE, generate.ZONE:
        zones[name].rename(served / f"{name}.zone")

    def check():
        wall, cpu, rss, text = run([rdnsgate, "check", "--format", "json", "--zone-files", served, inventories["list"]])
        assert json.loads(text)["verdict"] == "pass"
        return wall, cpu, rss, hosts

    def growing(count):
        return [rdnsgate, "check", "-q", "-q", "--zone-files", served, generate.write(folder / f"few{count}", count, SERVER)[0]["list"]]

    both = " && ".join(f"{tool('named-checkzone')} -q {name} {served / name}.zone" for name in (generate.REVERSE, generate.ZONE))
    assert subprocess.run(["bash", "-c", both], env=environment(), check=False).returncode == 0
    lint = timed([rdnsgate, "lint", "-q", "-q", "--zone-files", served, inventories["list"]], hosts)
    return [Way("named-checkzone", timed(["bash", "-c", both], hosts, environment())),
            Way("check --zone-files, a list of hosts", check, ("named-checkzone",), growing if hosts >= MORE else None),
            Way("lint --zone-files, a list of hosts", lint, ("named-checkzone",))]


def measure(table, rdnsgate, folder, addresses, parts):
    if "check" in parts or "recursive" in parts:
        with Bench(rdnsgate, folder, addresses) as bench:
            if "check" in parts:
                table.measure(bench.asked())
            if "recursive" in parts:
                table.measure(bench.walked())
    if "zone-files" in parts:
        table.measure(read(rdnsgate, folder, addresses))
