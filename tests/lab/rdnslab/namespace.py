# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Moves the running program into user, network, mount and process namespaces of its own.

Port 53 is free on every loopback address there, no packet can leave, an ordinary user may do it, and the
kernel ends whatever is left when the program ends.
"""
import functools
import os
import subprocess
import sys
from pathlib import Path

# At the end: there are tests of the same names.
sys.path.append(str(Path(__file__).resolve().parents[2] / "cli"))
import offline

NO_NETWORK = f"it needs a network of its own, and no network namespace can be made here: {offline.HOW}"
_MARK = "RDNSGATE_LAB_NAMESPACE"


@functools.cache
def _ways(as_real_root=False):
    """How unshare can make the namespaces here, the best first. In a chroot, root makes all but one of users."""
    all_but_users = ["-nm"] if os.geteuid() == 0 else []
    kinds = all_but_users + ["-Urnm"] if as_real_root else ["-Urnm"] + all_but_users
    return [way for way in (["unshare", kind, "--pid", "--fork", "--kill-child"] for kind in kinds) if _works(way)]


def _works(way):
    try:
        return subprocess.run([*way, "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def is_inside():
    """Whether the program runs in namespaces of its own already."""
    return os.environ.get(_MARK) == "1"


def can_enter():
    """Whether `enter` would return: not in most containers."""
    return is_inside() or bool(_ways())


def enter(as_real_root=False):
    """Starts the program again inside the namespaces; returns only there, and ends it where they cannot be made.

    `as_real_root` keeps a root user's rights over the machine, which a name server needs to enlarge the buffers
    of its sockets (SO_RCVBUFFORCE): for measurements. It changes nothing for an ordinary user.
    """
    if is_inside():
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        return
    ways = _ways(as_real_root)
    if not ways:
        sys.exit(f"lab: {NO_NETWORK}")
    os.environ[_MARK] = "1"
    os.execvp(ways[0][0], [*ways[0], sys.executable, *sys.argv])


def is_real_root():
    """Whether the program kept a root user's rights over the machine."""
    with open("/proc/self/uid_map") as uid_map:
        return os.geteuid() == 0 and uid_map.read().split() == ["0", "0", "4294967295"]


def without_network(command):
    """The command line that runs `command` where even the loopback interface is down."""
    return offline.command(command)


def use_resolver(address, folder):
    """Lets programs that read /etc/resolv.conf ask `address`; seen inside the mount namespace only."""
    path = folder / "resolv.conf"
    path.write_text(f"nameserver {address}\n")
    subprocess.run(["mount", "--bind", path, os.path.realpath("/etc/resolv.conf")], check=True)
