#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""`watch`: what it tells and when, whom it tells outside, and that nothing of that holds it up.

Usage: watch_test.py RDNSGATE_BINARY [unittest arguments]

Zone files answer, or a server of this test that says nothing; SIGHUP asks for a look, so that no test waits for a clock.
"""
import contextlib
import hashlib
import hmac
import http.server
import json
import os
import queue
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request
from pathlib import Path

import offline

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "schemas/watch-event.schema.json").read_text())
INVENTORY = """version: 1
zones:
  - {name: 2.0.192.in-addr.arpa, managed_by: zonefile, file: zones/2.0.192.in-addr.arpa.zone}
  - {name: mail.example, managed_by: zonefile, file: zones/mail.example.zone}
senders:
  - {name: mx, helo: mx1.mail.example, addresses: [192.0.2.10]}
  - {name: other, helo: mx2.mail.example, addresses: [192.0.2.11]}
rules: {addr-documentation: off}
"""
HEAD = """$TTL 3600
@ SOA ns.mail.example. hostmaster.mail.example. 1 7200 1800 1209600 300
@ NS ns.mail.example.
"""
RIGHT = "10 PTR mx1.mail.example.\n11 PTR mx2.mail.example.\n"
WRONG = "10 PTR elsewhere.mail.example.\n11 PTR mx2.mail.example.\n"
FORWARD = "mx1 A 192.0.2.10\nmx2 A 192.0.2.11\nns A 192.0.2.53\n"
BINARY = None
PROMTOOL = Path(os.environ.get("RDNSGATE_LAB", ROOT / ".lab")) / "usr/bin/promtool"
BY_HAND = ["--every", "1h", "--jitter", "0", "--recheck", "0"]  # a look only where somebody asks for one


class Watch:
    """A watch that runs."""

    def __init__(self, folder, *arguments, env=None, answers=("--zone-files", "zones"), verbose=True, prefix=()):
        words = [*prefix, BINARY, "watch", *(["-v"] if verbose else []), *answers, *arguments, "inventory.yaml"]
        self.process = subprocess.Popen(words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                        env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **(env or {})}, start_new_session=True)
        self.out, self.said, self.looks = [], [], queue.Queue()
        self.readers = [threading.Thread(target=self.read_out, daemon=True), threading.Thread(target=self.read_err, daemon=True)]
        for reader in self.readers:
            reader.start()

    def read_out(self):
        for line in self.process.stdout:
            self.out.append(line.rstrip("\n"))

    def read_err(self):
        for line in self.process.stderr:
            if re.match(r"(rdnsgate: )?look \d+: ", line):
                self.looks.put(line)
            self.said.append(line.rstrip("\n"))

    def wait_look(self, seconds=30):
        try:
            return self.looks.get(timeout=seconds)
        except queue.Empty:
            raise AssertionError(f"no look within {seconds} s: {self.out} {self.said}") from None

    def look(self):
        self.process.send_signal(signal.SIGHUP)
        return self.wait_look()

    def until(self, condition, seconds=15):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end or self.process.poll() is not None:
                raise AssertionError(f"not so: {self.process.poll()} {self.out} {self.said}")
            time.sleep(0.02)

    def says(self, text):
        return sum(text in line for line in self.said)

    def end(self, number=signal.SIGTERM, seconds=20):
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            code = self.process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            raise
        for reader in self.readers:
            reader.join(timeout=5)
        return code

    def clear(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        for reader in self.readers:
            reader.join(timeout=5)
        self.process.stdout.close()
        self.process.stderr.close()


class Receiver(http.server.ThreadingHTTPServer):
    """Answers with one status after the other, the last for ever; None is silence."""
    daemon_threads = True

    def __init__(self, *statuses):
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                server.got.append((dict(self.headers), body))
                status = server.statuses.pop(0) if len(server.statuses) > 1 else server.statuses[0]
                if status is None:
                    time.sleep(20)
                    return
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", server.url() + "elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

        super().__init__(("127.0.0.1", 0), Handler)
        self.statuses, self.got = list(statuses), []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def url(self):
        return f"http://127.0.0.1:{self.server_port}/"

    def handle_error(self, *_):
        pass


def misfit(value, schema, at="event"):
    """Where a value does not fit a schema of ours; None where it does."""
    for part in [schema, *schema.get("allOf", [])]:
        if "$ref" in part:
            found = misfit(value, SCHEMA["definitions"][part["$ref"].rsplit("/", 1)[1]], at)
            if found:
                return found
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "null": type(None)}
    names = schema.get("type", [])
    names = [names] if isinstance(names, str) else names
    if names and not isinstance(value, tuple(kinds[name] for name in names)):
        return f"{at}: {value!r} is none of {names}"
    if "const" in schema and value != schema["const"] or "enum" in schema and value not in schema["enum"]:
        return f"{at}: {value!r}"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        return f"{at}: {value!r} is not {schema['pattern']}"
    if isinstance(value, dict) and "properties" in schema:
        if missing := set(schema["required"]) ^ value.keys():
            return f"{at}: {missing}"
        return next(filter(None, (misfit(value[name], schema["properties"][name], f"{at}.{name}") for name in value)), None)
    if isinstance(value, list) and "items" in schema:
        return next(filter(None, (misfit(one, schema["items"], f"{at}[]") for one in value)), None)
    return None


class Case(unittest.TestCase):
    def setUp(self):
        made = tempfile.TemporaryDirectory()
        self.addCleanup(made.cleanup)
        self.folder = Path(made.name)
        (self.folder / "zones").mkdir()
        self.write("inventory.yaml", INVENTORY)
        self.write("zones/mail.example.zone", HEAD + FORWARD)
        self.reverse(RIGHT)

    def write(self, name, text):
        fresh = self.folder / (name + ".new")
        fresh.write_text(text)
        fresh.replace(self.folder / name)

    def reverse(self, records):
        self.write("zones/2.0.192.in-addr.arpa.zone", HEAD + records)

    def watch(self, *arguments, **more):
        watch = Watch(self.folder, *arguments, **more)
        self.addCleanup(watch.clear)
        return watch

    def by_hand(self, *arguments, **more):
        watch = self.watch(*BY_HAND, *arguments, **more)
        watch.wait_look()
        return watch

    def refused(self, *arguments):
        done = subprocess.run([BINARY, "watch", "--zone-files", "zones", *arguments, "inventory.yaml"], cwd=self.folder,
                              capture_output=True, text=True, timeout=30, check=False)
        self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
        return done.stderr

    def events(self, watch):
        events = [json.loads(line) for line in watch.out]
        for event in events:
            self.assertIsNone(misfit(event, SCHEMA))
        return events


class Tells(Case):
    def test_only_transitions_and_how_long_it_lasted(self):
        watch = self.by_hand("--confirm", "2/3")
        watch.look()
        self.assertEqual(watch.out, [])
        self.reverse(WRONG)
        watch.look()
        self.assertEqual(watch.out, [], "once is not often enough")
        time.sleep(1.1)
        watch.look()
        watch.until(lambda: watch.out)
        opened = [line for line in watch.out if "ptr-mismatch" in line]
        self.assertEqual(len(opened), 1, watch.out)
        self.assertRegex(opened[0], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ opened +error 192\.0\.2\.10: .*\[ptr-mismatch\].*since .*\(inventory\.yaml:6\)$")
        before = len(watch.out)
        watch.look()
        watch.look()
        self.assertEqual(len(watch.out), before, "what stays open is not told again")
        self.reverse(RIGHT)
        watch.look()
        self.assertEqual(len(watch.out), before)
        watch.look()
        watch.until(lambda: len(watch.out) >= 2 * before)
        recovered = [line for line in watch.out[before:] if "ptr-mismatch" in line]
        self.assertRegex(recovered[0], r" recovered error 192\.0\.2\.10 \[ptr-mismatch\] after [1-9]\d*m?\d*s? ")
        self.assertTrue(all(" recovered " in line for line in watch.out[before:]))
        self.assertEqual(watch.end(), 0)
        self.assertEqual(len(watch.out), 2 * before)

    def test_nothing_flaps(self):
        watch = self.by_hand("--confirm", "2/3")
        for records in (WRONG, RIGHT, RIGHT, WRONG, RIGHT, RIGHT):
            self.reverse(records)
            watch.look()
        self.assertEqual(watch.out, [])
        watch.end()

    def test_json_by_its_schema(self):
        watch = self.by_hand("--confirm", "1", "--format", "json")
        self.reverse(WRONG)
        watch.look()
        self.reverse(WRONG.replace("elsewhere", "a\\\"\x1b"))
        self.reverse(WRONG.replace("elsewhere", "nowhere"))
        watch.look()
        self.reverse(RIGHT)
        watch.look()
        watch.until(lambda: len(watch.out) >= 3)
        watch.end()
        kinds = []
        for event in self.events(watch):
            self.assertEqual(event["inventory"]["path"], "inventory.yaml")
            kinds += [(one["kind"], one["rule"], one["target"]["id"]) for one in event["transitions"]]
        for kind in ("opened", "changed", "recovered"):
            self.assertIn((kind, "ptr-mismatch", "192.0.2.10"), kinds)
        changed = next(one for event in self.events(watch) for one in event["transitions"] if one["kind"] == "changed" and one["rule"] == "ptr-mismatch")
        self.assertIn("elsewhere", changed["before"]["observed"])
        self.assertIn("nowhere", changed["observed"])

    def test_what_is_doubtful_is_looked_at_sooner(self):
        watch = self.watch("--every", "1h", "--jitter", "0", "--recheck", "200ms", "--confirm", "2/3", "--format", "json")
        watch.wait_look()
        self.reverse(WRONG)
        watch.look()
        watch.until(lambda: watch.out)
        event = self.events(watch)[0]
        self.assertEqual({one["target"]["id"] for one in event["transitions"]} & {"192.0.2.10", "192.0.2.11"}, {"192.0.2.10"})
        looks = watch.looks.qsize()
        time.sleep(1.5)
        self.assertLessEqual(watch.looks.qsize() - looks, 1, "what is settled is left alone")
        watch.end()

    def test_a_failing_lookup_is_no_finding(self):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
            silent.bind(("127.0.0.1", 0))
            answers = ("--vantage", f"127.0.0.1#{silent.getsockname()[1]}", "--timeout", "300ms")
            watch = self.by_hand("--confirm", "1", "--format", "json", answers=answers)
            watch.look()
            watch.end()
        rules = {one["rule"] for event in self.events(watch) for one in event["transitions"]}
        self.assertEqual({rule for rule in rules if rule.startswith(("ptr-", "fcrdns-", "helo-"))}, set())


class Runs(Case):
    def test_ends_within_a_question(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
                silent.bind(("127.0.0.1", 0))
                silent.settimeout(20)
                watch = self.watch(*BY_HAND, "--timeout", "60s", answers=("--vantage", f"127.0.0.1#{silent.getsockname()[1]}"))
                silent.recv(1000)
                began = time.monotonic()
                self.assertEqual(watch.end(number), 0)
                self.assertLess(time.monotonic() - began, 5)
                self.assertEqual(watch.out, [])

    def test_repeats_by_itself(self):
        watch = self.watch("--every", "300ms", "--looks", "3")
        self.assertEqual(watch.process.wait(timeout=30), 0)
        self.reverse(WRONG)
        watch = self.watch("--every", "300ms", "--looks", "3")
        self.assertEqual(watch.process.wait(timeout=30), 1)

    def test_a_broken_inventory_keeps_the_old_one(self):
        watch = self.by_hand("--confirm", "1")
        self.write("inventory.yaml", INVENTORY.replace("senders:", "senders: 5\nx:"))
        self.reverse(WRONG)
        watch.look()
        watch.look()
        watch.until(lambda: any("ptr-mismatch" in line for line in watch.out))
        self.assertEqual(watch.says("the one before stays in use: inventory.yaml:"), 1, watch.said)
        (self.folder / "inventory.yaml").unlink()
        watch.look()
        watch.look()
        self.assertEqual(watch.says("the one before stays in use"), 2, "another reason is said, once")
        self.write("inventory.yaml", INVENTORY.replace("mx1.mail", "elsewhere.mail"))
        watch.look()
        self.assertEqual(watch.says("the inventory can be used again"), 1)
        self.assertEqual(watch.says("the inventory has changed"), 1)
        watch.end()

    def test_zone_files_that_cannot_be_read_are_said_once(self):
        watch = self.by_hand("--confirm", "1")
        self.reverse("10 PTR (\n")
        watch.look()
        watch.look()
        self.assertEqual(watch.says("nothing could be looked at"), 1, watch.said)
        self.assertEqual(watch.out, [])
        self.reverse(RIGHT)
        watch.look()
        self.assertEqual(watch.says("looks succeed again"), 1)
        watch.end()

    def test_nothing_to_begin_with(self):
        self.write("inventory.yaml", "version: 1\nsenders: 5\n")
        self.assertIn("inventory.yaml:2", self.refused())
        (self.folder / "inventory.yaml").unlink()
        self.refused()

    def test_usage(self):
        for words, said in ((["--every", "0s"], "--every"), (["--every", "soon"], "--every"), (["--jitter", "200"], "--jitter"),
                            (["--confirm", "3/2"], "--confirm"), (["--confirm", "x"], "--confirm"), (["--webhook", "ftp://x/"], "--webhook"),
                            (["--mail-to", "a b@example.com"], "--mail-to"), (["--mail-to", "a@example.com\nBcc: b"], "--mail-to"),
                            (["--mail-to", "a@example.com", "--sendmail", "/nowhere/sendmail"], "/nowhere/sendmail"),
                            (["--webhook-secret", "x"], "--webhook"), (["--listen", "9811x"], "--listen"),
                            (["--listen", "localhost:1"], "--listen"), (["--metrics", "-"], "--metrics"), (["--now", "2027-01-01"], "--now")):
            with self.subTest(words):
                self.assertIn(said, self.refused(*words))
        done = subprocess.run([BINARY, "watch", "-"], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("standard input", done.stderr)

    def test_a_service(self):
        path = str(self.folder / "notify")
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.bind(path)
            manager.settimeout(20)
            watch = self.watch("--every", "400ms", "--jitter", "0", env={"NOTIFY_SOCKET": path, "WATCHDOG_USEC": "200000"})
            told = ""
            while not ("READY=1" in told and told.count("WATCHDOG=1") >= 3):
                told += manager.recv(4096).decode() + "\n"
            self.assertEqual(told.count("READY=1"), 1)
            self.assertIn("STATUS=0 errors, 0 warnings open; last look 20", told)
            watch.process.send_signal(signal.SIGTERM)
            while "STOPPING=1" not in told:
                told += manager.recv(4096).decode() + "\n"
            # It is not asked twice: who asks again is not made to wait for it.
            self.assertEqual(watch.process.wait(timeout=20), 0)


class Hooks(Case):
    def opened(self, *arguments, **more):
        """A watch that has told of something that opened."""
        watch = self.by_hand("--confirm", "1", *arguments, **more)
        self.reverse(WRONG)
        watch.look()
        return watch

    def test_a_command(self):
        watch = self.opened("--exec", "cat >> got; echo printed")
        got = self.folder / "got"
        watch.until(lambda: got.exists() and got.read_text().endswith("\n"))
        event = json.loads(got.read_text())
        self.assertIsNone(misfit(event, SCHEMA))
        self.assertIn("ptr-mismatch", [one["rule"] for one in event["transitions"]])
        watch.end()
        self.assertNotIn("printed", watch.out, "what it prints is not ours")

    def test_a_command_that_fails(self):
        watch = self.opened("--exec", "exit 7")
        watch.until(lambda: watch.says("exit code 7"))
        self.reverse(RIGHT)
        watch.look()
        watch.look()
        watch.end()
        self.assertEqual(watch.says("exit code 7"), 1, "said once")

    def test_a_command_that_wants_to_be_asked_again(self):
        watch = self.opened("--exec", "cat > /dev/null; echo x >> tries; test $(wc -l < tries) -gt 1 || exit 75")
        watch.until(lambda: watch.says("delivered again"))
        self.assertEqual((self.folder / "tries").read_text(), "x\nx\n")
        watch.end()

    def test_a_command_that_never_ends(self):
        watch = self.opened("--exec", "sleep 600 & echo $! > child; sleep 600", "--hook-timeout", "500ms")
        watch.look()
        watch.until(lambda: watch.says("longer than 500 ms"))
        child = int((self.folder / "child").read_text())

        def is_gone():
            try:
                return Path(f"/proc/{child}/stat").read_text().split(")")[1].split()[0] == "Z"
            except FileNotFoundError:
                return True
        watch.until(is_gone)
        watch.end()

    def test_a_command_that_reads_nothing(self):
        watch = self.opened("--exec", "exec <&-; echo done > got")
        watch.until((self.folder / "got").exists)
        self.assertEqual(watch.end(), 0)

    def test_a_signed_webhook_that_is_tried_again(self):
        receiver = Receiver(500, 503, 200)
        self.write("secret", "correct horse\n")
        watch = self.opened("--webhook", receiver.url() + "hook-of-secret-name", "--webhook-secret", "secret")
        watch.until(lambda: len(receiver.got) == 3)
        watch.until(lambda: watch.says("delivered again"))
        self.assertEqual(watch.says("answers with status 500"), 1, watch.said)
        self.assertEqual(watch.says("status 503"), 0, "said once")
        self.assertEqual(watch.says("hook-of-secret-name"), 0, "a URL may be a secret")
        self.assertEqual(len({headers["X-Rdnsgate-Event"] for headers, _ in receiver.got}), 1)
        for headers, body in receiver.got:
            event = json.loads(body)
            self.assertIsNone(misfit(event, SCHEMA))
            self.assertEqual(event["id"], headers["X-Rdnsgate-Event"])
            stamp = headers["X-Rdnsgate-Timestamp"]
            self.assertLess(abs(int(stamp) - time.time()), 60)
            right = hmac.new(b"correct horse", stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
            self.assertEqual(headers["X-Rdnsgate-Signature"], "sha256=" + right)
        watch.end()

    def test_a_webhook_without_a_secret(self):
        receiver = Receiver(204)
        watch = self.opened("--webhook", receiver.url())
        watch.until(lambda: receiver.got)
        self.assertNotIn("X-Rdnsgate-Signature", receiver.got[0][0])
        watch.end()
        watch = self.opened("--webhook", receiver.url(), env={"RDNSGATE_WEBHOOK_SECRET": "s"})
        self.reverse(RIGHT)
        watch.look()
        watch.until(lambda: len(receiver.got) > 1)
        self.assertIn("X-Rdnsgate-Signature", receiver.got[-1][0])
        watch.end()

    def test_a_webhook_that_refuses(self):
        receiver = Receiver(404)
        watch = self.opened("--webhook", receiver.url())
        watch.until(lambda: watch.says("status 404; the event is dropped"))
        time.sleep(1.5)
        self.assertEqual(len(receiver.got), 1)
        watch.end()

    def test_a_webhook_that_redirects(self):
        receiver = Receiver(302)
        watch = self.opened("--webhook", receiver.url())
        watch.until(lambda: watch.says("redirects"))
        watch.end()
        self.assertTrue(all("elsewhere" not in str(headers) for headers, _ in receiver.got))

    def test_nobody_is_held_up(self):
        """A webhook that never answers, a dead one, and a command that hangs: looks go on, and the end comes soon."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            dead = free.getsockname()[1]
        for url in (Receiver(None).url(), f"http://127.0.0.1:{dead}/"):
            self.reverse(RIGHT)
            watch = self.opened("--webhook", url, "--exec", "sleep 600", "--hook-timeout", "60s")
            began = time.monotonic()
            for records in (RIGHT, WRONG, RIGHT):
                self.reverse(records)
                watch.look()
            self.assertLess(time.monotonic() - began, 10)
            self.assertGreater(len(watch.out), 3)
            began = time.monotonic()
            self.assertEqual(watch.end(seconds=30), 0)
            self.assertLess(time.monotonic() - began, 20)
            self.assertTrue(watch.says("not delivered, and lost"), watch.said)

    def test_a_spool_survives_an_end(self):
        receiver = Receiver(500)
        watch = self.opened("--webhook", receiver.url(), "--spool", "spool")
        watch.until(lambda: receiver.got)
        self.reverse(RIGHT)
        watch.look()
        watch.process.kill()
        watch.process.wait()
        waiting = sorted(path.name for path in (self.folder / "spool").glob("webhook-*.json"))
        self.assertEqual(len(waiting), 2, waiting)
        receiver.got.clear()
        receiver.statuses = [200]
        watch = self.by_hand("--webhook", receiver.url(), "--spool", "spool")
        watch.until(lambda: len(receiver.got) == 2)
        kinds = [[one["kind"] for one in json.loads(body)["transitions"]] for _, body in receiver.got]
        self.assertEqual([kind[0] for kind in kinds], ["opened", "recovered"], "in their order")
        watch.until(lambda: not list((self.folder / "spool").glob("webhook-*")))
        watch.end()

    def test_a_spool_that_cannot_be_written(self):
        receiver = Receiver(200)
        watch = self.by_hand("--confirm", "1", "--webhook", receiver.url(), "--spool", "spool")
        (self.folder / "spool").rename(self.folder / "away")
        self.write("spool", "a file")
        self.reverse(WRONG)
        watch.look()
        watch.until(lambda: receiver.got)
        self.assertEqual(watch.says("events wait in memory alone"), 1, watch.said)
        watch.end()

    def test_mail(self):
        sendmail = self.folder / "sendmail"
        sendmail.write_text("#!/bin/sh\nprintf '%s\\n' \"$*\" > arguments\ncat > mail\n")
        sendmail.chmod(sendmail.stat().st_mode | stat.S_IXUSR)
        watch = self.opened("--mail-to", "a@example.com", "--mail-to", "b@example.com", "--mail-from", "rdns@example.com",
                            "--sendmail", str(sendmail))
        mail = self.folder / "mail"
        watch.until(lambda: mail.exists() and "explain ptr-mismatch" in mail.read_text())
        watch.end()
        self.assertEqual((self.folder / "arguments").read_text(), "-t -i\n")
        head, body = mail.read_text().split("\n\n", 1)
        self.assertIn("To: a@example.com, b@example.com\n", head)
        self.assertIn("From: rdns@example.com\n", head)
        self.assertRegex(head, r"Subject: rdnsgate: \d+ opened \(inventory\.yaml\)\n")
        self.assertIn("Auto-Submitted: auto-generated\n", head)
        self.assertIn("opened (error): 192.0.2.10\n", body)


METRIC = re.compile(r'rdnsgate_[a-z0-9_]+(\{[a-z]+="(?:[^"\\\n]|\\.)*"(,[a-z]+="(?:[^"\\\n]|\\.)*")*\})? -?[0-9.e+-]+')


class Machines(Case):
    def check_page(self, text):
        """As strict as the text format is: a HELP and a TYPE before the values of each family, each family once."""
        family, seen, values = None, set(), {}
        self.assertTrue(text.endswith("\n"))
        for line in text.splitlines():
            if line.startswith("# HELP "):
                family = line.split()[2]
                self.assertNotIn(family, seen)
                seen.add(family)
            elif line.startswith("# TYPE "):
                self.assertEqual(line.split()[2], family)
                kind = line.split()[3]
                self.assertIn(kind, ("gauge", "counter", "summary"))
                # Quantiles are what a summary has, and nothing else.
                self.assertEqual(kind == "summary", family == "rdnsgate_vantage_latency_seconds")
                self.assertEqual(kind == "counter", family.endswith("_total"))
            else:
                self.assertRegex(line, METRIC)
                self.assertEqual(re.split(r"[{ ]", line)[0], family)
                name, value = line.rsplit(" ", 1)
                self.assertNotIn(name, values)
                values[name] = float(value)
        return values

    def test_a_file_and_a_page(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        watch = self.by_hand("--confirm", "1", "--metrics", "prom/rdnsgate.prom", "--listen", str(port), "--exec", "true")
        file = self.folder / "prom/rdnsgate.prom"
        values = self.check_page(file.read_text())
        self.assertEqual(values['rdnsgate_findings_open{severity="error"}'], 0)
        self.assertEqual(values['rdnsgate_looks_total{kind="whole"}'], 1)
        self.assertLess(abs(values["rdnsgate_last_look_timestamp_seconds"] - time.time()), 60)
        self.reverse(WRONG)
        watch.look()
        watch.look()
        values = self.check_page(file.read_text())
        self.assertGreaterEqual(values['rdnsgate_findings_open{severity="error"}'], 1)
        self.assertEqual(values['rdnsgate_findings_open_by_rule{rule="ptr-mismatch",severity="error"}'], 1)
        self.assertGreaterEqual(values['rdnsgate_transitions_total{kind="opened"}'], 1)
        self.assertEqual(file.stat().st_mode & 0o777, 0o644)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
            self.assertTrue(answer.headers["Content-Type"].startswith("text/plain; version=0.0.4"))
            self.assertEqual(self.check_page(answer.read().decode()).keys(), values.keys())
        for path, method in (("/", "GET"), ("/metrics/../x", "GET"), ("/metrics", "POST")):
            with self.assertRaises(urllib.error.HTTPError):
                urllib.request.urlopen(urllib.request.Request(f"http://127.0.0.1:{port}{path}", method=method), timeout=10)
        self.assertIn("nobody can listen", self.refused("--listen", str(port), "--looks", "1"))
        # A client that says nothing holds up nobody.
        with socket.create_connection(("127.0.0.1", port)), urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
            self.assertEqual(answer.status, 200)
            self.assertEqual(watch.end(), 0)

    def judge_page(self, promtool, text):
        done = subprocess.run([promtool, "check", "metrics"], input=text, capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual((done.returncode, done.stdout + done.stderr), (0, ""))

    def test_promtool_takes_both(self):
        """The parser and the linter of Prometheus itself, for a page with something in each family."""
        promtool = PROMTOOL if PROMTOOL.exists() else shutil.which("promtool")
        if not promtool:
            self.skipTest("no promtool here: ci/packages.sh lab unpacks it")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        watch = self.by_hand("--confirm", "1", "--metrics", "rdnsgate.prom", "--listen", str(port), "--exec", "false")
        self.reverse(WRONG)
        watch.look()
        watch.look()
        page = (self.folder / "rdnsgate.prom").read_text()
        for family in ("rdnsgate_findings_open_by_rule{", "rdnsgate_vantage_latency_seconds{", "rdnsgate_hook_failures_total{"):
            self.assertIn(family, page)
        self.judge_page(promtool, page)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
            self.judge_page(promtool, answer.read().decode())
        watch.end()

    def test_a_file_that_cannot_be_written(self):
        self.write("prom", "a file")
        watch = self.by_hand("--metrics", "prom/rdnsgate.prom")
        watch.look()
        self.assertEqual(watch.says("prom/rdnsgate.prom"), 1, watch.said)
        self.assertEqual(watch.end(), 0)

    def test_nothing_grows(self):
        """Descriptors and threads after a hundred looks, with hooks; memory is measured by tests/bench/watch_bench.py."""
        receiver = Receiver(200)
        watch = self.by_hand("--confirm", "1", "--webhook", receiver.url(), "--exec", "cat >/dev/null", "--history", "seen.db")

        def open_files():
            """Once nothing is on its way: a hook that runs has pipes."""
            def now():
                return tuple(len(list(Path(f"/proc/{watch.process.pid}/{kind}").iterdir())) for kind in ("fd", "task"))
            last = now()
            for _ in range(40):
                time.sleep(0.5)
                if (seen := now()) == last:
                    return seen
                last = seen
            return last
        for records in (WRONG, RIGHT) * 5:
            self.reverse(records)
            watch.look()
        watch.until(lambda: len(receiver.got) >= 10)
        before = open_files()
        for records in (WRONG, RIGHT) * 20:
            self.reverse(records)
            watch.look()
        watch.until(lambda: len(receiver.got) >= 50)
        self.assertEqual(open_files(), before)
        watch.end()


class Passive(Case):
    """Passive checks by the command file of Nagios, which is a named pipe."""

    LINE = re.compile(r"\[(\d+)\] PROCESS_SERVICE_CHECK_RESULT;([^;]+);([^;]+);([0-3]);RDNSGATE (OK|WARNING|CRITICAL|UNKNOWN) - ([^|;]+) \| (.*)")

    def setUp(self):
        super().setUp()
        self.pipe = self.folder / "nagios.cmd"
        os.mkfifo(self.pipe)
        self.reader = os.open(self.pipe, os.O_RDONLY | os.O_NONBLOCK)
        self.addCleanup(lambda: os.close(self.reader))

    def handed_in(self):
        """What the commands say that came since the last time."""
        found = []
        for line in os.read(self.reader, 1 << 16).decode().splitlines():
            said = self.LINE.fullmatch(line)
            self.assertTrue(said, line)
            self.assertLess(abs(int(said[1]) - time.time()), 60)
            self.assertEqual(["OK", "WARNING", "CRITICAL", "UNKNOWN"][int(said[4])], said[5])
            found.append((said[2], said[3], said[5], said[6], dict(one.split(";")[0].split("=") for one in said[7].split())))
        return found

    def test_the_state_behind_each_look(self):
        watch = self.by_hand("--confirm", "1", "--nagios", "nagios.cmd", "--nagios-service", "mail.example/reverse DNS")
        (one,) = self.handed_in()
        self.assertEqual(one[:3], ("mail.example", "reverse DNS", "OK"))
        self.assertRegex(one[3], r"0 errors, \d+ warnings? open in 2 addresses")
        self.assertEqual((one[4]["errors"], one[4]["addresses"]), ("0", "2"))
        self.reverse(WRONG)
        watch.look()
        (one,) = self.handed_in()
        self.assertEqual(one[2], "CRITICAL")
        self.assertIn("ptr-mismatch", one[3])
        self.assertNotEqual(one[4]["errors"], "0")
        # What cannot be looked at is unknown, however long it was well before.
        self.write("zones/2.0.192.in-addr.arpa.zone", "$TTL what\n")
        watch.look()
        self.assertEqual([one[2] for one in self.handed_in()], ["UNKNOWN"])
        self.reverse(RIGHT)
        watch.look()
        self.assertEqual([one[2] for one in self.handed_in()], ["OK"])
        self.write("inventory.yaml", "version: 1\nsenders: [\n")
        watch.look()
        (one,) = self.handed_in()
        self.assertEqual(one[2], "WARNING")
        self.assertIn("the inventory cannot be used", one[3])
        watch.end()

    def test_what_nobody_answers_is_unknown(self):
        watch = self.by_hand("--nagios", "nagios.cmd", "--timeout", "100ms", answers=("--vantage", "127.0.0.9"))
        (one,) = self.handed_in()
        self.assertEqual(one[:3], (socket.gethostname(), "rdnsgate", "UNKNOWN"))
        watch.end()

    def test_a_daemon_that_is_gone_holds_nothing_up_and_is_said_once(self):
        watch = self.by_hand("--nagios", "nagios.cmd")
        self.assertEqual(len(self.handed_in()), 1)
        os.close(self.reader)
        for _ in range(3):
            watch.look()
        self.assertEqual(watch.says("nobody reads from it"), 1, watch.said)
        self.reader = os.open(self.pipe, os.O_RDONLY | os.O_NONBLOCK)
        watch.look()
        self.assertEqual(len(self.handed_in()), 1)
        self.assertEqual(watch.end(), 0)

    def test_a_daemon_that_reads_nothing_holds_nothing_up(self):
        watch = self.by_hand("--nagios", "nagios.cmd")
        writer = os.open(self.pipe, os.O_WRONLY | os.O_NONBLOCK)
        with self.assertRaises(BlockingIOError):
            while True:
                os.write(writer, bytes(4096))
        os.close(writer)
        watch.look()
        watch.look()
        self.assertEqual(watch.says("it is full"), 1, watch.said)
        self.assertEqual(watch.end(), 0)

    def test_a_file_is_no_pipe(self):
        self.write("plain", "mine\n")
        for name, says in (("plain", "no named pipe"), ("missing", "missing")):
            watch = self.by_hand("--nagios", name)
            self.assertEqual(watch.says(says), 1, watch.said)
            self.assertEqual(watch.end(), 0)
        self.assertEqual((self.folder / "plain").read_text(), "mine\n")
        self.assertFalse((self.folder / "missing").exists())

    def test_usage(self):
        for service in ("rdnsgate", "host/", "host/a;b", "host/a\nb"):
            self.assertIn("--nagios-service", self.refused("--nagios", "nagios.cmd", "--nagios-service", service))


class Keeps(Case):
    def test_a_history_tells_nothing_twice(self):
        watch = self.by_hand("--confirm", "1", "--history", "seen.db")
        self.reverse(WRONG)
        watch.look()
        watch.until(lambda: watch.out)
        watch.process.kill()
        watch.process.wait()
        time.sleep(1.1)
        watch = self.by_hand("--confirm", "1", "--history", "seen.db")
        watch.look()
        self.assertEqual(watch.out, [])
        self.reverse(RIGHT)
        watch.look()
        watch.until(lambda: watch.out)
        self.assertRegex("\n".join(watch.out), r"recovered error 192\.0\.2\.10 \[ptr-mismatch\] after [1-9]")
        watch.end()

    def test_one_watch_at_a_time(self):
        for place in (["--history", "seen.db"], ["--spool", "spool"]):
            watch = self.by_hand(*place)
            self.assertIn("another watch is at work", self.refused(*place, "--looks", "1"))
            self.assertEqual(watch.end(), 0)
            self.assertEqual(self.watch(*BY_HAND, *place, "--looks", "1").process.wait(timeout=30), 0)

    def test_a_history_that_is_damaged_meanwhile(self):
        watch = self.by_hand("--confirm", "1", "--history", "seen.db")
        for beside in ("seen.db-wal", "seen.db-shm"):
            (self.folder / beside).unlink(missing_ok=True)
        (self.folder / "seen.db").write_bytes((self.folder / "seen.db").read_bytes()[:4096] + b"\xff" * 40000)
        self.reverse(WRONG)
        watch.look()
        watch.until(lambda: watch.out)  # told all the same, and by the new history
        watch.look()
        self.assertEqual(watch.says("is kept as seen.db.damaged-"), 1, watch.said)
        self.assertEqual(len([*self.folder.glob("seen.db.damaged-*")]), 1)
        self.assertEqual(watch.end(), 0)
        kept = subprocess.run([BINARY, "history", "timeline", "--history", "seen.db"], cwd=self.folder, capture_output=True, text=True, timeout=30, check=False)
        self.assertIn("opened", kept.stdout)
        self.assertIn("ptr-mismatch", kept.stdout)

    def test_a_history_on_a_full_disk(self):
        mount = ["unshare", "-m", "sh", "-ec", 'mount -t tmpfs -o size=600k none kept; exec "$@"', "sh"]
        (self.folder / "kept").mkdir()
        if subprocess.run([*mount, "true"], cwd=self.folder, capture_output=True, check=False).returncode != 0:
            self.skipTest("nothing can be mounted here")
        watch = self.by_hand("--confirm", "1", "--history", "kept/seen.db", prefix=mount)
        inside = Path(f"/proc/{watch.process.pid}/root") / (self.folder / "kept").relative_to("/")
        with open(inside / "fill", "wb", buffering=0) as fill:
            with contextlib.suppress(OSError):
                while fill.write(b"x" * 512):
                    pass
        self.reverse(WRONG)
        watch.look()
        watch.until(lambda: watch.out)  # what is found is told, whatever becomes of the history
        watch.look()
        watch.look()
        self.assertEqual(watch.says("the history does not take what is seen"), 1, watch.said)
        self.assertEqual(watch.says("there is no room left"), 1, watch.said)
        (inside / "fill").unlink()
        watch.look()
        watch.until(lambda: watch.says("the history is written again"))
        told = subprocess.run(["nsenter", "-m", "-t", str(watch.process.pid), "-w", BINARY, "history", "timeline", "--history", "kept/seen.db"], cwd=self.folder,
                              capture_output=True, text=True, timeout=30, check=False)
        self.assertIn("ptr-mismatch", told.stdout, told.stderr)
        self.assertEqual(watch.end(), 0)

    def test_a_history_that_is_none(self):
        self.write("seen.db", "this is a letter\n" * 100)
        self.refused("--history", "seen.db", "--looks", "1")
        self.assertEqual((self.folder / "seen.db").read_text(), "this is a letter\n" * 100)


if __name__ == "__main__":
    BINARY = os.path.abspath(sys.argv.pop(1))
    # Nobody outside can be reached from here, whatever is asked.
    if os.environ.get("WATCH_TEST_INSIDE") != "1":
        os.environ["WATCH_TEST_INSIDE"] = "1"
        way = offline._namespace()
        if way is None:
            print("skipped: no network namespace can be made here")
            sys.exit(77)
        words = [sys.executable, os.path.abspath(__file__), BINARY, *sys.argv[1:]]
        os.execvp(way[0], [*way, "sh", "-c", 'ip link set lo up; exec "$@"', "sh", *words])
    unittest.main(verbosity=1)
