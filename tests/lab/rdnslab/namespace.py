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


def enter():
    """Starts the program again inside the namespaces; returns only there."""
    if os.environ.get(_MARK) == "1":
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
        return
    os.environ[_MARK] = "1"
    command = ["unshare", "-Urnm", "--pid", "--fork", "--kill-child", sys.executable, *sys.argv]
    try:
        os.execvp(command[0], command)
    except OSError as error:
        sys.exit(f"lab: cannot start unshare (util-linux): {error}")


def without_network(command):
    """The command line that runs `command` where even the loopback interface is down."""
    return ["unshare", "-Urn", *command]


def use_resolver(address, folder):
    """Lets programs that read /etc/resolv.conf ask `address`; seen inside the mount namespace only."""
    path = folder / "resolv.conf"
    path.write_text(f"nameserver {address}\n")
    subprocess.run(["mount", "--bind", path, os.path.realpath("/etc/resolv.conf")], check=True)
