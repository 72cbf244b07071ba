# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Fails on an include that points upward or sideways, and on a third-party header outside its room.

The link graph (one static library per component) stops most upward calls; this also stops upward headers.
"""
import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src"

# What each component may include besides itself. A big one has wings, `component/wing`: a wing may include the rooms of its
# component's own folder and the wings that are named, the folder no wing of it; who may include a component may include
# all of its wings. Where the folder stands above its wings, they are named beside "", and none of them may use a room of it.
BELOW = {
    "base": set(),
    "logs": {"base"},
    "yaml": {"base"},
    "dns": {"base"},
    "inventory": {"base", "yaml", "dns"},
    "mailauth": {"base", "dns"},
    "audit": {"base", "dns", "inventory"},
    "rules": {"base", "dns", "inventory", "mailauth", "audit"},
    "draft": {"base", "yaml", "dns", "inventory", "mailauth"},
    "lsp": {"base", "yaml", "dns", "inventory", "audit", "rules"},
    "plan": {"base", "yaml", "dns", "inventory", "mailauth"},
    "resolve": {"base", "dns"},
    "history": {"base", "dns", "inventory", "audit"},
    "report": {"base", "logs", "dns", "inventory", "mailauth", "audit", "plan"},
    "run": {"base", "logs", "yaml", "dns", "inventory", "mailauth", "audit", "rules", "draft", "lsp", "plan", "resolve", "history",
            "report"},
    "cli": {"base", "logs", "yaml", "dns", "inventory", "mailauth", "audit", "rules", "draft", "lsp", "plan", "resolve", "history",
            "report", "run"},
}
WINGS = {
    "base": {
        "text": set(),
        "files": {"text"},
    },
    "mailauth": {
        "spf": set(),
        "records": set(),
        "results": set(),
    },
    "dns": {
        "facts": set(),
        "zone": set(),
        "wire": {"facts"},
        "dnssec": {"wire"},
        "delegation": {"wire", "zone", "dnssec"},
        "snapshot": {"facts", "delegation"},
    },
    "audit": {
        "heard": set(),
        "subject": set(),
        "policy": {"subject"},
        "change": {"subject", "policy"},
        "engine": {"subject", "policy"},
        "verdict": {"heard", "subject", "policy", "engine"},
    },
    "inventory": {
        "files": set(),
        "model": {"files"},
        "octodns": set(),
    },
    "plan": {
        "document": set(),
        "world": set(),
        "operation": {"world"},
        "spf": {"world", "operation"},
        "goals": {"world", "operation", "spf"},
        "schedule": {"document", "world", "operation", "spf", "goals"},
        "rollout": set(),
        "digest": set(),
        "letters": set(),
        "emit": {"document", "rollout", "digest", "letters"},
        "simulate": set(),
    },
    "resolve": {
        "": {"net", "walk", "adapters", "over", "smtp", "web", "lab"},
        "net": set(),
        "smtp": {"net"},
        "web": set(),
        "walk": {"net"},
        "adapters": {"net", "walk"},
        "over": {"net", "adapters"},
        "lab": {"net"},
    },
    "run": {
        "files": set(),
        "frame": {"files"},
        "git": set(),
        "offline": {"files"},
        "first": {"files", "frame", "offline"},
        "gate": {"files", "git"},
        "findings": {"files"},
        "smtp": {"frame"},
        "paths": {"files", "frame"},
        "probe": {"files", "frame", "paths", "smtp"},
        "logs": {"files", "frame"},
        "mail": {"frame"},
        "change": {"files", "frame"},
        "audit": {"files", "findings", "frame", "gate", "offline", "smtp"},
        "history": {"audit", "git"},
        "watch": {"files", "frame", "audit", "history"},
        "evidence": {"audit", "files", "findings", "frame", "gate", "logs", "paths"},
        "reports": {"files", "findings", "frame"},
        "faults": set(),
        "lab": {"audit", "faults"},
        "drill": {"audit", "change", "faults", "files", "frame", "history", "lab", "paths", "smtp", "watch"},
    },
    "cli": {
        "": {"frame", "judge", "change", "mail", "operate", "about"},
        "frame": set(),
        "completion": {"frame"},
        "mail": {"frame"},
        "judge": {"frame", "about", "mail"},
        "operate": {"frame", "judge"},
        "change": {"frame"},
        "about": {"frame", "completion"},
    },
    "report": {
        "grouped": set(),
        "mail": set(),
        "probe": set(),
        "evidence": {"mail"},
        "scanning": set(),
        "compared": set(),
        "drill": {"mail"},
        "stored": set(),
    },
}
MOST_ROOMS = 16  # of one folder that has or is a wing

# Third-party headers, by a pattern over the header, and the files that may know them.
ROOMS = [
    (r"fmt/", r""),
    (r"tl/expected\.hpp", r"(base/(result|read_json)|inventory/files/read_file)\.h"),
    (r"(openssl/|event2/bufferevent_ssl\.h)", r"(resolve/net/tls|resolve/smtp/channel|mailauth/records/dkim_public_key)\.cpp"),
    (r"nettle/", r"base/(hash|text/base64)\.cpp"),
    (r"date/", r"base/(change_window|wall_clock)\.cpp"),
    (r"git2\.h", r"run/git/git_library\.h"),
    (r"sqlite3\.h", r"history/sqlite_database\.cpp"),
    (r"libpq-fe\.h", r"history/pq_library\.h"),
    (r"dlfcn\.h", r"base/files/shared_library\.cpp"),
    (r"curl/", r"resolve/web/"),
    (r"idn2\.h", r"(dns/|rules/ptr/name_form\.cpp)"),
    (r"ldns/", r"dns/"),
    (r"stdbool\.h", r"dns/ldns_headers\.h"),
    (r"yaml\.h", r"yaml/reader\.cpp"),
    (r"yaml-cpp/", r"yaml/emitter\.cpp"),
    (r"valijson/", r"(base/text/schema_pattern\.h|yaml/|plan/document/read_plan\.)"),
    (r"re2/", r"base/text/pattern\.cpp"),
    (r"nlohmann/", r"(base/(read_json|text/escape)\.|history/run_json\.cpp|(yaml|draft|lsp|plan|report|run|cli)/|inventory/(files/named_paths|model/schema_forms)\.cpp|dns/snapshot/((fact|delegation|rrset)_json(_\w+)?|json_members)\.)"),
    (r"zlib\.h", r"(dns/snapshot/gzip|logs/log_source)\.cpp"),
    (r"zstd\.h", r"logs/log_source\.cpp"),
    (r"unbound(-event)?\.h", r"resolve/adapters/unbound\w*\.(h|cpp)"),
    (r"event2/", r"resolve/"),
    (r"libpsl\.h", r"(base|dns|rules)/"),
    (r"CLI/", r"cli/"),
    # Only what talks to the network or turns addresses into text knows sockets.
    (r"(arpa|net|netinet)/|sys/socket\.h|netdb\.h", r"(base|resolve)/"),
    (r"pwd\.h", r"run/git/open_repository\.cpp"),
    # A network of a process's own.
    (r"(linux/|sched\.h)", r"resolve/lab/"),
    (r"sys/|(unistd|spawn|fcntl|poll|signal|time|termios|dirent|strings|fnmatch|glob|stdlib|string|errno)\.h", r""),
]

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def complaints(path, text):
    """What is wrong with the includes of one file; `path` is relative to src/."""
    for number, line in enumerate(text.splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        quote, header = match.groups()
        problem = own_header(path, header) if quote == '"' else foreign_header(path, header)
        if problem:
            yield f"src/{path}:{number}: {problem}"


def own_header(path, header):
    component, target = path.split("/")[0], header.split("/")[0]
    if "/" not in header or target not in BELOW:
        return f'"{header}" is not qualified by its component'
    if target != component:
        return None if target in BELOW.get(component, BELOW.keys()) else f'{component} may not include {target} ("{header}")'
    here, there = wing_of(path), wing_of(header)
    if there == here or there in WINGS[component].get(here, ()) or (there == "" and "" not in WINGS[component]):
        return None
    return f'{component}/{here} may not include {component}/{there} ("{header}")'


def wing_of(path):
    """The wing that a file lies in: "" in the folder of its component; None where that has no wings."""
    component, *folders = path.split("/")[:-1] or [path]
    return (folders[0] if folders else "") if component in WINGS else None


def foreign_header(path, header):
    if "/" not in header and not header.endswith((".h", ".hpp")):
        return None  # the standard library
    for pattern, room in ROOMS:
        if re.match(pattern, header):
            return None if re.match(room, path) else f"<{header}> is not at home here, only in {room}"
    return f"<{header}> has no room: give it one in tests/layering"


def room_of(header):
    """A header and its source are one room."""
    return re.sub(r"\.(h|cpp)$", "", header)


def circles(includes):
    """The circles of a graph, {room: rooms}, each as a sorted list of its rooms (Tarjan)."""
    number, low, path, found = {}, {}, [], []

    def visit(room):
        number[room] = low[room] = len(number)
        path.append(room)
        for other in sorted(includes.get(room, ())):
            if other not in number:
                visit(other)
                low[room] = min(low[room], low[other])
            elif other in path:
                low[room] = min(low[room], number[other])
        if low[room] == number[room]:
            circle = [path.pop()]
            while circle[-1] != room:
                circle.append(path.pop())
            if len(circle) > 1:
                found.append(sorted(circle))

    for room in sorted(includes):
        if room not in number:
            visit(room)
    return found


def includes_of(files):
    """{room: rooms that it includes}; `files` are (path relative to src/, text)."""
    graph = {}
    for path, text in files:
        here = graph.setdefault(room_of(path), set())
        here |= {room_of(header) for header in re.findall(r'^\s*#\s*include\s*"([^"]+)"', text, re.MULTILINE)}
        here.discard(room_of(path))
    return graph


def literals(text):
    """The string literals of a file, those that stand beside each other as one; comments and includes have none."""
    code = re.sub(r"""'(?:[^'\\\n]|\\.)'|("(?:[^"\\\n]|\\.)*")|//.*|^\s*#.*""", lambda found: found[1] or "", text,
                  flags=re.MULTILINE)
    return re.findall(r'"((?:[^"\\\n]|\\.)*)"', re.sub(r'"\s*"', "", code))


def names_rule(literal, ids):
    """It has the id of a rule in it, or is a piece of one, with a hyphen: `zone-`, `-servers-differ`."""
    is_piece = "-" in literal and re.search("[a-z]", literal)
    return any(rule in literal or (is_piece and literal in rule) for rule in ids)


class Tree(unittest.TestCase):
    def files(self):
        # Precompiled headers are part of the build, not of a component.
        return sorted(p for p in SRC.rglob("*") if p.suffix in (".h", ".cpp") and p.parent.name != "pch")

    def test_includes_point_downward(self):
        files = self.files()
        self.assertGreater(len(files), 20)
        found = [c for p in files for c in complaints(p.relative_to(SRC).as_posix(), p.read_text())]
        self.assertEqual(found, [], "\n" + "\n".join(found))

    def test_no_rooms_include_each_other(self):
        """Neither of two rooms in a circle can be read, or built upon, without the other."""
        graph = includes_of((p.relative_to(SRC).as_posix(), p.read_text()) for p in self.files())
        self.assertGreater(len(graph), 200)
        self.assertEqual(circles(graph), [])

    def test_components_are_known(self):
        folders = {p.name for p in SRC.iterdir() if p.is_dir()} - {"pch"}
        self.assertLessEqual(folders, BELOW.keys())

    def test_engine_knows_no_rule_by_name(self):
        """A rule that the engine looks up by its id is one that it forgets without a word when the id is another."""
        ids = {page.stem for page in (ROOT / "docs" / "rules").glob("*.md")}
        files = [p for p in self.files() if p.is_relative_to(SRC / "audit")]
        self.assertGreater(min(len(ids), len(files)), 20)
        found = [f"src/{p.relative_to(SRC).as_posix()}: \"{literal}\"" for p in files for literal in literals(p.read_text())
                 if names_rule(literal, ids)]
        self.assertEqual(found, [])

    def test_a_kind_of_subject_is_known_to_its_folder_alone(self):
        """So that one more is a file and a line (docs/architecture.md)."""
        folder = SRC / "audit" / "subject"
        kinds = re.search(r"using Kinds = KindList<(.*?)>;", (folder / "kinds.h").read_text(), re.DOTALL)[1]
        kinds = set(re.findall(r"\w+Kind", kinds))
        self.assertGreater(len(kinds), 5)
        named = {kind for p in folder.glob("*.h") for kind in re.findall(r"^struct (\w+Kind)\b", p.read_text(), re.MULTILINE)}
        self.assertEqual(named, kinds)
        found = [(p.relative_to(SRC).as_posix(), kind) for p in self.files() if p.parent != folder
                 for kind in kinds & set(re.findall(r"\w+", p.read_text()))]
        self.assertEqual(found, [])

    def test_wings_are_known_and_small(self):
        for component, wings in WINGS.items():
            self.assertEqual({p.name for p in (SRC / component).iterdir() if p.is_dir()}, wings.keys() - {""})
        for folder in [SRC / c / w for c in WINGS for w in {"", *WINGS[c]}]:
            rooms = {p.stem for p in folder.iterdir() if p.suffix in (".h", ".cpp")}
            name = folder.relative_to(SRC).as_posix()
            with self.subTest(name):
                self.assertLessEqual(len(rooms), MOST_ROOMS)

    def test_link_dependencies_point_downward(self):
        for build in sorted(SRC.glob("*/meson.build")):
            component = build.parent.name
            used = set(re.findall(r"\b(\w+)_dep\b", build.read_text())) & BELOW.keys()
            with self.subTest(component):
                self.assertLessEqual(used - {component}, BELOW[component])


class Checker(unittest.TestCase):
    """The check can fail: each kind of offence is found."""

    def refuse(self, path, include, why):
        self.assertRegex("\n".join(complaints(path, f"// x\n#include {include}\n")), f"^src/{path}:2: .*{why}")

    def test_offences(self):
        self.refuse("base/ip.h", '"dns/name.h"', "base may not include dns")
        self.refuse("plan/model.cpp", '"audit/engine/engine.h"', "plan may not include audit")
        self.refuse("audit/subject/kind.h", '"audit/engine/engine.h"', "audit/subject may not include audit/engine")
        self.refuse("resolve/direct.cpp", '"inventory/model/model.h"', "resolve may not include inventory")
        for wing in ("schedule/crowd.h", "goals/moves.h", "spf/spf_promises.h", "operation/goals.h", "world/picture.h"):
            self.refuse("plan/simulate/judge.cpp", f'"plan/{wing}"', f"plan/simulate may not include plan/{wing.split('/')[0]}")
        self.refuse("plan/plan.h", '"plan/world/picture.h"', "plan/ may not include plan/world")
        self.refuse("dns/facts/fact.h", '"dns/wire/message.h"', "dns/facts may not include dns/wire")
        self.refuse("run/git/git_tree.cpp", '"run/files/load.h"', "run/git may not include run/files")
        self.refuse("run/files/load.cpp", '"run/frame/asking.h"', "run/files may not include run/")
        self.refuse("run/audit/audit_run.cpp", '"cli/frame/terminal.h"', "run may not include cli")
        self.refuse("run/audit/audit_run.cpp", "<CLI/App.hpp>", "not at home")
        self.refuse("dns/name.cpp", '"name.h"', "not qualified")
        self.refuse("dns/name.cpp", '"../base/ip.h"', "not qualified")
        self.refuse("audit/engine.cpp", "<unbound.h>", "not at home")
        self.refuse("resolve/direct.cpp", "<unbound.h>", "not at home")
        self.refuse("resolve/direct.cpp", "<openssl/ssl.h>", "not at home")
        self.refuse("rules/ptr/missing.cpp", "<sys/socket.h>", "not at home")
        self.refuse("resolve/direct.cpp", "<ldns/ldns.h>", "not at home")
        self.refuse("report/json.cpp", "<boost/any.hpp>", "has no room")

    def test_circles(self):
        files = [("a/x.h", '#include "a/y.h"\n'), ("a/y.h", ""), ("a/y.cpp", '#include "a/y.h"\n#include "a/z.h"\n'),
                 ("a/z.cpp", '#include "a/z.h"\n#include "a/x.h"\n'), ("b/w.cpp", '#include "a/x.h"\n')]
        self.assertEqual(circles(includes_of(files)), [["a/x", "a/y", "a/z"]])
        self.assertEqual(circles(includes_of(files[:3])), [])

    def test_names_of_rules(self):
        ids = {"ptr-servers-differ", "zone-ttl-differs"}
        text = '#include "zone-"\n// "zone-"\nf(\'"\', "zone-", "a" "b", "//zone"); g("-servers-differ", "ptr-servers-"\n  "differ");\n'
        self.assertEqual(literals(text), ["zone-", "ab", "//zone", "-servers-differ", "ptr-servers-differ"])
        named = ["zone-", "zone-ttl-differs", "no zone-ttl-differs here", "-servers-differ", "r-serv"]
        for literal in [*named, "zone", "-", "zone-added", "differ", ""]:
            with self.subTest(literal):
                self.assertEqual(names_rule(literal, ids), literal in named)

    def test_what_is_allowed(self):
        for path, include in [("dns/name.cpp", '"base/ip.h"'), ("dns/name.cpp", '"dns/name.h"'),
                              ("dns/wire/message.cpp", '"dns/facts/fact.h"'), ("dns/wire/message.cpp", '"dns/name.h"'),
                              ("audit/grounds.h", '"dns/facts/fact.h"'),
                              ("dns/name.cpp", "<vector>"), ("resolve/adapters/unbound.cpp", "<unbound.h>"),
                              ("main.cpp", '"cli/main.h"')]:
            self.assertEqual(list(complaints(path, f"#include {include}\n")), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
