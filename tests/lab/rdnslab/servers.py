# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""NSD and Knot as authoritative servers, Unbound and Knot Resolver as resolvers."""
import subprocess

from .process import LAB, Server, libraries, run_tool, tool


class Nsd(Server):
    """Serves zone files as they are. `zones`: zone name to path. `transfers`: to anybody, else to nobody.

    Its response rate limiting is off: it would drop most negative answers to one client above 200 a second.
    """

    def __init__(self, folder, address, zones, transfers=False):
        super().__init__(folder, address)
        self.zones = zones
        access = "  provide-xfr: 0.0.0.0/0 NOKEY\n" if transfers else ""
        blocks = "".join(f'zone:\n  name: "{name}"\n  zonefile: "{path}"\n{access}' for name, path in zones.items())
        (self.folder / "nsd.conf").write_text(f"""server:
  ip-address: {address}
  username: ""
  server-count: 1
  receive-buffer-size: 4194304
  rrl-ratelimit: 0
  zonesdir: "{self.folder}"
  database: ""
  zonelistfile: "{self.folder}/zone.list"
  xfrdfile: "{self.folder}/xfrd.state"
  pidfile: ""
remote-control:
  control-enable: no
{blocks}""")

    def command(self):
        return [tool("nsd"), "-d", "-c", self.folder / "nsd.conf"]

    def probe(self):
        return next(reversed(self.zones)), "SOA"


class Knot(Server):
    """Takes signed updates (RFC 2136, TSIG) and, where asked, signs its zones itself. `zones`: name to zone text."""

    KEY_NAME = "lab-update"
    KEY_SECRET = "bGFiLXNlY3JldC1sYWItc2VjcmV0LWxhYi1zZWNyZXQ="  # opens nothing outside the namespace

    def __init__(self, folder, address, zones, signed):
        super().__init__(folder, address)
        self.zones = zones
        self.signed = signed
        blocks = ""
        for name, text in zones.items():
            path = self.folder / f"{name}.zone"
            path.write_text(text)
            blocks += f"  - domain: {name}\n    file: {path}\n    acl: update\n"
            if signed:
                blocks += "    dnssec-signing: on\n    dnssec-policy: lab\n"
        self.conf = self.folder / "knot.conf"
        self.conf.write_text(f"""server:
    rundir: {self.folder}
    listen: {address}@53
    udp-workers: 1
    tcp-workers: 1
    background-workers: 1
log:
  - target: stdout
    any: info
database:
    storage: {self.folder}
    journal-db-max-size: 32M
    kasp-db-max-size: 16M
    timer-db-max-size: 1M
    catalog-db-max-size: 5M
key:
  - id: {self.KEY_NAME}
    algorithm: hmac-sha256
    secret: {self.KEY_SECRET}
acl:
  - id: update
    address: 127.0.0.0/8
    key: {self.KEY_NAME}
    action: update
policy:
  - id: lab
    manual: on
    single-type-signing: on
    algorithm: ecdsap256sha256
    cds-cdnskey-publish: none
zone:
{blocks}""")
        self.key_file = self.folder / "update.key"
        self.key_file.write_text(
            f'key "{self.KEY_NAME}" {{ algorithm hmac-sha256; secret "{self.KEY_SECRET}"; }};\n')
        if signed:
            for name in zones:
                run_tool("keymgr", "-c", self.conf, name, "generate", "algorithm=ECDSAP256SHA256", "ksk=yes", "zsk=yes")

    def ds_records(self, name):
        """The DS RRset for the parent of a signed zone, SHA-256 only."""
        lines = run_tool("keymgr", "-c", self.conf, name, "ds").splitlines()
        records = [line.replace(" DS ", " 3600 IN DS ", 1) for line in lines if " DS " in line and " 13 2 " in line]
        assert records, lines
        return records

    def command(self):
        return [tool("knotd"), "-c", self.conf]

    def probe(self):
        name = next(reversed(self.zones))
        return (name, "RRSIG") if self.signed else (name, "SOA")


class Unbound(Server):
    """A recursive resolver over the private root; validates where it is given a trust anchor.

    `tls`: certificate and key, for DNS over TLS on port 853 beside the usual. `more`: further lines of configuration.
    """

    def __init__(self, folder, address, root_hints, trust_anchor=None, tls=None, more=""):
        super().__init__(folder, address)
        anchor = f'trust-anchor-file: "{trust_anchor}"' if trust_anchor else 'module-config: "iterator"'
        (self.folder / "unbound.conf").write_text(f"""server:
  interface: {address}
  access-control: 127.0.0.0/8 allow
  username: ""
  chroot: ""
  directory: "{self.folder}"
  pidfile: ""
  use-syslog: no
  num-threads: 1
  do-ip6: no
  do-not-query-localhost: no
  unblock-lan-zones: yes
  root-hints: "{root_hints}"
  {anchor}
{self._tls(*tls) if tls else ""}{more}
remote-control:
  control-enable: no
""")

    def _tls(self, certificate, key):
        return f"""  interface: {self.address}@853
  tls-port: 853
  tls-service-pem: "{certificate}"
  tls-service-key: "{key}"
"""

    def command(self):
        return [tool("unbound"), "-d", "-p", "-c", self.folder / "unbound.conf"]

    def probe(self):
        return ".", "NS"


class KnotResolver(Server):
    """Another recursive resolver over the private root, with a cache and a validator of its own."""

    # It looks for its Lua modules in the folder that Debian compiled in: the unpacked libraries are laid over the
    # machine's, in a mount namespace that only this server sees. Relative, because a path may hold a colon.
    _OVERLAY = 'mount -t overlay overlay -o "ro,lowerdir=.$1:$1" "$1"'

    def __init__(self, folder, address, root_hints, trust_anchor=None, tls=None):
        super().__init__(folder, address)
        # Port 853 under "tls": certificate and key.
        listen = f"net.listen('{address}', 853, {{ kind = 'tls' }})\nnet.tls('{tls[0]}', '{tls[1]}')" if tls else ""
        anchor = f"trust_anchors.add_file('{trust_anchor}', true)" if trust_anchor else "trust_anchors.remove('.')"
        # Documentation and private zones exist in the lab, and the public root does not.
        (self.folder / "kresd.conf").write_text(f"""net.listen('{address}', 53, {{ kind = 'dns' }})
{listen}
net.ipv6 = false
option('ALLOW_LOCAL', true)
cache.size = 10 * MB
modules.load('hints')
hints.root_file('{root_hints}')
policy.add(policy.all(policy.PASS))
modules.unload('ta_signal_query')
modules.unload('detect_time_skew')
{anchor}
""")

    @classmethod
    def can_run(cls):
        """Whether this kernel lets the lab lay folders over one another."""
        return subprocess.run(cls._overlaid("true"), cwd=LAB, stderr=subprocess.DEVNULL).returncode == 0

    @classmethod
    def _overlaid(cls, *command):
        return ["unshare", "-m", "sh", "-c", f'{cls._OVERLAY} && shift && exec "$@"', "sh", libraries(), *command]

    def command(self):
        start = f'cd "{self.folder}" && exec "$@"'
        return self._overlaid("sh", "-c", start, "sh", tool("kresd"), "-n", "-c", self.folder / "kresd.conf", self.folder)

    def working_folder(self):
        return LAB

    def probe(self):
        return ".", "NS"
