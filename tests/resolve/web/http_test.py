#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Requests over HTTP and HTTPS to real servers that this starts, in a network namespace of its own."""
import http.server
import json
import os
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path

PROBE = sys.argv.pop(1)
TOKEN = "s3cret-of-the-url"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def say(self, status, body=b"", headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def answer(self):
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size)
        self.server.asked.append((self.command, self.path, dict(self.headers), body))
        path = self.path.split("?")[0]
        if path.startswith("/status/"):
            self.say(int(path.split("/")[-1]), b"said")
        elif path == "/silent":
            time.sleep(3)
        elif path == "/drip":
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            for _ in range(30):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.1)
        elif path == "/large":
            self.say(200, b"x" * 5000)
        elif path == "/endless":
            self.send_response(200)
            self.end_headers()
            while True:
                self.wfile.write(b"x" * 65536)
        elif path == "/headers":
            self.say(200, b"", [(f"X-{i}", "y" * 1000) for i in range(400)])
        elif path == "/to":
            self.say(307, b"", [("Location", self.server.leads_to)])
        elif path == "/cookie":
            self.say(302, b"", [("Set-Cookie", "a=b"), ("Location", "/echo")])
        elif path == "/half":
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b"half")
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)
        else:
            self.say(200, json.dumps({"method": self.command, "body": body.decode(), "headers": dict(self.headers)}).encode(),
                     [("Content-Type", "application/json")])

    do_GET = do_POST = do_PUT = answer


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, context=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked, self.leads_to = [], ""
        self.scheme = "https" if context else "http"
        if context:
            self.socket = context.wrap_socket(self.socket, server_side=True)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, *_):
        pass  # a client that goes away in the middle, and one that trusts nobody

    def url(self, path):
        return f"{self.scheme}://localhost:{self.server_port}{path}?token={TOKEN}"


class Http(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.ca = Path(cls.folder.name) / "ca.pem"
        key = Path(cls.folder.name) / "key.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cls.ca, "-days", "2",
                        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"], check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(cls.ca, key)
        cls.plain, cls.safe = Server(), Server(context)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def ask(self, url, *words, env=()):
        clean = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        done = subprocess.run([PROBE, url, *map(str, words)], capture_output=True, text=True, env={**clean, **dict(env)},
                              timeout=30, check=True)
        out = json.loads(done.stdout)
        self.assertNotIn(TOKEN, out.get("message", "") + out["origin"])
        return out

    def fails(self, kind, url, *words, **more):
        out = self.ask(url, *words, **more)
        self.assertEqual(out.get("failure"), kind, out)
        return out

    def test_answers(self):
        out = self.ask(self.plain.url("/echo"))
        self.assertEqual((out["status"], out["type"]), (200, "application/json"))
        got = json.loads(out["body"])
        self.assertEqual(got["method"], "GET")
        self.assertEqual(got["headers"]["User-Agent"], "rdnsgate")
        for unwanted in ("Cookie", "Authorization", "Expect", "Referer"):
            self.assertNotIn(unwanted, got["headers"])
        out = self.ask(self.plain.url("/echo"), "method=POST", "body=" + "x" * 100000, "header=Content-Type:text/plain")
        got = json.loads(out["body"])
        self.assertEqual((got["method"], len(got["body"]), got["headers"]["Content-Type"]), ("POST", 100000, "text/plain"))
        self.assertNotIn("Expect", got["headers"], "nobody waits for leave to send")
        self.assertEqual(json.loads(self.ask(self.plain.url("/echo"), "method=PUT", "body=a")["body"])["method"], "PUT")
        for status in (204, 304, 404, 500, 503):
            self.assertEqual(self.ask(self.plain.url(f"/status/{status}")).get("status"), status)

    def test_tls(self):
        out = self.ask(self.safe.url("/echo"), f"ca={self.ca}")
        self.assertEqual(out.get("status"), 200, out)
        asked = len(self.safe.asked)
        self.fails("tls", self.safe.url("/echo"))
        self.fails("tls", self.safe.url("/echo").replace("localhost", "127.0.0.1"), f"ca={self.ca}")
        self.fails("tls", self.plain.url("/echo").replace("http:", "https:"), f"ca={self.ca}")
        out = self.fails("tls", self.safe.url("/echo"), f"ca={self.ca}.gone")
        self.assertIn("ca.pem.gone", out["message"])
        self.assertEqual(len(self.safe.asked), asked, "nothing is sent to who is not trusted")

    def test_nobody_there(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        out = self.fails("refused", f"http://localhost:{port}/")
        self.assertTrue(out["may_pass"])
        self.fails("unresolved", "http://nowhere.invalid/")
        # A server that listens, and takes nobody: the connection hangs.
        with socket.socket() as listening:
            listening.bind(("127.0.0.1", 0))
            listening.listen(0)
            out = self.fails("timeout", f"http://127.0.0.1:{listening.getsockname()[1]}/", "timeout=300")
            self.assertLess(out["ms"], 1500)

    def test_limits(self):
        for path in ("/silent", "/drip"):
            out = self.fails("timeout", self.plain.url(path), "timeout=500")
            self.assertTrue(400 < out["ms"] < 2000, out)
        self.assertEqual(len(self.ask(self.plain.url("/large"), "most=5000")["body"]), 5000)
        self.fails("too-large", self.plain.url("/large"), "most=4999")
        self.fails("too-large", self.plain.url("/endless"), "most=1000000")
        self.fails("too-large", self.plain.url("/headers"))
        out = self.fails("given-up", self.plain.url("/silent"), "timeout=9000", "give-up=200")
        self.assertLess(out["ms"], 2500)
        self.assertFalse(out["may_pass"])

    def test_broken(self):
        self.fails("unreachable", self.plain.url("/half"))
        with socket.socket() as listening:
            listening.bind(("127.0.0.1", 0))
            listening.listen(5)

            def speak():
                for said in (b"220 mail.example ESMTP\r\n", b""):
                    connection, _ = listening.accept()
                    connection.recv(1000)
                    connection.sendall(said)
                    connection.close()
            threading.Thread(target=speak, daemon=True).start()
            url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
            self.fails("malformed", url)
            self.fails("unreachable", url)

    def test_redirects(self):
        self.plain.leads_to = self.plain.url("/echo")
        out = self.fails("redirect", self.plain.url("/to"))
        self.assertNotIn("/echo", out["message"])
        out = self.ask(self.plain.url("/to"), "redirects=1", "method=POST", "body=kept")
        got = json.loads(out["body"])
        self.assertEqual((got["method"], got["body"]), ("POST", "kept"))
        self.plain.leads_to = self.plain.url("/to")
        self.fails("redirect", self.plain.url("/to"), "redirects=3")
        # From a safe place into the open, and to what is no web server.
        asked = len(self.plain.asked)
        self.safe.leads_to = self.plain.url("/echo")
        self.fails("redirect", self.safe.url("/to"), "redirects=3", f"ca={self.ca}")
        self.assertEqual(len(self.plain.asked), asked)
        for place in ("file:///etc/passwd", "gopher://localhost/", "ftp://localhost/"):
            self.plain.leads_to = place
            self.fails("redirect", self.plain.url("/to"), "redirects=3")
        out = self.ask(self.plain.url("/cookie"), "redirects=1")
        self.assertNotIn("Cookie", json.loads(out["body"])["headers"])

    def test_requests_that_make_no_sense(self):
        asked = len(self.plain.asked)
        for url in ("", "localhost", "file:///etc/passwd", "ftp://localhost/", "https://", "http://a b/", "http://a\nb/", "http://[::1"):
            out = self.fails("request", url)
            self.assertFalse(out["may_pass"])
        self.fails("request", self.plain.url("/"), "header=X:a\r\nEvil: b")
        self.fails("request", self.plain.url("/"), "header=X Y:a")
        self.fails("request", self.plain.url("/"), "method=GET /x")
        self.assertEqual(len(self.plain.asked), asked)

    def test_origin(self):
        self.assertEqual(self.ask("http://user:pass@localhost:1/path?query")["origin"], "http://localhost:1")

    def test_proxies(self):
        """One of the environment is asked, and never for this machine."""
        proxy = {"http_proxy": f"http://127.0.0.1:{self.plain.server_port}"}
        out = self.ask("http://hooks.example/echo", env=proxy)
        self.assertEqual(out.get("status"), 200, out)
        self.assertEqual(self.plain.asked[-1][1], "http://hooks.example/echo")
        nobody = {"http_proxy": "http://127.0.0.1:1"}
        self.assertEqual(self.ask(self.plain.url("/echo"), env=nobody).get("status"), 200)
        self.assertEqual(self.ask(self.plain.url("/echo").replace("localhost", "127.0.0.1"), env=nobody).get("status"), 200)
        self.fails("unresolved", "http://hooks.invalid/", env={**nobody, "no_proxy": "hooks.invalid"})
        self.fails("refused", "http://hooks.invalid/", env={**nobody, "no_proxy": "other.invalid"})


if __name__ == "__main__":
    # Nobody outside can be reached from here, whatever is asked.
    if os.environ.get("HTTP_TEST_INSIDE") != "1":
        os.environ["HTTP_TEST_INSIDE"] = "1"
        sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "cli"))
        import offline
        words = [sys.executable, os.path.abspath(__file__), PROBE, *sys.argv[1:]]
        inside = ["sh", "-c", 'ip link set lo up 2>/dev/null; exec "$@"', "sh", *words]
        way = offline._namespace()
        if way is None:
            print("skipped: no network namespace can be made here")
            sys.exit(77)
        os.execvp(way[0], [*way, *inside])
    unittest.main(verbosity=1)
