# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Starts the lab's world and a shell inside it, to look around by hand: `shell.py [--signed] [COMMAND...]`."""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from rdnslab import inventories, namespace, zones
from rdnslab.world import World


def main():
    namespace.enter()
    words = sys.argv[1:]
    signed = "--signed" in words
    command = [word for word in words if word != "--signed"] or [os.environ.get("SHELL", "/bin/sh")]
    with tempfile.TemporaryDirectory(prefix="rdnsgate-lab-") as name:
        folder = Path(name)
        world = World(folder / "world", signed)
        try:
            world.start()
            namespace.use_resolver(zones.RESOLVERS[0], folder)
            (folder / "inventory.yaml").write_text(inventories.inventory(
                inventories.RECURSIVE + "\n" + inventories.FORWARD, inventories.OWN, inventories.CLASSLESS,
                inventories.FAULTS, inventories.BROKEN))
            print(f"lab: {name}: inventory.yaml; --root-hints {world.root_hints}"
                  + (f" --trust-anchor {world.trust_anchor}" if signed else "")
                  + f"; updates to {zones.PRIMARY[1]} with nsupdate -k {world.knot.key_file}", file=sys.stderr)
            return subprocess.run(command, cwd=folder).returncode
        finally:
            world.stop()


if __name__ == "__main__":
    sys.exit(main())
