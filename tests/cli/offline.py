# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Runs a program so that it reaches no network: `offline.command(["rdnsgate", "check", ...])` is the command line for it.

In a network namespace with no interface up where one can be made, and else (in most containers) under a filter of system
calls (seccomp(2)), which needs no rights: whatever would send to a socket fails as it does without an interface.

As a program, `offline.py [--local] COMMAND...` runs a command under that filter. --local is for programs that talk
to themselves over local sockets (unix(7)): these stay, and there are no others.
"""
import ctypes
import errno
import functools
import os
import platform
import struct
import subprocess
import sys
import unittest

# linux/audit.h, and the numbers of socket, connect, listen, sendto, sendmsg, sendmmsg, io_uring_setup.
_MACHINES = {"x86_64": (0xC000003E, (41, 42, 50, 44, 46, 307, 425)), "aarch64": (0xC00000B7, (198, 203, 201, 206, 211, 269, 425))}
_AF_UNIX, _AF_NETLINK = 1, 16
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # linux/bpf_common.h
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # offsets in struct seccomp_data, little-endian
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000  # linux/seccomp.h
_X32 = 0x40000000
_NO_NEW_PRIVS, _SECCOMP, _FILTER = 38, 22, 2  # prctl(2)

# What a container needs for namespaces: docker-run(1).
HOW = "in a container, `docker run --privileged` lets the tests make them; on a machine of its own, root or user namespaces do"
NO_WAY = f"no network namespace can be made here, nor does a filter of system calls work: {HOW}"


def _refuse(number):
    return [(_RETURN, 0, 0, _ERRNO | number)]


def _unless(code, value, refusal):
    """Refuses unless what was loaded compares so."""
    return [(code, 1, 0, value), *refusal]


def _if(code, value, refusal):
    return [(code, 0, len(refusal), value), *refusal]


def _program(local):
    """The filter, as (code, jump if true, jump if false, value)."""
    architecture, (socket, connect, listen, *sends) = _MACHINES[platform.machine()]
    program = [(_LOAD, 0, 0, _ARCHITECTURE), *_unless(_EQUAL, architecture, _refuse(errno.ENOSYS)), (_LOAD, 0, 0, _NUMBER),
               *_if(_AT_LEAST, _X32, _refuse(errno.ENOSYS))]
    ring = sends.pop()
    program += _if(_EQUAL, ring, _refuse(errno.ENOSYS))
    if local:
        kinds = [(_LOAD, 0, 0, _FIRST_ARGUMENT), (_EQUAL, 2, 0, _AF_UNIX), (_EQUAL, 1, 0, _AF_NETLINK), *_refuse(errno.EAFNOSUPPORT),
                 (_RETURN, 0, 0, _ALLOW)]
        program += _if(_EQUAL, socket, kinds)
    else:
        for number in (connect, listen, *sends):
            program += _if(_EQUAL, number, _refuse(errno.ENETUNREACH))
    return [*program, (_RETURN, 0, 0, _ALLOW)]


def _filter(local):
    """Puts this process, and all that it becomes, under the filter."""
    octets = b"".join(struct.pack("=HBBI", *step) for step in _program(local))
    steps = ctypes.create_string_buffer(octets, len(octets))

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_void_p)]

    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl.argtypes = [ctypes.c_int, ctypes.c_ulong, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong]
    whole = Program(len(octets) // 8, ctypes.addressof(steps))
    if prctl(_NO_NEW_PRIVS, 1, None, 0, 0) or prctl(_SECCOMP, _FILTER, ctypes.addressof(whole), 0, 0):
        raise OSError(ctypes.get_errno(), "no filter of system calls can be set")


def _works(prefix):
    try:
        return subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@functools.cache
def _namespace():
    """How a network namespace is made here, if at all. A root user needs no namespace of users: a chroot refuses that alone."""
    ways = [["unshare", "-Urn"]] + ([["unshare", "-n"]] if os.geteuid() == 0 else [])
    return next((way for way in ways if _works(way)), None)


@functools.cache
def own_mounts():
    """The beginning of a command line for what mounts something over a file, for itself; skips the test where that cannot be."""
    ways = [["unshare", "-Urnm"]] + ([["unshare", "-nm"]] if os.geteuid() == 0 else [])
    way = next((way for way in ways if _works(way)), None)
    if way is None:
        raise unittest.SkipTest(f"no namespace for mounts can be made here: {HOW}")
    return way


@functools.cache
def _filtered(local):
    way = [sys.executable, os.path.abspath(__file__), *(["--local"] if local else [])]
    return way if _works(way) else None


def command(words, local=False):
    """The command line that runs `words` without a network; skips the test where there is no way to."""
    way = _namespace() or _filtered(local)
    if way is None:
        raise unittest.SkipTest(NO_WAY)
    return [*way, *map(str, words)]


def main():
    words = sys.argv[1:]
    local = words[:1] == ["--local"]
    if platform.machine() not in _MACHINES:
        sys.exit(f"offline: no filter is known for {platform.machine()}")
    _filter(local)
    words = words[1:] if local else words
    os.execvp(words[0], words)


if __name__ == "__main__":
    main()
