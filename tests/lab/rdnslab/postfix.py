# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""A real Postfix from .lab/, for one user and without an account of its own.

Postfix changes to the accounts `daemon` and `nobody`, which a namespace with one user cannot: a filter of system calls
(seccomp(2)) lets it believe that it did. Its daemons also look who they are, and are started in a namespace of users in
which the one that there is has the number of `daemon`.
"""
import ctypes
import os
import platform
import socket
import struct
import subprocess
import time

from .process import LAB, LabError, Server, libraries

# setuid and its like, setgroups, chown and its like, chroot: by the machine, as linux/audit.h calls it.
_CALLS = {
    "x86_64": (0xC000003E, (105, 106, 113, 114, 116, 117, 119, 122, 123, 92, 93, 94, 260, 161)),
    "aarch64": (0xC00000B7, (146, 144, 145, 143, 159, 147, 149, 151, 152, 54, 55, 51)),
}
_LOAD, _EQUAL, _RETURN, _ALLOW, _DONE = 0x20, 0x15, 0x06, 0x7FFF0000, 0x00050000  # linux/bpf_common.h, linux/seccomp.h
_NO_NEW_PRIVS, _SECCOMP, _FILTER = 38, 22, 2  # prctl(2)
_DAEMONS = ("smtpd", "postlogd", "tlsmgr", "trivial-rewrite", "anvil", "proxymap", "cleanup", "qmgr", "virtual", "bounce", "error",
            "spawn")
_AS_DAEMON = ("unshare", "-U", "--map-user=1", "--map-group=1")

_MAIN = """compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
daemon_directory = {folder}/sbin
command_directory = {lab}/usr/sbin
shlib_directory = {lab}/usr/lib/postfix
meta_directory = {folder}/etc
maillog_file = {folder}/maillog
maillog_file_prefixes = {folder}
import_environment = MAIL_CONFIG LD_LIBRARY_PATH MAIL_LOGTAG
mail_owner = daemon
setgid_group = mail
alias_maps =
alias_database =
myhostname = {name}
smtpd_peername_lookup = no
smtpd_recipient_restrictions = reject
smtpd_tls_security_level = {tls}
smtpd_tls_cert_file = {certificate}
smtpd_tls_key_file = {key}
"""
_MASTER = """{address}:25 inet n - n - - smtpd
postlog unix-dgram n - n - 1 postlogd
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
anvil unix - - n - 1 anvil
proxymap unix - - n - - proxymap
"""
_QUEUES = ("active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "private", "maildrop", "public", "pid",
           "saved", "trace")


def _believe():
    """Puts this process under the filter: the calls succeed, and do nothing."""
    machine, calls = _CALLS[platform.machine()]
    steps = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, machine), (_RETURN, 0, 0, _ALLOW), (_LOAD, 0, 0, 0)]
    for number in calls:
        steps += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _DONE)]
    steps.append((_RETURN, 0, 0, _ALLOW))
    octets = b"".join(struct.pack("=HBBI", *step) for step in steps)
    kept = ctypes.create_string_buffer(octets, len(octets))

    class Program(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_void_p)]

    program = Program(len(steps), ctypes.addressof(kept))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl.argtypes = [ctypes.c_int, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_ulong]
    if prctl(_NO_NEW_PRIVS, 1, 0, 0, 0) or prctl(_SECCOMP, _FILTER, ctypes.addressof(program), 0, 0):
        raise OSError(ctypes.get_errno(), "no filter of system calls can be set")


_DELIVERY = """cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
virtual unix - n n - - virtual
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
error unix - - n - - error
retry unix - - n - - error
"""


class Postfix(Server):
    """`tls`: (certificate, key), or None for a server without STARTTLS. `more`: lines of main.cf, the last of which counts.
    `doors`: address to what smtpd there has besides (`-o name=value`). With `takes`, mail is taken and delivered."""

    def __init__(self, folder, address, name, tls=None, more="", doors=None, takes=False):
        super().__init__(folder, address)
        self.name = name
        for made in ("etc", "data", "sbin", *(f"queue/{queue}" for queue in _QUEUES)):
            (self.folder / made).mkdir(parents=True)
        certificate, key = tls or ("", "")
        (self.folder / "etc/main.cf").write_text(_MAIN.format(
            folder=self.folder, lab=LAB, address=address, name=name, tls="may" if tls else "none", certificate=certificate, key=key) + more)
        services = _MASTER.format(address=address) + (_DELIVERY if takes else "")
        for door, options in (doors or {}).items():
            services += f"[{door}]:25 inet n - n - - smtpd" if ":" in door else f"{door}:25 inet n - n - - smtpd"
            services += "".join(f"\n  -o {option}" for option in options) + "\n"
        (self.folder / "etc/master.cf").write_text(services)
        for daemon in _DAEMONS:
            path = self.folder / "sbin" / daemon
            path.write_text(f'#!/bin/sh\nexec {" ".join(_AS_DAEMON)} {LAB}/usr/lib/postfix/sbin/{daemon} "$@"\n')
            path.chmod(0o755)

    @staticmethod
    def lacks():
        """Why it cannot run here; empty where it can."""
        if platform.machine() not in _CALLS:
            return f"no filter of system calls is known for {platform.machine()}"
        if subprocess.run([*_AS_DAEMON, "true"], capture_output=True, check=False).returncode != 0:
            return "Postfix needs a namespace of users inside of another, and none can be made here"
        return ""

    def start(self):
        environment = {**os.environ, "LD_LIBRARY_PATH": f"{LAB}/usr/lib/postfix:{LAB}{libraries()}",
                       "MAIL_CONFIG": str(self.folder / "etc")}
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen([LAB / "usr/lib/postfix/sbin/master", "-d", "-c", self.folder / "etc"],
                                            cwd=self.folder / "queue", env=environment, stdin=subprocess.DEVNULL, stdout=log,
                                            stderr=log, preexec_fn=_believe)

    def wait_until_ready(self, seconds=20):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise LabError(f"{self} ended at once: exit {self.process.returncode}\n{self.log()}")
            try:
                with socket.create_connection((self.address, 25), 5) as connection:
                    connection.settimeout(5)
                    if connection.recv(4) == b"220 ":
                        return
            except OSError:
                pass
            time.sleep(0.05)
        raise LabError(f"{self} does not answer after {seconds} s\n{self.log()}")

    def log(self):
        mail = self.folder / "maillog"
        return super().log() + (mail.read_text(errors="replace")[-3000:] if mail.exists() else "")
