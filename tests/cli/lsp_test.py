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

import offline
from lsp_client import Client, applied

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
        done = subprocess.run(offline.command([BINARY, "lint", "--format", "json", self.path]), cwd=self.folder,
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
        self.assertTrue(self.capabilities["documentFormattingProvider"])
        self.assertEqual(self.capabilities["codeActionProvider"]["codeActionKinds"], ["quickfix", "source.fixAll.rdnsgate"])

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
        self.assertIn("checks_forward", self.complete(GOOD.replace("contact: noc@mail.example}", "ch|}", 1)))
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


UGLY = """# Grüße 😀
version: 1
zones:
  - {name: Mail.Example., managed_by: ticket, contact: "😀@mail.example", min_ttl: 3600}
  - {name: 2.0.192.in-addr.arpa, managed_by: ticket, contact: noc@mail.example}
senders:
  - {owner: "team 😀", name: mx1, helo: MX1.mail.example., addresses: [192.0.2.10, 192.0.2.10]}
  - name: generic
    helo: host-192-0-2-11.mail.example
    addresses: [192.0.2.11]
rules:
    addr-documentation:   off
"""


class Actions(Session):
    def setUp(self):
        super().setUp()
        self.client.initialize(self.folder)
        self.version = 0

    def show(self, text):
        self.version += 1
        show = self.client.open if self.version == 1 else lambda path, text: self.client.change(path, text, self.version)
        return show(self.path, text)

    def edits(self, action):
        self.assertEqual(list(action["edit"]["changes"]), [self.path.as_uri()])
        return action["edit"]["changes"][self.path.as_uri()]

    def command(self, *arguments):
        return subprocess.run(offline.command([BINARY, *arguments, self.path]), cwd=self.folder, capture_output=True,
                              text=True, timeout=60, check=False)

    def test_all_at_once_is_what_lint_fix_writes(self):
        for text in (UGLY, UGLY.replace("\n", "\r\n")):
            self.show(text)
            [everything] = self.client.actions(self.path, 0, 0, only=["source.fixAll"])
            self.path.write_text(text, newline="")
            self.assertIn(self.command("lint", "--fix").returncode, (0, 1))
            mended = self.path.read_bytes().decode()
            self.assertNotEqual(mended, text)
            self.assertEqual(applied(text, self.edits(everything)), mended)
            self.show(mended)
            self.assertEqual(self.client.actions(self.path, 0, 99, only=["source"]), [])

    def test_one_at_a_time(self):
        text, seen = UGLY, []
        while True:
            self.show(text)
            offered = [one for one in self.client.actions(self.path, 0, 99, only=["quickfix"]) if one.get("isPreferred")]
            if not offered:
                break
            seen.append(offered[-1]["title"])
            text = applied(text, self.edits(offered[-1]))
            self.assertLess(len(seen), 20)
        self.path.write_text(UGLY)
        self.command("lint", "--fix")
        self.assertEqual(text, self.path.read_text())
        self.assertGreater(len(seen), 3)

    def test_only_what_is_on_the_lines(self):
        self.show(UGLY)
        self.assertEqual([one["kind"] for one in self.client.actions(self.path, 1, 1)], ["source.fixAll.rdnsgate"])
        self.assertEqual(self.client.actions(self.path, 1, 1, only=["quickfix"]), [])
        self.assertEqual(self.client.actions(self.path, 0, 99, only=["refactor"]), [])
        self.assertTrue(self.client.actions(self.path, 3, 3, only=["quickfix"]))

    def test_a_waiver_ends_its_finding_and_no_other(self):
        text = UGLY.replace(", 192.0.2.10]", "]")
        for _ in range(3):  # one above the other, where a line has several
            findings = self.show(text)
            waivers = [one for one in self.client.actions(self.path, 0, 99) if one["title"].startswith("Waive ")]
            self.assertEqual(len(waivers), len(findings), (waivers, findings))
            if not waivers:
                break
            self.assertIn(waivers[0]["diagnostics"][0], findings)
            text = applied(text, self.edits(waivers[0]))
            after = self.show(text)
            self.assertEqual(sorted(one["message"] for one in after),
                             sorted(one["message"] for one in findings if one != waivers[0]["diagnostics"][0]))
        self.assertIn("\n    # rdnsgate: allow ptr-generic until 20", text)

    def test_a_misspelt_key(self):
        text = GOOD.replace("    helo:", "    hello:")
        self.show(text)
        mends = [one for one in self.client.actions(self.path, 0, 99) if one.get("isPreferred")]
        self.assertEqual([applied(text, self.edits(one)) for one in mends], [GOOD])
        self.assertIn("hello", mends[0]["diagnostics"][0]["message"])

    def test_what_is_no_yaml_and_what_is_not_open(self):
        for text in ("senders: [\n", "", "\ufeff" + UGLY, "senders: *nobody\n", "a: " + "[" * 1000):
            self.show(text)
            self.assertIsInstance(self.client.actions(self.path, 0, 99), list)
            self.assertIsInstance(self.client.format(self.path), list)
        self.assertEqual(self.client.actions(self.folder / "other.yaml", 0, 1), [])
        self.assertIsNone(self.client.format(self.folder / "other.yaml"))
        for wrong in ({}, {"range": 1}, {"range": {"start": {}, "end": {}}, "context": {}}):
            answer = self.client.call("textDocument/codeAction", textDocument={"uri": self.path.as_uri()}, **wrong)
            self.assertEqual(answer["error"]["code"], -32602)

    def test_an_answer_is_about_the_text_as_it_is(self):
        self.show(GOOD)
        self.client.notify("textDocument/didChange", textDocument={"uri": self.path.as_uri(), "version": 2},
                           contentChanges=[{"text": UGLY}])
        [everything] = self.client.actions(self.path, 0, 0, only=["source.fixAll.rdnsgate"])
        self.assertIn("mx1.mail.example", applied(UGLY, self.edits(everything)))

    def test_the_layout_is_that_of_fmt(self):
        for text in (UGLY, UGLY.replace("\n", "\r\n"), UGLY.replace(": [", ":  [ ")):
            self.show(text)
            self.path.write_text(text, newline="")
            self.assertEqual(self.command("fmt").returncode, 0)
            laid_out = self.path.read_bytes().decode()
            self.assertNotEqual(laid_out, text)
            self.assertEqual(applied(text, self.client.format(self.path)), laid_out)
            self.show(laid_out)
            self.assertEqual(self.client.format(self.path), [])


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
    unittest.main(verbosity=2)
