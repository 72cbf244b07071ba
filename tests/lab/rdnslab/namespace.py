# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Moves the running program into user, network, mount and process namespaces of its own.

Port 53 is free on every loopback address there, no packet can leave, an ordinary user may do it, and the
kernel ends whatever is left when the program ends.
"""
import os
import subprocess
import sys

_MARK = "RDNSGATE_LAB_NAMESPACE"


def enter(as_real_root=False):
    """Starts the program again inside the namespaces; returns only there.

    `as_real_root` keeps a root user's rights over the machine, which a name server needs to enlarge the buffers
    of its sockets (SO_RCVBUFFORCE): for measurements. It changes nothing for an ordinary user.
    """
    if os.environ.get(_MARK) == "1":
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        return
    os.environ[_MARK] = "1"
    kinds = "-nm" if as_real_root and os.geteuid() == 0 else "-Urnm"
    command = ["unshare", kinds, "--pid", "--fork", "--kill-child", sys.executable, *sys.argv]
    try:
        os.execvp(command[0], command)
    except OSError as error:
        sys.exit(f"lab: cannot start unshare (util-linux): {error}")


def is_real_root():
    """Whether the program kept a root user's rights over the machine."""
    with open("/proc/self/uid_map") as uid_map:
        return os.geteuid() == 0 and uid_map.read().split() == ["0", "0", "4294967295"]


def without_network(command):
    """The command line that runs `command` where even the loopback interface is down."""
    return ["unshare", "-Urn", *command]


def use_resolver(address, folder):
    """Lets programs that read /etc/resolv.conf ask `address`; seen inside the mount namespace only."""
    path = folder / "resolv.conf"
    path.write_text(f"nameserver {address}\n")
    subprocess.run(["mount", "--bind", path, os.path.realpath("/etc/resolv.conf")], check=True)
