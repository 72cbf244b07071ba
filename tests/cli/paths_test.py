#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""The one rule for paths (src/base/files/boundary.h), held against every option of every command and every key of both
schemas that takes a path: what a repository names, and where its links lead, stays in it; what the user names is the
user's. The lists are those of the program itself: an option or a key that is new has to be put into the tables here.

Usage: paths_test.py RDNSGATE_BINARY [unittest arguments]
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import offline

BINARY = None
ROOT = Path(__file__).resolve().parents[2]
SECRET = "hunter2"
INVENTORY = """version: 1
zones: [{name: example.com, managed_by: nsupdate}, {name: 2.0.192.in-addr.arpa, managed_by: nsupdate}]
senders: [{name: a, helo: new.example.com, addresses: [192.0.2.10]}]
rules: {addr-documentation: off}
"""
HEAD = "$TTL 3600\n@ IN SOA ns1.example.com. h.example.com. 1 3600 600 86400 300\n@ IN NS ns1.example.com.\n"

ZONES = ["--zone-files", "zones"]
ROLLOUT = {"status": [], "next": [], "wait": [], "verify": ["add-forward"]}
# What an option is given besides itself, for the command to come to it; `@` is where the path goes. The second says
# whether it is read or written, and what lies behind the path: a file of some name, or a folder.
LINT, CHECK, PLAN = ["lint", "inventory.yaml"], ["check", *ZONES, "inventory.yaml"], ["plan", *ZONES, "inventory.yaml"]
OPTIONS = {
    ("init", "--addresses"): (["init", "-o", "new.yaml", "--addresses", "@"], "read"),
    ("init", "--from-zone-files"): (["init", "-o", "new.yaml", "--from-zone-files", "@"], "read x.example.zone"),
    ("init", "--from-csv"): (["init", "-o", "new.yaml", "--from-csv", "@"], "read"),
    ("init", "--from-netbox"): (["init", "-o", "new.yaml", "--from-netbox", "@"], "read"),
    ("init", "--from-tofu"): (["init", "-o", "new.yaml", "--from-tofu", "@"], "read"),
    ("init", "--known-relays"): (["init", "-o", "new.yaml", "192.0.2.10", *ZONES, "--known-relays", "@"], "read"),
    ("init", "--output"): (["init", "--force", "--from-zone-files", "zones", "-o", "@"], "write"),
    ("init", "--zone-files"): (["init", "-o", "new.yaml", "192.0.2.10", "--zone-files", "@"], "read x.example.zone"),
    ("lint", "FILE"): (["lint", "@"], "read"),
    ("lint", "--base"): (["lint", "--base", "@", "inventory.yaml"], "read"),
    ("lint", "--zone-files"): ([*LINT, "--zone-files", "@"], "read x.example.zone"),
    ("lint", "--base-zone-files"): ([*LINT, *ZONES, "--base-zone-files", "@"], "read x.example.zone"),
    ("lint", "--output"): ([*LINT, "--output", "json=@"], "write"),
    ("lint", "--baseline"): ([*LINT, "--baseline", "@"], "read"),
    ("fmt", "FILE"): (["fmt", "@"], "read"),
    ("check", "FILE"): (["check", *ZONES, "@"], "read"),
    ("check", "--zone-files"): (["check", "--zone-files", "@", "inventory.yaml"], "read x.example.zone"),
    ("check", "--output"): ([*CHECK, "--output", "json=@"], "write"),
    ("check", "--baseline"): ([*CHECK, "--baseline", "@"], "read"),
    ("check", "--banners"): ([*CHECK, "--banners", "@"], "read"),
    ("check", "--probes"): ([*CHECK, "--probes", "@"], "read"),
    ("check", "--mta-sts"): ([*CHECK, "--mta-sts", "@"], "read"),
    ("smtp mta-sts", "FILE"): (["smtp", "mta-sts", *ZONES, "@"], "read"),
    ("smtp mta-sts", "--zone-files"): (["smtp", "mta-sts", "domains.yaml", "--zone-files", "@"], "read x.example.zone"),
    ("smtp mta-sts", "--before"): (["smtp", "mta-sts", *ZONES, "domains.yaml", "--before", "@"], "read"),
    ("smtp mta-sts", "--ca"): (["smtp", "mta-sts", *ZONES, "domains.yaml", "--ca", "@"], "read"),
    ("smtp mta-sts", "--over"): (["smtp", "mta-sts", *ZONES, "domains.yaml", "--over", "@"], "read"),
    ("smtp mta-sts", "--root-hints"): (["smtp", "mta-sts", "domains.yaml", "--root-hints", "@"], "read"),
    ("smtp mta-sts", "--trust-anchor"): (["smtp", "mta-sts", "domains.yaml", "--trust-anchor", "@"], "read"),
    ("smtp mta-sts", "--replay"): (["smtp", "mta-sts", "domains.yaml", "--replay", "@"], "read"),
    ("smtp banner", "FILE"): (["smtp", "banner", "--timeout", "100ms", "@"], "read"),
    ("smtp banner", "--mail-hosts"): (["smtp", "banner", "--timeout", "100ms", "inventory.yaml", "--mail-hosts", "@"], "read"),
    ("smtp probe", "FILE"): (["smtp", "probe", "--state", "state.json", "@"], "read"),
    ("baseline write", "REPORT"): (["baseline", "write", "@"], "read"),
    ("baseline write", "--output"): (["baseline", "write", "report.json", "-o", "@"], "write"),
    ("check", "--history"): (["check", "--replay", "a.facts", "--history", "@", "inventory.yaml"], "write"),
    ("history list", "--history"): (["history", "list", "--history", "@"], "read"),
    ("history show", "--history"): (["history", "show", "--history", "@"], "read"),
    ("history timeline", "--history"): (["history", "timeline", "--history", "@"], "read"),
    ("history export", "--history"): (["history", "export", "--history", "@"], "read"),
    ("history prune", "--history"): (["history", "prune", "--history", "@"], "read"),
    ("plan", "FILE"): (["plan", *ZONES, "@"], "read"),
    ("plan", "--base"): ([*PLAN, "--base", "@"], "read"),
    ("plan", "--zone-files"): (["plan", "inventory.yaml", "--zone-files", "@"], "read x.example.zone"),
    ("plan", "--output"): ([*PLAN, "-o", "@"], "write folder"),
    ("facts merge", "FILE"): (["facts", "merge", "-o", "new.facts", "@"], "read"),
    ("facts merge", "--output"): (["facts", "merge", "a.facts", "-o", "@"], "write"),
    ("facts show", "FILE"): (["facts", "show", "@"], "read"),
    ("spf", "--zone-files"): (["spf", "--ip", "192.0.2.10", "--sender", "a@example.com", "--zone-files", "@"], "read x.example.zone"),
    ("paths", "FILE"): (["paths", "@", *ZONES], "read"),
    ("paths", "--zone-files"): (["paths", "inventory.yaml", "--zone-files", "@"], "read x.example.zone"),
    ("paths", "--output"): (["paths", "inventory.yaml", *ZONES, "-o", "@"], "write"),
    ("logs", "FILE"): (["logs", "@"], "read"),
    ("logs", "--inventory"): (["logs", "--inventory", "@", "inventory.yaml"], "read"),
    ("logs", "--report"): (["logs", "--report", "@", "inventory.yaml"], "read"),
    ("logs", "--patterns"): (["logs", "--patterns", "@", "inventory.yaml"], "read"),
    ("evidence", "FILE"): (["evidence", "192.0.2.10", "-o", "new.tar.gz", *ZONES, "@"], "read"),
    ("evidence", "--output"): (["evidence", "192.0.2.10", *ZONES, "-o", "@", "inventory.yaml"], "write"),
    ("evidence", "--report"): (["evidence", "192.0.2.10", *ZONES, "-o", "new.tar.gz", "--report", "@", "inventory.yaml"], "read"),
    ("evidence", "--logs"): (["evidence", "192.0.2.10", *ZONES, "-o", "new.tar.gz", "--logs", "@", "inventory.yaml"], "read"),
    ("evidence", "--history"): (["evidence", "192.0.2.10", *ZONES, "-o", "new.tar.gz", "--history", "@", "inventory.yaml"], "read"),
    ("evidence", "--zone-files"): (["evidence", "192.0.2.10", "-o", "new.tar.gz", "inventory.yaml", "--zone-files", "@"], "read x.example.zone"),
    ("evidence verify", "FILE"): (["evidence", "verify", "@"], "read"),
    ("ticket status", "BUNDLE|PLAN|IP"): (["ticket", "status", "@", *ZONES], "read"),
    ("ticket status", "FILE"): (["ticket", "status", "192.0.2.10", *ZONES, "@"], "read"),
    ("ticket status", "--zone-files"): (["ticket", "status", "192.0.2.10", "inventory.yaml", "--zone-files", "@"], "read x.example.zone"),
    **{(command, option): ([command, "3f9c1a", *before, option, "@"], "read")
       for command in ("postmortem", "timeline")
       for option, before in (("--history", []), ("--inventory", ["--history", "none.db"]),
                              ("--plan", ["--history", "none.db", "--state", "inventory.yaml"]),
                              ("--state", ["--history", "none.db", "--plan", "p/plan.json"]))},
    ("report show", "FILE"): (["report", "show", "@"], "read"),
    ("report show", "--output"): (["report", "show", "report.json", "--output", "json=@"], "write"),
    ("report merge", "FILE"): (["report", "merge", "@"], "read"),
    ("report merge", "--output"): (["report", "merge", "report.json", "--output", "json=@"], "write"),
    ("report merge", "--inventory"): (["report", "merge", "shard.json", "--inventory", "@"], "read"),
    ("report diff", "OLD"): (["report", "diff", "@", "report.json"], "read"),
    ("report diff", "NEW"): (["report", "diff", "report.json", "@"], "read"),
    ("trace", "--root-hints"): (["trace", "example.com", "--root-hints", "@"], "read"),
    ("trace", "--trust-anchor"): (["trace", "example.com", "--trust-anchor", "@"], "read"),
}
for _command in ("init", "check", "plan", "spf", "paths"):
    _start = {"init": ["init", "-o", "new.yaml", "192.0.2.10"], "check": ["check", "inventory.yaml"], "plan": ["plan", "inventory.yaml"],
              "spf": ["spf", "--ip", "192.0.2.10", "--sender", "a@example.com"], "paths": ["paths", "inventory.yaml"]}[_command]
    for _option in ("--root-hints", "--trust-anchor", "--replay"):
        OPTIONS[_command, _option] = ([*_start, _option, "@"], "read")
    OPTIONS[_command, "--over"] = ([*_start, *ZONES, "--over", "@"], "read")
    OPTIONS[_command, "--record"] = ([*_start, *ZONES, "--record", "@"], "write")
for _command, _start in (("evidence", ["evidence", "192.0.2.10", "-o", "new.tar.gz", "inventory.yaml"]),
                         ("ticket status", ["ticket", "status", "192.0.2.10", "inventory.yaml"])):
    for _option in ("--root-hints", "--trust-anchor", "--replay"):
        OPTIONS[_command, _option] = ([*_start, _option, "@"], "read")
    OPTIONS[_command, "--over"] = ([*_start, *ZONES, "--over", "@"], "read")
OPTIONS["evidence", "--record"] = (["evidence", "192.0.2.10", "-o", "new.tar.gz", "inventory.yaml", *ZONES, "--record", "@"], "write")
for _command, _start in (("dkim", ["dkim", "example.com", "s"]), ("dmarc", ["dmarc", "example.com"])):
    OPTIONS[_command, "--zone-files"] = ([*_start, "--zone-files", "@"], "read x.example.zone")
    OPTIONS[_command, "--over"] = ([*_start, *ZONES, "--over", "@"], "read")
    for _option in ("--root-hints", "--trust-anchor", "--replay"):
        OPTIONS[_command, _option] = ([*_start, _option, "@"], "read")
PROBE = ["smtp", "probe", "--conversation", "1s", "probe.yaml"]
for _option in ("--root-hints", "--trust-anchor", "--replay"):
    OPTIONS["smtp probe", _option] = ([*PROBE, "--state", "probe.json", _option, "@"], "read")
OPTIONS["smtp probe", "--over"] = ([*PROBE, "--state", "probe.json", *ZONES, "--over", "@"], "read")
OPTIONS["smtp probe", "--record"] = ([*PROBE, "--state", "probe.json", *ZONES, "--record", "@"], "write")
OPTIONS["smtp probe", "--output"] = ([*PROBE, "--state", "probe.json", *ZONES, "--output", "@"], "write")
OPTIONS["smtp probe", "--zone-files"] = ([*PROBE, "--state", "probe.json", "--zone-files", "@"], "read x.example.zone")
OPTIONS["smtp probe", "--state"] = ([*PROBE, *ZONES, "--state", "@"], "read")
_collect = [*PROBE, *ZONES, "--state", "probe.json", "--deliver", "--collect", "imaps://a@127.0.0.1", "--authserv-id", "a"]
OPTIONS["smtp probe", "--password-file"] = ([*_collect, "--password-file", "@"], "read")
OPTIONS["smtp probe", "--imap-ca"] = ([*_collect, "--imap-ca", "@", "--password-file", "inventory.yaml"], "read")
DRILL = ["drill", "run", "helo-reset"]
OPTIONS["drill run", "FILE"] = ([*DRILL, *ZONES, "@"], "read")
OPTIONS["drill run", "--zone-files"] = ([*DRILL, "inventory.yaml", "--zone-files", "@"], "read x.example.zone")
OPTIONS["drill run", "--replay"] = ([*DRILL, "inventory.yaml", "--replay", "@"], "read")
OPTIONS["drill run", "--banners"] = ([*DRILL, *ZONES, "inventory.yaml", "--banners", "@"], "read")
for _option in ("--record", "--altered"):
    OPTIONS["drill run", _option] = ([*DRILL, *ZONES, "inventory.yaml", _option, "@"], "write")
OPTIONS["drill report", "FILE"] = (["drill", "report", "@"], "read")
WATCH = ["watch", "--looks", "1", "--recheck", "0", "inventory.yaml"]
OPTIONS["watch", "FILE"] = (["watch", "--looks", "1", "--recheck", "0", *ZONES, "@"], "read")
OPTIONS["watch", "--zone-files"] = ([*WATCH, "--zone-files", "@"], "read x.example.zone")
for _option in ("--root-hints", "--trust-anchor", "--replay"):
    OPTIONS["watch", _option] = ([*WATCH, _option, "@"], "read")
for _option in ("--over", "--baseline", "--webhook-secret", "--webhook-ca"):
    OPTIONS["watch", _option] = ([*WATCH, *ZONES, "--webhook", "http://127.0.0.1:9/", _option, "@"], "read")
OPTIONS["watch", "--spool"] = ([*WATCH, *ZONES, "--exec", "true", "--spool", "@"], "write folder")
for _option in ("--metrics", "--history"):
    OPTIONS["watch", _option] = ([*WATCH, *ZONES, _option, "@"], "write")
for _name, _more in ROLLOUT.items():
    _start = ["rollout", _name, "p/plan.json", *_more]
    OPTIONS[f"rollout {_name}", "PLAN"] = (["rollout", _name, "@", *_more, *ZONES], "read")
    OPTIONS[f"rollout {_name}", "--inventory"] = ([*_start, *ZONES, "--inventory", "@"], "read")
    OPTIONS[f"rollout {_name}", "--zone-files"] = ([*_start, "--zone-files", "@"], "read x.example.zone")
    for _option in ("--root-hints", "--trust-anchor", "--replay"):
        OPTIONS[f"rollout {_name}", _option] = ([*_start, _option, "@"], "read")
    OPTIONS[f"rollout {_name}", "--over"] = ([*_start, *ZONES, "--over", "@"], "read")
    OPTIONS[f"rollout {_name}", "--record"] = ([*_start, *ZONES, "--record", "@"], "write")
    if _name != "verify":
        OPTIONS[f"rollout {_name}", "--state"] = ([*_start, *ZONES, "--state", "@"], "read")
# Values that are no paths, of whatever command.
NO_PATHS = {"--color", "--now", "--format", "--fail-on", "--vantage", "--timeout", "--deadline", "--transient",
            "--inconclusive", "--quorum", "--changed-since", "--shard", "--from-domain", "--only", "--sarif-category", "--group-by",
            "--level", "--max-findings", "--stdin-filename", "--start", "--despite-use", "--max-changes", "--max-share",
            "--scenario", "--done", "--ip", "--sender", "--helo", "--resolver", "--receiver", "--volume", "--default-explanation", "--zone", "--interval", "--host", "--port", "--ehlo", "--target", "--every", "--jitter", "--recheck", "--confirm", "--looks", "--exec", "--webhook", "--mail-to", "--mail-from", "--sendmail", "--hook-timeout", "--listen", "--nagios", "--nagios-service", "--conversation", "--within", "--collect", "--authserv-id", "--history-origin", "--origin", "--since", "--until", "--limit", "--rule", "--name", "--fingerprint", "--keep", "--keep-latency", "--domain", "--fetch-timeout", "ADDRESS", "PHASE", "NAME", "NAME|IP", "TYPE", "RULE", "SCHEMA",
            "SHELL", "FAMILY", "COMMAND", "DOMAIN", "SELECTOR", "--redact", "FINDING|IP", "SCENARIO"}
TEXTS = {("dkim", "--record"), ("dmarc", "--record")}  # the same of one command
GLOBAL = {"--config"}  # of the program itself

# Keys of the configuration: a command that heeds them, and what the path is of.
KEYS = {
    ("", "inventory"): ["lint"],
    ("", "baseline"): LINT,
    ("", "history"): ["history", "list"],
    ("", "known_relays"): ["init", "-o", "new.yaml", "192.0.2.10", *ZONES],
    ("", "root_hints"): ["check", "inventory.yaml"],
    ("", "trust_anchor"): ["check", "inventory.yaml"],
    ("lint", "output"): LINT,
    ("lint", "baseline"): LINT,
    ("lint", "zone_files"): LINT,
    ("check", "output"): CHECK,
    ("check", "baseline"): CHECK,
    ("check", "zone_files"): ["check", "inventory.yaml"],
    ("check", "over"): CHECK,
    ("watch", "baseline"): [*WATCH, *ZONES],
    ("plan", "output"): PLAN,
    ("plan", "zone_files"): ["plan", "inventory.yaml"],
    ("plan", "over"): PLAN,
}
# Of the inventory: the key, and an inventory with it.
INVENTORY_KEYS = {
    "include": "include: ['@']\n",
    "vantages[].tls_ca": "vantages: [{name: v, kind: forward, address: 192.0.2.53, tls_name: r.example, tls_ca: '@'}]\n",
    "vantages[].root_hints": "vantages: [{name: v, kind: recursive, root_hints: '@'}]\n",
    "vantages[].trust_anchor": "vantages: [{name: v, kind: recursive, trust_anchor: '@'}]\n",
    "zones[].file": "zones: [{name: example.com, managed_by: zonefile, file: '@'}, {name: 2.0.192.in-addr.arpa, managed_by: nsupdate}]\n",
    "standards.as_data": "standards: {as_data: '@'}\n",
}
# Texts of both schemas that name no file: whoever adds a key says here that it does not, or marks it with x-path.
TEXT_KEYS = set("""
interval every jitter recheck confirm level version required_version history_origin color fail_on vantage timeout deadline format transient inconclusive quorum max_changes max_share
name kind address port tls_name questions_per_second mix_case view operator managed_by contact name_servers min_ttl max_ttl
publish_delay checks_forward sweep owner helo internal ptr addresses ip range start except ttl spf dkim mail_from dkim_domain retired_dkim via all policy rua names warn fail
rule target reason expires preset propagation skew bake soak cache_floor queue wave max_wave window days time zone retired from to
days hours timezone recipient limit special_addresses codes refusals test blocklist
""".split())


def leaves(schema, here=""):
    """Every property that is no mapping of others: its place, and its schema."""
    for key, of in schema.get("properties", {}).items():
        place = f"{here}.{key}" if here else key
        items = of.get("items", {})
        if isinstance(items, dict) and "properties" in items:
            yield from leaves(items, place + "[]")
        elif "properties" in of:
            yield from leaves(of, place)
        else:
            yield place, of


def kind_of(schema, of):
    kinds = [of.get("x-path")] + [schema["definitions"][part["$ref"].rsplit("/", 1)[1]].get("x-path") for part in of.get("allOf", [])]
    return next((kind for kind in kinds if kind), None)


class Paths(unittest.TestCase):
    def setUp(self):
        made = tempfile.TemporaryDirectory()
        self.addCleanup(made.cleanup)
        self.top = Path(made.name).resolve()
        self.repository, self.home = self.top / "repo", self.top / "home"
        (self.repository / "zones").mkdir(parents=True)
        self.home.mkdir()
        subprocess.run(["git", "init", "-q", str(self.repository)], check=True)
        self.write("inventory.yaml", INVENTORY)
        self.write("probe.yaml", "version: 1\nsenders: [{name: a, helo: ns1.example.com, addresses: [127.0.0.1]}]\n"
                   "domains: [{name: example.com}]\nprobes: [{recipient: a@ns1.example.com, from: a@example.com}]\n")
        self.write("zones/example.com.zone", HEAD + "ns1 A 192.0.2.1\nold A 192.0.2.10\n")
        self.write("zones/2.0.192.in-addr.arpa.zone", HEAD + "10 PTR old.example.com.\n")
        self.forbidden = {"file": self.home / "secret", "x.example.zone": self.home / "x.example.zone"}
        for path in self.forbidden.values():
            path.write_text(f"machine api.example\nlogin {SECRET}\npassword s3cr3t\n")

    def write(self, name, text):
        path = self.repository / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def run_tool(self, *arguments, folder=None):
        return subprocess.run(offline.command([BINARY, *arguments]), cwd=folder or self.repository, text=True, capture_output=True,
                              env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}, timeout=60, check=False)

    def outside(self):
        return {str(path.relative_to(self.top)): (path.read_bytes() if path.is_file() else None) for path in sorted(self.home.rglob("*"))}

    def check_refused(self, done, before, what):
        said = done.stdout + done.stderr
        self.assertEqual(done.returncode, 2, f"{what}: {said}")
        self.assertRegex(said, r"leads (out of|into the \.git)|cannot be followed", what)
        self.assertNotIn(SECRET, said, what)
        self.assertNotIn("s3cr3t", said, what)
        self.assertEqual(self.outside(), before, what)

    def prepare(self):
        """What some commands work on."""
        self.write("domains.yaml", INVENTORY + "domains: [{name: example.com, via: [a]}]\n")
        for arguments in (["plan", *ZONES, "-o", "p", "inventory.yaml"], [*CHECK, "-o", "json=report.json", "--record", "a.facts"],
                          [*CHECK, "--shard", "1/1", "-o", "json=shard.json"]):
            done = self.run_tool(*arguments)
            self.assertIn(done.returncode, (0, 1), done.stderr)

    def commands(self):
        def below(words):
            text = self.run_tool(*words, "--help").stdout
            found = re.search(r"^Subcommands:\n((?:  .*\n)+)", text, re.M)
            names = re.findall(r"^  ([\w-]+)  ", found[1], re.M) if found else []
            if words:  # one with commands below it may do something by itself
                yield words, text
            for name in names:
                yield from below([*words, name])
        return list(below([]))

    def test_every_option_that_takes_a_value_is_in_a_table(self):
        seen = set()
        for words, text in self.commands():
            command = " ".join(words)
            for line in text.splitlines():
                match = re.match(r"  (?:-\w,)?(--[\w-]+) ((?:live\||[A-Z\"])[^ ]*)|  ([A-Z][A-Z|]*) [A-Z]", line)
                if not match:
                    continue
                name = match[1] or match[3]
                if name in NO_PATHS or name in GLOBAL or (command, name) in TEXTS:
                    continue
                self.assertIn((command, name), OPTIONS, "a new option: say whether it is a path")
                seen.add((command, name))
        self.assertEqual(set(OPTIONS) - seen, set(), "not options any more, or not seen")

    def test_a_link_in_the_repository_leads_no_option_out_of_it(self):
        self.prepare()
        for (command, option), (arguments, kind) in OPTIONS.items():
            way, _, behind = kind.partition(" ")
            (self.repository / "trap").mkdir(exist_ok=True)
            targets = []
            if way == "read":
                name = behind or "file"
                link = self.repository / "trap" / (name if behind else "file.yaml")
                targets = [(link, self.forbidden[name])]
                folder = self.repository / "trap-folder"
                targets.append((folder, self.home))
            else:
                targets = [(self.repository / "trap-folder", self.home)]
                if behind != "folder":
                    targets.append((self.repository / "trap" / "file", self.home / "secret"))
            for link, target in targets:
                with self.subTest(command=command, option=option, link=link.name):
                    link.symlink_to(os.path.relpath(target, link.parent))
                    path = str(link.relative_to(self.repository))
                    if link.name == "trap-folder":
                        path += "/" + (self.forbidden[behind or "file"].name if way == "read" else "new")
                    before = self.outside()
                    done = self.run_tool(*[re.sub(r"(^|=)@$", lambda found: found[1] + str(path), argument) for argument in arguments])
                    link.unlink()
                    self.check_refused(done, before, f"{command} {option} {path}")

    def test_what_the_user_names_is_the_users(self):
        self.prepare()
        for (command, option), (arguments, kind) in OPTIONS.items():
            way, _, behind = kind.partition(" ")
            path = "../home/" + (self.forbidden[behind or "file"].name if way == "read" else "new")
            done = self.run_tool(*[re.sub(r"(^|=)@$", lambda found: found[1] + str(path), argument) for argument in arguments])
            self.assertNotRegex(done.stderr + done.stdout, "leads (out of|into)", f"{command} {option}")
            self.assertNotEqual(done.returncode, 4, done.stderr)
            if way == "write":
                self.assertTrue((self.home / "new").exists(), f"{command} {option}: {done.stderr}")
                shutil.rmtree(self.home / "new", ignore_errors=True)
                (self.home / "new").unlink(missing_ok=True)

    def config_cases(self):
        """Paths that a configuration may not name, and the links that they need."""
        return {"dots": "../home/secret", "absolute": str(self.home / "secret"), "new": "../home/new", "link": "trap",
                "folder": "trap-folder/secret", "git": ".git/config", "deep": "zones/../../home/secret"}

    def test_every_key_of_the_configuration_that_names_a_path_is_in_the_table(self):
        schema = json.loads((ROOT / "schemas" / "config.schema.json").read_text())
        found = set()
        for place, of in leaves(schema):
            section, _, key = place.rpartition(".")
            if kind_of(schema, of):
                found.add((section, key))
            else:
                self.assertIn(key, TEXT_KEYS, f"{place}: a new key: mark it with x-path, or say that it is no path")
        self.assertEqual(found, set(KEYS))

    def test_a_configuration_that_was_found_names_nothing_outside(self):
        (self.repository / "trap").symlink_to("../home/secret")
        (self.repository / "trap-folder").symlink_to("../home")
        for (section, key), arguments in KEYS.items():
            for case, path in self.config_cases().items():
                value = f"{{json: '{path}'}}" if key == "output" and section != "plan" else f"'{path}'"
                text = f"{section}: {{{key}: {value}}}\n" if section else f"{key}: {value}\n"
                for name in (".rdnsgate.yaml", ".config/rdnsgate.yaml"):
                    with self.subTest(section=section, key=key, case=case, name=name):
                        self.write(name, text)
                        before = self.outside()
                        done = self.run_tool(*arguments)
                        (self.repository / name).unlink()
                        self.check_refused(done, before, f"{section} {key} {path}")
                        self.assertIn(f"{name}:1:", done.stderr)

    def test_a_file_of_the_system_is_for_the_user_to_name(self):
        hints = self.home / "root.hints"  # as /usr/share/dns/root.hints, which anybody may read
        hints.write_text(". 3600000 NS a.root.example.\na.root.example. 3600000 A 127.0.0.9\n")
        check = ["check", "--timeout", "100ms", "--deadline", "2s"]
        key = f"root_hints: {hints}\n"
        self.write(".rdnsgate.yaml", key)
        done = self.run_tool(*check, "inventory.yaml")
        self.check_refused(done, self.outside(), "root hints")
        self.assertIn("a place outside is for the command line to name, or a configuration given with --config", done.stderr)
        (self.repository / ".rdnsgate.yaml").rename(self.repository / "mine.yaml")
        self.assertEqual(self.run_tool("--config", "mine.yaml", *check, "inventory.yaml").returncode, 3)
        self.assertEqual(self.run_tool(*check, "--root-hints", str(hints), "inventory.yaml").returncode, 3)

    def test_a_configuration_that_was_named_is_the_users(self):
        self.write("mine.yaml", "lint: {output: {json: ../home/new}}\n")
        self.assertIn(self.run_tool("--config", "mine.yaml", *LINT).returncode, (0, 1))
        self.assertTrue((self.home / "new").is_file())

    def test_the_configuration_itself_is_no_way_out(self):
        for name in (".rdnsgate.yaml", "mine.yaml"):
            (self.repository / name).symlink_to("../home/secret")
            self.check_refused(self.run_tool(*(["--config", name] if name == "mine.yaml" else []), *LINT), self.outside(), name)
            (self.repository / name).unlink()

    def test_without_git_the_folder_of_the_file_is_the_root(self):
        shutil.rmtree(self.repository / ".git")
        (self.repository / "trap").symlink_to("../home/secret")
        for path in ("../home/secret", str(self.home / "secret"), "trap"):
            self.write(".rdnsgate.yaml", f"lint: {{output: {{json: '{path}'}}}}\n")
            self.check_refused(self.run_tool(*LINT), self.outside(), path)
        (self.repository / ".rdnsgate.yaml").unlink()
        for folder in ("zones", "inv"):
            (self.repository / folder).mkdir(exist_ok=True)
        (self.repository / "zones" / "x.example.zone").symlink_to("../../home/x.example.zone")
        self.check_refused(self.run_tool(*CHECK), self.outside(), "zones")
        self.write("inv/a.yaml", INVENTORY)
        (self.repository / "inv" / "b.yaml").symlink_to("../../home/secret")
        for command in ("lint", "fmt"):
            self.check_refused(self.run_tool(command, "inv"), self.outside(), command)

    def test_a_configuration_that_was_found_replaces_nothing_that_git_tracks(self):
        self.write("kept.json", "tracked\n")
        self.write("folder/plan.txt", "tracked\n")
        self.write("free.json", "not tracked\n")
        os.symlink("kept.json", self.repository / "alias.json")
        subprocess.run(["git", "-C", str(self.repository), "add", "kept.json", "folder", "alias.json"], check=True)
        for path in ("kept.json", "alias.json"):
            self.write(".rdnsgate.yaml", f"lint: {{output: {{json: {path}}}}}\n")
            done = self.run_tool(*LINT)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn("is in git", done.stderr)
            self.assertEqual((self.repository / "kept.json").read_text(), "tracked\n")
        self.write(".rdnsgate.yaml", "plan: {output: folder}\n")
        self.assertEqual(self.run_tool(*PLAN).returncode, 2)
        self.assertEqual((self.repository / "folder" / "plan.txt").read_text(), "tracked\n")
        self.write(".rdnsgate.yaml", "lint: {output: {json: free.json}}\n")
        self.assertIn(self.run_tool(*LINT).returncode, (0, 1))
        self.assertIn("rdnsgate/report/1", (self.repository / "free.json").read_text())
        self.assertIn(self.run_tool(*LINT, "--output", "json=kept.json").returncode, (0, 1))
        self.assertIn("rdnsgate/report/1", (self.repository / "kept.json").read_text())

    def test_every_key_of_the_inventory_that_names_a_path_is_in_the_table(self):
        schema = json.loads((ROOT / "schemas" / "inventory.schema.json").read_text())
        found = set()
        definitions = [(name, of) for name, of in schema.get("definitions", {}).items()]
        for place, of in [*leaves(schema), *(leaf for _, definition in definitions for leaf in leaves(definition))]:
            key = place.split(".")[-1].removesuffix("[]")
            if kind_of(schema, of):
                found.add(place)
            elif place != "rules" and key not in TEXT_KEYS:
                self.fail(f"{place}: a new key: mark it with x-path, or say that it is no path")
        self.assertEqual(found, set(INVENTORY_KEYS))

    def test_an_inventory_names_nothing_outside(self):
        (self.repository / "trap").symlink_to("../home/secret")
        (self.repository / "trap-folder").symlink_to("../home")
        base = re.sub(r"zones:.*\n", "", INVENTORY)
        for key, text in INVENTORY_KEYS.items():
            for case, path in self.config_cases().items():
                for arguments in (["lint"], ["check", *ZONES], ["plan", *ZONES], ["check"]):
                    if key == "include" and case == "absolute":
                        continue  # refused for what it is
                    with self.subTest(key=key, case=case, command=arguments):
                        self.write("inventory.yaml", base + text.replace("@", path))
                        self.check_refused(self.run_tool(*arguments), self.outside(), f"{key} {path}")

    def test_links_of_folders_stay_inside(self):
        (self.repository / "zones" / "x.example.zone").symlink_to("../../home/x.example.zone")
        self.write("inv/a.yaml", INVENTORY)
        (self.repository / "inv" / "b.yaml").symlink_to("../../home/secret")
        for arguments in (["lint", "inv"], ["fmt", "inv"], ["lint", "--fix", "inv"], CHECK, [*LINT, *ZONES], PLAN,
                          ["init", "-o", "new.yaml", "--from-zone-files", "zones"]):
            with self.subTest(command=arguments):
                self.check_refused(self.run_tool(*arguments), self.outside(), arguments)

    def test_a_dash_is_the_stream_or_an_error(self):
        self.prepare()
        for arguments in ([*CHECK, "--record", "-"], [*CHECK, "-o", "json=-"], [*PLAN, "-o", "-"], [*PLAN, "--record", "-"],
                          ["rollout", "status", "p/plan.json", *ZONES, "--state", "-"]):
            done = self.run_tool(*arguments)
            self.assertEqual((done.returncode, done.stdout), (2, ""), arguments)
            self.assertIn("standard output", done.stderr)
            self.assertFalse((self.repository / "-").exists())
        for arguments in (["baseline", "write", "report.json", "-o", "-"],):
            self.assertIn("rdnsgate/baseline/1", self.run_tool(*arguments).stdout)
            self.assertFalse((self.repository / "-").exists())


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()
