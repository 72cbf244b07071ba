# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""`lint` beside programs that only read YAML, or read it and hold it against the schema; and `--changed-since` of a change
to one file."""
import os
import shutil
import subprocess
import sys
from pathlib import Path

import generate
from measure import Way, timed

HERE = Path(__file__).resolve().parent
SCHEMA = HERE.parents[1] / "schemas" / "inventory.schema.json"
SERVER = "127.0.1.1"
MODULES = Path("/usr/share/nodejs")  # where Debian puts them (ci/packages.sh bench)


def write_split(folder, addresses, files):
    """The list of hosts cut into files, which one that has the rest includes."""
    (folder / "hosts").mkdir(parents=True)
    head = generate.HEADER.format(server=SERVER).replace("version: 1\n", 'version: 1\ninclude: ["hosts/*.yaml"]\n', 1)
    (folder / "inventory.yaml").write_text(head.replace("senders:\n", ""))
    hosts = list(generate.one_by_one(addresses))
    each = -(-addresses // files)
    for n in range(0, addresses, each):
        (folder / "hosts" / f"{n // each:05}.yaml").write_text("version: 1\nsenders:\n" + "".join(hosts[n:n + each]))
    return [folder / "inventory.yaml", *sorted((folder / "hosts").iterdir())]


def write_whole(folder, addresses):
    folder.mkdir(parents=True)
    file = folder / "inventory.yaml"
    with open(file, "w") as out:
        out.write(generate.HEADER.format(server=SERVER))
        out.writelines(generate.one_by_one(addresses))
    return [file]


def peers(rdnsgate, files, addresses, title):
    """Programs that read the files too; js-yaml and ajv where they are installed."""
    commands = {
        "yaml-cpp, events only": ([rdnsgate.parents[2] / "tests/bench/bare_yaml", *files], None),
        "PyYAML (libyaml), jsonschema": ([sys.executable, HERE / "lint_jsonschema.py", SCHEMA, *files], None),
    }
    if shutil.which("node") and all((MODULES / name).exists() for name in ("js-yaml", "ajv")):
        commands["js-yaml, ajv"] = (["node", HERE / "lint_ajv.js", SCHEMA, *files], {**os.environ, "NODE_PATH": MODULES})
    return [Way(f"{name}: {title}", timed(command, addresses, env)) for name, (command, env) in commands.items()]


def lint(rdnsgate, file, *options):
    return [rdnsgate, "lint", "--no-config", "-q", "-q", *options, file]


def side_by_side(rdnsgate, folder, files, addresses, title):
    def growing(count):
        return lint(rdnsgate, write_whole(folder.parent / f"few{count}", count)[0])
    others = peers(rdnsgate, files, addresses, title)
    own = Way(f"lint, {title}", timed(lint(rdnsgate, files[0]), addresses), tuple(way.name for way in others),
              growing if len(files) == 1 else None)
    return [*others, own]


def changed_since(rdnsgate, folder, addresses, files):
    paths = write_split(folder, addresses, files)

    def git(*arguments):
        subprocess.run(["git", "-c", "user.name=bench", "-c", "user.email=bench@example.net", *arguments], cwd=folder, check=True,
                       stdout=subprocess.DEVNULL)
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "as it was")
    changed = paths[len(paths) // 2]
    changed.write_text(changed.read_text().replace("senders:\n", "senders:\n  - {name: new, helo: new.mail.example.net, addresses: [10.250.0.1]}\n"))
    whole = Way(f"lint, {addresses:,} in {files:,} files of a repository", timed(lint(rdnsgate, paths[0]), addresses))
    part = timed(lint(rdnsgate, paths[0], "--changed-since", "HEAD"), addresses)
    return [whole, Way(f"the same, --changed-since of one file, {addresses:,}", part, (whole.name,))]


def measure(table, rdnsgate, folder, addresses, files):
    folder.mkdir()
    small = write_whole(folder / "hundred", 100)[0]
    table.measure([Way("lint, 100 addresses, from start to exit", timed(lint(rdnsgate, small), 100))])
    table.measure(side_by_side(rdnsgate, folder / "whole", write_whole(folder / "whole", addresses), addresses, "one file"))
    table.measure(side_by_side(rdnsgate, folder / "split", write_split(folder / "split", addresses, files), addresses, f"{files:,} files"))
    for count in (10 * files, addresses):
        table.measure(changed_since(rdnsgate, folder / f"git{count}", count, files))
    growth = [Way(f"lint, {count:,} in one file", timed(lint(rdnsgate, write_whole(folder / f"of{count}", count)[0]), count))
              for count in (addresses // 10, 10 * addresses)]
    growth[1].beside = (growth[0].name,)
    table.measure(growth)
