# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Three users from an empty folder to what they came for, with nothing but what the README and the guide name: a postmaster whose
reverse zone is at a provider, a team with octoDNS, a hoster who renumbers 256 addresses by letter."""
import csv
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import yaml

from rdnslab import zones
from rdnslab.case import LabCase, WorldCase

ROOT = Path(__file__).resolve().parents[2]
# Names of the lab are below .example, and its zones have one server each.
LAB_RULES = "  ptr-special-use-name: off\n  deleg-ns-count: off\n"
GIT = {f"GIT_{who}_{what}": f"{who.lower()}@example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


class Walk:
    """What a user does beside running the program: files, git, and the shell lines of a pipeline."""

    def enter(self):
        tools = self.folder / "bin"
        tools.mkdir()
        (tools / "rdnsgate").symlink_to(os.environ["RDNSGATE"])
        self.repository = self.folder / "repository"
        self.repository.mkdir()
        self.environment = {"PATH": f"{tools}:{os.environ['PATH']}", "LANG": "C.UTF-8", "HOME": str(self.folder), **GIT}
        self.shell("git init -q -b main")

    def shell(self, script, code=0, **variables):
        """As a runner does it: bash -e, in the repository."""
        done = subprocess.run(["bash", "-e", "-o", "pipefail", "-c", script], cwd=self.repository, stdin=subprocess.DEVNULL,
                              env=self.environment | variables, capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, code, f"{script}\n{done.stdout[-6000:]}\n{done.stderr[-3000:]}")
        return done.stdout + done.stderr

    def file(self, name, text=None):
        """Writes it, or gives its text."""
        path = self.repository / name
        if text is None:
            return path.read_text()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return text

    def replace(self, name, old, new):
        text = self.file(name)
        self.assertIn(old, text)
        self.file(name, text.replace(old, new))

    def commit(self, message):
        self.shell(f"git add -A && git commit -qm '{message}'")

    def branch(self, name):
        """Of what the main branch is at the host of the repository."""
        self.shell(f"git update-ref refs/remotes/origin/main main && git checkout -qb {name}")


class Postmaster(Walk, WorldCase):
    """A host at a provider, whose forward zone is a file in the repository."""
    fresh = apart = True
    seconds = 20

    def setUp(self):
        super().setUp()
        self.enter()
        self.file("zones/mail.example.zone", zones.PRIMARY_ZONES["mail.example"])
        shutil.copy(self.world.root_hints, self.repository / "root.hints")

    def gate(self, code, base=""):
        """The steps of the job, until one fails; what they say."""
        workflow = yaml.safe_load(self.file(".github/workflows/rdnsgate.yml"))
        steps = [step["run"] for step in workflow["jobs"]["gate"]["steps"] if "run" in step and "if" not in step]
        variables = workflow["env"] | {"GITHUB_BASE_REF": base}
        said = "".join(self.shell(step, **variables) for step in steps[:-1])
        return said + self.shell(steps[-1], code, **variables)

    def test_the_gate_knows_the_provider_s_records(self):
        # The first inventory, from the live DNS; what no tool can know is added by hand.
        self.shell("rdnsgate init --root-hints root.hints 203.0.113.20")
        self.replace("inventory.yaml", "version: 1\n", "version: 1\nvantages:\n  - {name: world, kind: recursive, root_hints: root.hints}\n")
        self.replace("inventory.yaml", "{name: mail.example}", "{name: mail.example, managed_by: zonefile, file: zones/mail.example.zone}")
        self.replace("inventory.yaml", "{name: 113.0.203.in-addr.arpa}",
                     "{name: 113.0.203.in-addr.arpa, managed_by: ticket, contact: noc@hoster.example}")
        self.replace("inventory.yaml", "\nrules:\n", "\nrules:\n" + LAB_RULES)
        self.shell("rdnsgate lint")
        # The gate.
        self.file(".github/workflows/rdnsgate.yml", (ROOT / "ci/github/rdnsgate.yml").read_text())
        self.file(".gitignore", "rdnsgate.*\n")
        closed = self.gate(0)
        self.assertIn("not in this gate", closed)
        self.file(".rdnsgate.yaml", "check: {over: live}\n")
        self.assertNotIn("not in this gate", self.gate(0))
        self.commit("a gate for mail DNS")

        # Somebody moves the host, and forgets the provider.
        self.branch("move")
        self.replace("zones/mail.example.zone", "mx7 86400 IN A 203.0.113.20", "mx7 86400 IN A 203.0.113.21")
        self.commit("mx7 moves")
        said = self.gate(1, "main")
        line = self.file("zones/mail.example.zone").splitlines().index("mx7 86400 IN A 203.0.113.21") + 1
        self.assertIn(f"::error file=zones/mail.example.zone,line={line},", said)
        self.replace("zones/mail.example.zone", "203.0.113.21", "203.0.113.20")
        self.gate(0, "main")

        # Without the provider's servers nothing is known of the PTR record: neither missing nor right.
        for server in self.world.servers:
            if server.address == zones.PROVIDER[1]:
                server.stop()
        said = self.gate(3, "main")
        self.assertNotIn("::error", said)


class OctoDns(Walk, LabCase):
    """A merge request is refused, and a patch makes it right."""

    def setUp(self):
        super().setUp()
        self.enter()
        self.file("config/example.com.yaml", """---
# The zone of the company.
'':
  ttl: 3600
  type: NS
  values: [ns1.example.net., ns2.example.net.]
mx1:
  type: A
  value: 192.0.2.10
# Not ours to touch.
www:
  type: A
  value: 198.51.100.80
""")
        self.file("config/2.0.192.in-addr.arpa.yaml", """---
'':
  type: NS
  values: [ns1.example.net., ns2.example.net.]
'10':  # the mail host
  type: PTR
  value: mx1.example.com.
""")

    def gate(self, code):
        text = (ROOT / "ci/gitlab/rdnsgate-component.yml").read_text()
        inputs = next(yaml.safe_load_all(text))["spec"]["inputs"]
        given = {"image": "an image", "zones": "config"}
        for name, about in inputs.items():
            text = text.replace(f"$[[ inputs.{name} ]]", given.get(name, about.get("default")))
        job = list(yaml.safe_load_all(text))[1]["rdnsgate:gate"]
        variables = {name: value["value"] if isinstance(value, dict) else str(value) for name, value in job["variables"].items()}
        variables["CI_MERGE_REQUEST_TARGET_BRANCH_NAME"] = "main"
        *before, last = job["script"]
        return "".join(self.shell(line, **variables) for line in before) + self.shell(last, code, **variables)

    def test_a_merge_request_is_mended_by_the_patches_of_its_plan(self):
        self.shell("rdnsgate init --from-zone-files config")
        inventory = self.file("inventory.yaml")
        self.assertEqual(inventory.count("managed_by: octodns"), 2, inventory)
        self.file(".gitignore", "gl-code-quality-report.json\nrdnsgate.xml\nchange/\nbefore.yaml\n")
        self.commit("an inventory")
        self.branch("second-host")
        self.gate(0)
        # A second host, and another name for the first, in the inventory only.
        self.shell("cp inventory.yaml before.yaml")
        self.replace("inventory.yaml", "mx1.example.com", "mail.example.com")
        self.replace("inventory.yaml", "\nsenders:\n", "\nsenders:\n  - {name: mx2, helo: mx2.example.com, addresses: [192.0.2.9]}\n")
        self.commit("a second host")
        said = self.gate(1)
        quality = json.loads(self.file("gl-code-quality-report.json"))
        self.assertIn("config/2.0.192.in-addr.arpa.yaml", {entry["location"]["path"] for entry in quality}, said)
        self.shell("rdnsgate plan --base before.yaml --zone-files config -o change inventory.yaml")
        patches = sorted((self.repository / "change").glob("[0-9]*/*.patch"))
        self.assertGreater(len(patches), 2)
        for patch in patches:
            self.shell(f"git apply '{patch}'")
        self.gate(0)
        forward, reverse = self.file("config/example.com.yaml"), self.file("config/2.0.192.in-addr.arpa.yaml")
        self.assertIn("# Not ours to touch.\nwww:\n  type: A\n  value: 198.51.100.80\n", forward)
        self.assertIn("'10':  # the mail host\n", reverse)
        for text in forward, reverse:
            keys = list(yaml.safe_load(text))
            natural = sorted(keys, key=lambda key: [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", key)])
            self.assertEqual(keys, natural, text)
        self.assertEqual(yaml.safe_load(reverse)["9"], {"type": "PTR", "value": "mx2.example.com."} | (
            {"ttl": yaml.safe_load(reverse)["9"]["ttl"]} if "ttl" in yaml.safe_load(reverse)["9"] else {}))


class Hoster(Walk, LabCase):
    """NetBox has the addresses, the upstream has the reverse zones, and 256 addresses get others."""
    OLD, NEW = "2.0.192.in-addr.arpa", "100.51.198.in-addr.arpa"
    HEAD = ("@ 3600 IN SOA ns1.hoster.example.com. hostmaster.hoster.example.com. 1 14400 3600 604800 3600\n"
            "@ 3600 IN NS ns1.hoster.example.com.\n@ 3600 IN NS ns2.hoster.example.com.\n")

    def setUp(self):
        super().setUp()
        self.enter()
        rows = [{"id": n, "address": f"192.0.2.{n}/24", "dns_name": f"out-{n}.hoster.example.com",
                 "status": {"value": "active", "label": "Active"}, "tenant": {"name": "mail team"}} for n in range(256)]
        self.file("netbox.json", json.dumps({"count": len(rows), "next": None, "results": rows}))
        self.file("zones/hoster.example.com.zone", f"$ORIGIN hoster.example.com.\n{self.HEAD}"
                  "ns1 3600 IN A 203.0.113.53\nns2 3600 IN A 203.0.113.54\n"
                  + "".join(f"out-{n} 86400 IN A 192.0.2.{n}\n" for n in range(256)))
        # What only the upstream has.
        self.upstream = self.folder / "upstream"
        self.upstream.mkdir()
        self.records = {self.OLD: {str(n): ("86400", f"out-{n}.hoster.example.com.") for n in range(256)}, self.NEW: {}}
        self.publish()

    def publish(self):
        for zone, records in self.records.items():
            (self.upstream / f"{zone}.zone").write_text(f"$ORIGIN {zone}.\n{self.HEAD}" + "".join(
                f"{owner} {ttl} IN PTR {name}\n" for owner, (ttl, name) in records.items()))

    def look(self, code=0):
        """What the world shows tonight."""
        self.shell("rdnsgate check --zone-files zones --zone-files ../upstream --record ../night.facts inventory.yaml", code)

    def carry_out(self, table):
        """As the upstream's people do it."""
        for row in csv.DictReader(table.splitlines()):
            zone = row["zone"].rstrip(".")
            owner = row["name"].removesuffix(f".{row['zone']}")
            self.assertEqual(row["type"], "PTR")
            if row["value"]:
                self.records[zone][owner] = (row["ttl"], row["value"])
            else:
                self.assertEqual(self.records[zone].pop(owner)[1], row["old_value"])
        self.publish()

    def test_256_addresses_are_renumbered_by_letter(self):
        # Given by the table, and the zone that is at hand: the rest is added by who knows it.
        self.shell("rdnsgate init --from-netbox netbox.json --zone-files zones")
        self.assertLess(len(self.file("inventory.yaml").splitlines()), 40)
        text = self.file("inventory.yaml")
        self.assertIn("{range: 192.0.2.0-192.0.2.255, ptr: \"out-{4}.hoster.example.com\"}", text)
        self.file("inventory.yaml", re.sub(r"^zones:\n(?:  .*\n)*", "zones:\n  - {name: hoster.example.com, managed_by: zonefile, "
                  "file: zones/hoster.example.com.zone, contact: dns@hoster.example.com}\n" + "".join(
                      f"  - {{name: {zone}, managed_by: ticket, contact: noc@upstream.example}}\n" for zone in (self.OLD, self.NEW)),
                  text, flags=re.MULTILINE))
        self.shell("rdnsgate lint")
        self.look()
        # The renumbering.
        self.shell("cp inventory.yaml ../before.yaml")
        self.replace("inventory.yaml", "range: 192.0.2.0-192.0.2.255", "range: 198.51.100.0-198.51.100.255")
        self.file("inventory.yaml", self.file("inventory.yaml") + "retired: [192.0.2.0/24]\n")
        # Of the new addresses last night's look knows nothing: no plan is made on a guess.
        plan = "rdnsgate plan --base ../before.yaml --zone-files zones --over ../night.facts"
        self.assertIn("check --record", self.shell(f"{plan} -o ../change inventory.yaml", 3))
        self.look(1)
        said = self.shell(f"{plan} -o ../change inventory.yaml")
        self.assertLess(len(said.splitlines()), 150, said)  # three screens, a line for each phase among them
        change = self.folder / "change"
        (whole,) = (change / "letters").glob("*.txt")
        prose = whole.read_text()
        self.assertLess(len(prose.splitlines()), 100, prose)
        self.assertTrue(prose.rstrip().endswith("mail team"), prose)
        # Phase by phase: what takes no letter is a patch of our own zone.
        letters = 0
        for phase in sorted(path for path in change.iterdir() if re.match(r"\d", path.name)):
            for table in phase.glob("noc@upstream.example.csv"):
                self.assertTrue(table.with_suffix(".txt").exists())
                letters += 1
                self.carry_out(table.read_text())
            for patch in phase.glob("*.patch"):
                self.shell(f"patch -p1 --fuzz=0 -i '{patch}'")
        self.assertEqual(letters, 4)  # TTLs, new records, what goes, TTLs again
        self.assertEqual(self.records[self.OLD], {})
        self.assertEqual(len(self.records[self.NEW]), 256)
        self.look()
