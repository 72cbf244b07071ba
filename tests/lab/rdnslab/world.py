# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""A small Internet: a root, its children, a primary that takes updates, resolvers of two kinds; signed or not."""
from pathlib import Path

from . import signing, zones
from .servers import Knot, KnotResolver, Nsd, Unbound


class World:
    """`primary_zones`: what our primary serves, where it is not what it serves elsewhere."""

    def __init__(self, folder, signed, primary_zones=zones.PRIMARY_ZONES):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True)
        self.signed = signed
        self.primary_zones = primary_zones
        self.root_hints = self.folder / "root.hints"
        self.root_hints.write_text(f". 3600 IN NS {zones.ROOT[0]}\n{zones.ROOT[0]} 3600 IN A {zones.ROOT[1]}\n")
        self.trust_anchor = None
        self.knot = Knot(self.folder / "primary", zones.PRIMARY[1], primary_zones, signed)
        self.servers = [self.knot, *self._static_servers()]
        kinds = (Unbound, KnotResolver if KnotResolver.can_run() else Unbound)
        self.resolvers = [kind(self.folder / f"resolver{n}", address, self.root_hints, self.trust_anchor)
                          for n, (kind, address) in enumerate(zip(kinds, zones.RESOLVERS))]

    def start(self):
        for server in self.servers + self.resolvers:
            server.start()
        for server in self.servers + self.resolvers:
            server.wait_until_ready()

    def stop(self):
        for server in self.resolvers + self.servers:
            server.stop()

    def forget_caches(self):
        """Resolvers that were never asked anything."""
        for resolver in self.resolvers:
            resolver.stop()
            resolver.start()
            resolver.wait_until_ready()

    def zone_files(self):
        """A folder with the zones that hold the inventory's names, as their owners would keep them in a repository."""
        folder = self.folder / "zone-files"
        folder.mkdir(exist_ok=True)
        texts = dict(self.primary_zones)
        for name, (server, text) in zones.STATIC.items():
            if server == zones.PROVIDER:
                texts[name] = f"$ORIGIN {name}.\n{text}"
        for name, text in texts.items():
            (folder / f"{name}.zone").write_text(text)
        return folder

    def _static_servers(self):
        delegated = {}  # parent zone to the DS records of its children
        if self.signed:
            for name in self.primary_zones:
                delegated.setdefault(zones.PARENT_OF[name], []).extend(self.knot.ds_records(name))
        served = {}
        for name, (server, text) in zones.STATIC.items():
            path = self.folder / f"{'root' if name == '.' else name}.zone"
            records = "\n".join(delegated.get(name, []))
            path.write_text(f"$ORIGIN {name.rstrip('.')}.\n{text}{records}\n")
            if self.signed:
                ds = signing.sign(self.folder, name, path)
                if name == "113.0.203.in-addr.arpa":
                    signing.break_signature(path, "20.113.0.203.in-addr.arpa.", "mx7.mail.example.", "mx8.mail.example.")
                if name == ".":
                    self.trust_anchor = ds
                else:
                    delegated.setdefault(zones.PARENT_OF[name], []).append(ds.read_text().strip())
            served.setdefault(server, {})[name] = path
        return [Nsd(self.folder / server[0].rstrip("."), server[1], held) for server, held in served.items()]
