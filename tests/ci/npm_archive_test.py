# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""An npm package is taken from the registry that npm would take it from, and only as the lock file has it. The registry is
one of our own, on loopback."""
import base64
import hashlib
import http.server
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import threading
import unittest
from pathlib import Path

CI = Path(__file__).resolve().parents[2] / "ci"
sys.path.insert(0, str(CI))
import npm_archive

PLACE = "node_modules/@scope/tool"


def archive(files):
    octets = io.BytesIO()
    with tarfile.open(fileobj=octets, mode="w:gz") as tar:
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text)
            tar.addfile(entry, io.BytesIO(text))
    return octets.getvalue()


def integrity(octets):
    return "sha512-" + base64.b64encode(hashlib.sha512(octets).digest()).decode()


class Registry(http.server.BaseHTTPRequestHandler):
    archive = b""
    seen = []

    def do_GET(self):
        self.seen.append((self.path, self.headers.get("Authorization")))
        self.send_response(200 if self.path == "/npm/@scope/tool/-/tool-1.2.3.tgz" else 404)
        self.end_headers()
        self.wfile.write(self.archive)

    def log_message(self, *arguments):
        pass


class Fetch(unittest.TestCase):
    def setUp(self):
        Registry.archive = archive({"package/bin/tool": b"tool", "package/../../escaped": b"no"})
        Registry.seen = []
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Registry)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.place = f"127.0.0.1:{self.server.server_port}/npm/"
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "home").mkdir()
        self.lock(integrity(Registry.archive))

    def lock(self, hashes):
        (self.folder / "lock.json").write_text(json.dumps({"packages": {PLACE: {"version": "1.2.3", "integrity": hashes}}}))

    def fetch(self, npmrc="", **environment):
        (self.folder / "home/.npmrc").write_text(npmrc)
        plain = {"PATH": os.environ["PATH"], "HOME": str(self.folder / "home"), "npm_config_globalconfig": "/dev/null"}
        return subprocess.run([sys.executable, CI / "npm_archive.py", "lock.json", PLACE, "out/tool"], cwd=self.folder, text=True,
                              env=plain | environment, capture_output=True, timeout=60, check=False)

    def test_unpacked_from_the_registry_of_the_settings(self):
        done = self.fetch(npm_config_registry=f"http://{self.place}")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual((self.folder / "out/tool/bin/tool").read_bytes(), b"tool")
        self.assertEqual([path.name for path in self.folder.rglob("escaped")], [])

    def test_the_scope_has_its_registry_and_the_registry_its_password(self):
        done = self.fetch(f"registry=http://127.0.0.1:9/\n@scope:registry = http://{self.place}\n//{self.place}:_authToken=${{WORD}}\n",
                          WORD="secret")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(Registry.seen, [("/npm/@scope/tool/-/tool-1.2.3.tgz", "Bearer secret")])

    def test_a_password_is_for_its_registry_alone(self):
        done = self.fetch(f"registry=http://{self.place}\n//127.0.0.1:9/npm/:_authToken=secret\n//{self.place}other/:_auth=c2VjcmV0\n")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual([word for _, word in Registry.seen], [None])

    def test_what_the_registry_has_not_or_nobody_answers(self):
        for settings in ({"npm_config_registry": f"http://{self.place}wrong/"}, {"NPM_CONFIG_REGISTRY": "http://127.0.0.1:9/"},
                         {"npm_config_registry": f"http://{self.place}", "http_proxy": "http://127.0.0.1:9/"}):
            done = self.fetch(**settings)
            self.assertEqual(done.returncode, npm_archive.NO_REGISTRY, f"{settings}{done.stderr}")
            self.assertIn("npm's registry at 127.0.0.1 gave no @scope/tool 1.2.3", done.stderr)
            self.assertFalse((self.folder / "out").exists())

    def test_something_else_than_was_locked_is_an_error(self):
        self.lock(integrity(b"something else"))
        done = self.fetch(npm_config_registry=f"http://{self.place}")
        self.assertEqual(done.returncode, 1)
        self.assertIn("its hash is another one", done.stderr)
        self.assertFalse((self.folder / "out").exists())

    def test_without_a_hash_that_counts_nothing_is_intact(self):
        for hashes in ("", "sha1-" + base64.b64encode(hashlib.sha1(b"x").digest()).decode()):
            self.assertFalse(npm_archive.is_intact(b"x", hashes))


class Settings(unittest.TestCase):
    def test_the_environment_goes_before_files_in_whatever_case(self):
        for name in ("npm_config_strict_ssl", "NPM_CONFIG_STRICT_SSL"):
            self.assertEqual(npm_archive.settings({"HOME": "/nonexistent", name: "false"}, "/nonexistent")["strict-ssl"], "false")

    def test_where_nothing_is_set_it_is_npms_own(self):
        self.assertEqual(npm_archive.registry({}, "tool"), npm_archive.DEFAULT_REGISTRY)

    def test_files(self):
        text = "; comment\n# comment\n[section]\nregistry = \"http://a/\"\nempty=\n//a/:_auth=YWI9\n"
        self.assertEqual(npm_archive.npmrc(text, {}), {"registry": "http://a/", "empty": "", "//a/:_auth": "YWI9"})

    def test_a_user_and_password(self):
        found = {"//a/:username": "me", "//a/:_password": base64.b64encode(b"word").decode()}
        self.assertEqual(npm_archive.authorization(found, "https://a/b/c.tgz"), "Basic " + base64.b64encode(b"me:word").decode())
        self.assertIsNone(npm_archive.authorization(found, "https://b/c.tgz"))


if __name__ == "__main__":
    unittest.main(verbosity=2)
