#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""The language server, as an editor meets it.

Usage: lsp_test.py RDNSGATE_BINARY [unittest arguments]
"""
import json
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from lsp_client import Client

BINARY = None

GOOD = """version: 1
zones:
  - {name: mail.example, managed_by: ticket, contact: noc@mail.example}
  - {name: 2.0.192.in-addr.arpa, managed_by: ticket, contact: noc@mail.example}
senders:
  - name: mx1
    helo: mx1.mail.example
    addresses: [192.0.2.10]
relays:
  - {name: newsletter, spf: "include:spf.relay.example"}
domains:
  - name: mail.example
    via: [mx1, newsletter]
rules:
  addr-documentation: off
"""


class Session(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp()).resolve()
        self.addCleanup(shutil.rmtree, self.folder)
        (self.folder / ".git").mkdir()
        self.path = self.folder / "inventory.yaml"
        self.client = Client(BINARY, self.folder)
        self.addCleanup(self.client.close)


class Editing(Session):
    def setUp(self):
        super().setUp()
        self.capabilities = self.client.initialize(self.folder)["capabilities"]

    def lint(self):
        """What the command says of the file that is on the disk."""
        done = subprocess.run(["unshare", "-Urn", BINARY, "lint", "--format", "json", self.path], cwd=self.folder,
                              capture_output=True, text=True, timeout=60, check=False)
        return json.loads(done.stdout)

    def complete(self, text, marker="|"):
        """The texts that are offered at the marker, by label."""
        begin = text[:text.index(marker)]
        self.version = getattr(self, "version", 0) + 1
        whole = text.replace(marker, "")
        if self.version == 1:
            self.client.open(self.path, whole)
        else:
            self.client.change(self.path, whole, self.version)
        line = begin.count("\n")
        items = self.client.at("textDocument/completion", self.path, line, len(begin.rsplit("\n", 1)[-1]))
        self.items = {item["label"]: item for item in items}
        return set(self.items)

    def test_capabilities(self):
        self.assertEqual(self.capabilities["positionEncoding"], "utf-16")
        self.assertEqual(self.capabilities["textDocumentSync"]["change"], 1)
        self.assertTrue(self.capabilities["hoverProvider"])

    def test_diagnostics_as_you_type(self):
        self.assertEqual([d for d in self.client.open(self.path, GOOD) if d["severity"] == 1], [])
        wrong = self.client.change(self.path, GOOD.replace("helo:", "hello:"), 2)
        self.assertEqual(len(wrong), 1)
        self.assertEqual(wrong[0]["range"], {"start": {"line": 6, "character": 4}, "end": {"line": 6, "character": 9}})
        self.assertEqual((wrong[0]["severity"], wrong[0]["code"], wrong[0]["source"]), (1, "inventory-schema", "rdnsgate"))
        self.assertIn('did you mean "helo"?', wrong[0]["message"])
        self.assertEqual([d for d in self.client.change(self.path, GOOD, 3) if d["severity"] == 1], [])
        self.client.change(self.path, "nothing", 4)
        self.client.notify("textDocument/didClose", textDocument={"uri": self.path.as_uri()})
        self.assertEqual(self.client.published(self.path.as_uri(), None), [])
        self.assertEqual(self.client.end(), 0)

    def test_the_same_as_lint(self):
        text = GOOD.replace("via: [mx1, newsletter]", "via: [newsletter]").replace("  addr-documentation: off\n",
                                                                                      "  addr-documentation: warning\n")
        self.path.write_text(text)
        found = {(d["code"], d["range"]["start"]["line"] + 1, d["range"]["start"]["character"] + 1)
                 for d in self.client.open(self.path, text)}
        expected = {(f["rule"], f["location"]["line"], f["location"]["column"]) for f in self.lint()["findings"]}
        self.assertIn("addr-documentation", {rule for rule, _, _ in expected})
        self.assertEqual(found, expected)

    def test_columns_are_utf16(self):
        text = GOOD.replace("  - {name: newsletter,", '  - {helo: "\N{PILE OF POO}\N{LATIN SMALL LETTER E WITH ACUTE}", nmae: x, name: newsletter,')
        marks = [d for d in self.client.open(self.path, text) if "nmae" in d["message"]]
        line = next(line for line in text.splitlines() if "nmae" in line)
        before = len(line[:line.index("nmae")].encode("utf-16-le")) // 2
        self.assertEqual(marks[0]["range"]["start"]["character"], before)
        self.assertEqual(before, line.index("nmae") + 1)  # the test would see code points

    def test_included_files(self):
        hosts = self.folder / "hosts"
        hosts.mkdir()
        head, senders = GOOD.split("senders:\n")[0], "senders:\n" + GOOD.split("senders:\n")[1].split("relays:")[0]
        rest = "relays:" + GOOD.split("relays:")[1]
        self.path.write_text(head.replace("version: 1\n", "version: 1\ninclude: [hosts/*.yaml]\n") + rest)
        part = hosts / "eu.yaml"
        part.write_text("version: 1\n" + senders)
        found = self.client.open(part, "version: 1\n" + senders)
        self.assertEqual([d for d in found if d["severity"] == 1], [], "the domain's path is in the file that includes it")
        self.client.at("textDocument/hover", part, 0, 0)  # behind everything that was published
        self.client.diagnostics.clear()
        # What is typed in the part, and not saved, is wrong in the file that refers to it.
        self.client.change(part, "version: 1\n" + senders.replace("name: mx1", "name: mx9"), 2)
        marks = self.client.published(self.path.as_uri(), None)
        self.assertTrue(any('"mx1"' in d["message"] and d["severity"] == 1 for d in marks), marks)
        # And the other way round: the open text of the whole wins over the one that was saved.
        marks = self.client.open(self.path, self.path.read_text().replace("via: [mx1,", "via: [mx9,"))
        self.assertEqual([d for d in marks if d["severity"] == 1], [])

    def test_other_yaml_is_left_alone(self):
        other = self.folder / "compose.yaml"
        self.assertEqual(self.client.open(other, "version: 3\nservices: {web: {image: x}}\n"), [])

    def test_hostile_text(self):
        for version, text in enumerate(["", "\0", "a: *b", "[" * 100_000, "- \u202e\n" * 3, "senders:\n - \x1b]0;x\x07",
                                        "&a [*a, *a]", "? " * 5000, "version: 1\r\rsenders: x"], 1):
            for line in (0, 1, 10**9):
                found = self.client.open(self.path, text, version)
                self.assertNotIn("\x1b", json.dumps(found, ensure_ascii=False))
                self.client.at("textDocument/hover", self.path, line, 3)
                self.client.at("textDocument/completion", self.path, line, 10**9)
        self.assertEqual(self.client.end(), 0)

    def hover(self, text, word, offset=1):
        before = text[:text.index(word) + offset]
        found = self.client.at("textDocument/hover", self.path, before.count("\n"), len(before.rsplit("\n", 1)[-1]))
        return found and found["contents"]["value"]

    def test_hover(self):
        text = GOOD.replace("addr-documentation: off", "addr-documentation: warning").replace("helo: mx1", "helo: mx1")
        self.client.open(self.path, text)
        page = subprocess.run([BINARY, "explain", "addr-documentation"], capture_output=True, text=True, check=True).stdout
        self.assertEqual(self.hover(text, "addr-documentation"), page)
        self.assertEqual(self.hover(text, "192.0.2.10"), page, "at a finding")
        key = self.hover(text, "managed_by")
        schema = json.loads(subprocess.run([BINARY, "schema", "inventory"], capture_output=True, text=True, check=True).stdout)
        self.assertIn(schema["properties"]["zones"]["items"]["properties"]["managed_by"]["description"], key)
        self.assertIn("Default: `ticket`", key)
        self.assertIsNone(self.hover(text, "noc@mail"))

    def test_completion_of_keys(self):
        found = self.complete(GOOD.replace("    helo: mx1.mail.example\n", "    he|\n"))
        self.assertIn("helo", found)
        self.assertNotIn("name", found, "it is there already")
        self.assertNotIn("zones", found, "it is another mapping's")
        edit = self.items["helo"]["textEdit"]
        self.assertEqual(edit, {"range": {"start": {"line": 6, "character": 4}, "end": {"line": 6, "character": 6}},
                                "newText": "helo: "})
        self.assertLessEqual({"zones", "senders", "waivers"}, self.complete("version: 1\n|"))
        self.assertIn("publish_delay", self.complete(GOOD.replace("contact: noc@mail.example}", "pu|}", 1)))
        self.assertIn("publish_delay", self.complete(GOOD.replace("contact: noc@mail.example}", "pu|", 1)), "not closed")
        self.assertIn("except", self.complete(GOOD.replace("[192.0.2.10]", "[{range: 192.0.2.0/28, e|}]")))

    def test_completion_of_values(self):
        found = self.complete(GOOD.replace("managed_by: ticket", "managed_by: |", 1))
        self.assertEqual(found, {"zonefile", "nsupdate", "octodns", "dnscontrol", "ticket"})
        self.assertEqual(self.complete(GOOD.replace("documentation: off", "documentation: |")),
                         {"error", "warning", "info", "off"})

    def test_completion_of_names(self):
        self.assertEqual(self.complete(GOOD.replace("via: [mx1, newsletter]", "via: [|]")), {"mx1", "newsletter"})
        self.assertEqual(self.complete(GOOD.replace("via: [mx1, newsletter]", "via: [mx1, |")), {"mx1", "newsletter"})
        self.assertEqual(self.complete(GOOD.replace("via: [mx1, newsletter]", "via:\n      - |")), {"mx1", "newsletter"})
        self.assertEqual(self.complete(GOOD.replace("helo: mx1.mail.example", "helo: mx7.ma|")), {"mx7.mail.example"})

    def test_completion_of_rules(self):
        rules = {line.split()[0] for line in
                 subprocess.run([BINARY, "rules"], capture_output=True, text=True, check=True).stdout.splitlines()}
        self.assertLessEqual(rules - {"addr-documentation"}, self.complete(GOOD + "  ptr-|\n"))
        self.assertNotIn("addr-documentation", self.items, "it is there already")
        self.assertEqual(self.complete(GOOD + "waivers:\n  - {rule: |}\n"), rules)
        self.assertEqual(self.complete(GOOD.replace("helo: mx1.mail.example", "helo: mx1.mail.example  # rdnsgate: allow ptr-|")),
                         rules)
        self.assertLessEqual({"mx1", "newsletter", "mail.example"}, self.complete(GOOD + "waivers:\n  - {rule: x, target: |}\n"))


class Protocol(Session):
    def test_nothing_before_initialize_or_after_shutdown(self):
        self.assertEqual(self.client.call("textDocument/hover")["error"]["code"], -32002)
        self.client.notify("textDocument/didOpen", textDocument={})
        self.client.initialize(self.folder)
        self.assertEqual(self.client.call("initialize")["error"]["code"], -32600)
        self.assertIsNone(self.client.call("shutdown")["result"])
        self.assertEqual(self.client.call("textDocument/hover")["error"]["code"], -32600)
        self.client.notify("exit")
        self.assertEqual(self.client.wait(), 0)

    def test_exit_without_shutdown(self):
        self.client.initialize(self.folder)
        self.client.notify("exit")
        self.assertEqual(self.client.wait(), 1)

    def test_end_of_input(self):
        self.client.initialize(self.folder)
        self.client.process.stdin.close()
        self.assertEqual(self.client.process.wait(timeout=20), 1)

    def test_what_is_no_message_is_answered_and_passed_over(self):
        def refused(octets, code):
            self.client.write(octets)
            answer = self.client.answer(None)
            self.assertEqual(answer["error"]["code"], code, (octets, answer))

        refused(b"Content-Length: 5\r\n\r\n{nope", -32700)
        refused(b"Content-Length: 4\r\n\r\n\"\xff\"\n", -32700)
        refused(b"Content-Length: -1\r\n\r\n", -32700)
        refused(b"Content-Length: 99999999999999999999999\r\n\r\n", -32700)
        refused(b"Content-Type: x\r\n\r\n", -32700)
        refused(b"no header\r\n\r\n", -32700)
        refused(b"X: " + b"x" * 5000 + b"\r\n\r\n", -32700)
        refused(b"Content-Length: 100000\r\n\r\n" + b"[" * 100_000, -32700)
        refused(b"Content-Length: 2\r\n\r\n[]", -32600)
        refused(b"Content-Length: 2\r\n\r\n{}", -32600)
        refused(b'Content-Length: 29\r\n\r\n{"id":{},"method":"shutdown"}', -32600)
        # Longer than is taken: said at once, and passed over while it comes.
        size = (64 << 20) + 1
        refused(b"Content-Length: %d\r\n\r\n" % size, -32700)
        for _ in range(64):
            self.client.write(b"x" * (1 << 20))
        self.client.write(b"x")
        self.client.initialize(self.folder)
        self.assertEqual(self.client.end(), 0)

    def test_unknown_methods_and_wrong_parameters(self):
        self.client.initialize(self.folder)
        self.assertEqual(self.client.call("workspace/nothing")["error"]["code"], -32601)
        self.assertEqual(self.client.call("$/nothing")["error"]["code"], -32601)
        self.assertEqual(self.client.call("textDocument/hover")["error"]["code"], -32602)
        position = {"line": -1, "character": 0}
        self.assertEqual(self.client.call("textDocument/hover", textDocument={"uri": "x"}, position=position)["error"]["code"],
                         -32602)
        self.client.notify("nothing")
        self.client.notify("$/cancelRequest", id=3)
        self.client.notify("textDocument/didChange", textDocument=7)
        self.client.send({"id": 99, "result": None})
        self.assertEqual(self.client.end(), 0)

    def test_text_that_was_never_saved(self):
        self.client.initialize(self.folder)
        uri = "untitled:inventory-1"
        self.client.notify("textDocument/didOpen",
                           textDocument={"uri": uri, "languageId": "yaml", "version": 1, "text": "version: 1\nsendrs: []\n"})
        self.assertIn("sendrs", self.client.published(uri, 1)[0]["message"])


if __name__ == "__main__":
    BINARY = str(Path(sys.argv.pop(1)).resolve())
    unittest.main()
