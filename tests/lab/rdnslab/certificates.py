# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""A certificate authority that lives as long as a test, made by openssl."""
import subprocess
from pathlib import Path

from .process import LabError


def _openssl(*words):
    done = subprocess.run(["openssl", *map(str, words)], text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    if done.returncode != 0:
        raise LabError(f"openssl {' '.join(map(str, words))}: exit {done.returncode}\n{done.stdout}")


def _new_key(path):
    _openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", path)
    return path


class Authority:
    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True)
        self.certificate = self.folder / "ca.pem"
        self._key = _new_key(self.folder / "ca.key")
        _openssl("req", "-x509", "-new", "-key", self._key, "-subj", "/CN=Lab authority", "-days", 7, "-out", self.certificate)

    def issue(self, name, alternative, days=7):
        """(certificate, key) for a server called `name`; `alternative`: its subjectAltName, empty for none."""
        key, request, certificate, extensions = (self.folder / f"{name}.{end}" for end in ("key", "csr", "pem", "ext"))
        _new_key(key)
        _openssl("req", "-new", "-key", key, "-subj", f"/CN={name}", "-out", request)
        extensions.write_text("basicConstraints=CA:FALSE\n" + (f"subjectAltName={alternative}\n" if alternative else ""))
        _openssl("x509", "-req", "-in", request, "-CA", self.certificate, "-CAkey", self._key, "-CAcreateserial",
                 "-days", days, "-extfile", extensions, "-out", certificate)
        return certificate, key
