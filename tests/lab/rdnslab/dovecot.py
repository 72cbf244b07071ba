# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""A real Dovecot from .lab/: IMAP over TLS on port 9930, with STARTTLS on port 1430, for one mailbox in a Maildir.

Its programs find each other by the paths that Debian compiled in, so the unpacked ones are laid over the machine's, in a mount
namespace that only this server sees. It takes itself to be the user `daemon`, who is the only one in a namespace of users.
"""
import socket
import subprocess
import time

from .process import LAB, LabError, Server

_CONFIG = """protocols = imap
listen = {address}
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
default_internal_user = daemon
default_internal_group = daemon
default_login_user = daemon
first_valid_uid = 1
ssl = required
ssl_cert = <{certificate}
ssl_key = <{key}
mail_location = maildir:{maildir}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/users
}}
userdb {{
  driver = static
  args = uid=1 gid=1 home={folder}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 1430
  }}
  inet_listener imaps {{
    port = 9930
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""
_OVERLAY = ('mount -t overlay overlay -o "ro,lowerdir=./usr/bin:/usr/bin" /usr/bin && '
            'mount -t overlay overlay -o "ro,lowerdir=./usr/lib:/usr/lib" /usr/lib && '
            'exec unshare -U --map-user=1 --map-group=1 "$@"')


class Dovecot(Server):
    """`tls`: (certificate, key). `user` and `password` open the mailbox."""

    def __init__(self, folder, address, maildir, tls, user, password):
        super().__init__(folder, address)
        self.conf = self.folder / "dovecot.conf"
        self.conf.write_text(_CONFIG.format(folder=self.folder, address=address, maildir=maildir, certificate=tls[0], key=tls[1]))
        (self.folder / "users").write_text(f"{user}:{{PLAIN}}{password}\n")

    @staticmethod
    def lacks():
        """Why it cannot run here; empty where it can."""
        if not (LAB / "usr/sbin/dovecot").exists():
            return "Dovecot is not unpacked: ci/packages.sh lab"
        done = subprocess.run(Dovecot.overlaid("true"), cwd=LAB, stderr=subprocess.DEVNULL, check=False)
        return "" if done.returncode == 0 else "this kernel does not let the lab lay folders over one another"

    @staticmethod
    def overlaid(*command):
        return ["unshare", "-m", "sh", "-c", _OVERLAY, "sh", *command]

    def command(self):
        return self.overlaid(str(LAB / "usr/sbin/dovecot"), "-F", "-c", str(self.conf))

    def working_folder(self):
        return LAB

    def wait_until_ready(self, seconds=20):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise LabError(f"{self} ended at once: exit {self.process.returncode}\n{self.log()}")
            try:
                with socket.create_connection((self.address, 1430), 5) as connection:
                    connection.settimeout(5)
                    if connection.recv(5) == b"* OK ":
                        return
            except OSError:
                pass
            time.sleep(0.05)
        raise LabError(f"{self} does not answer after {seconds} s\n{self.log()}")
