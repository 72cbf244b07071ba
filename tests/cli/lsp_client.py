# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""A client of the Language Server Protocol that starts `rdnsgate lsp` and speaks to it over its standard streams."""
import json
import os
import queue
import subprocess
import threading

import offline

SECONDS = 20  # a server that takes longer hangs


def applied(text, edits):
    """The text as an editor has it after these edits: positions count UTF-16 code units, and none overlap."""
    lines = text.split("\n")
    def offset(position):
        before = sum(len(line) + 1 for line in lines[:position["line"]])
        units = lines[position["line"]].encode("utf-16-le")[:2 * position["character"]] if position["line"] < len(lines) else b""
        return min(before + len(units.decode("utf-16-le")), len(text))
    for edit in sorted(edits, key=lambda edit: offset(edit["range"]["start"]), reverse=True):
        text = text[:offset(edit["range"]["start"])] + edit["newText"] + text[offset(edit["range"]["end"]):]
    return text


class Client:
    def __init__(self, binary, folder):
        environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
        environment.update({name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS") if name in os.environ})
        self.process = subprocess.Popen(offline.command([binary, "lsp", "--stdio"]), cwd=folder, env=environment,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.received = queue.Queue()
        self.diagnostics = {}  # by URI, as published last
        self.last_id = 0
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        stream = self.process.stdout
        while line := stream.readline():
            name, _, length = line.partition(b":")
            assert name == b"Content-Length" and line.endswith(b"\r\n") and stream.readline() == b"\r\n", line
            self.received.put(json.loads(stream.read(int(length)).decode("utf-8")))
        self.received.put(None)

    def write(self, octets):
        self.process.stdin.write(octets)
        self.process.stdin.flush()

    def send(self, message):
        content = message if isinstance(message, bytes) else json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))

    def notify(self, method, **params):
        self.send({"method": method, "params": params})

    def receive(self):
        message = self.received.get(timeout=SECONDS)
        if message is not None and message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]
        return message

    def answer(self, wanted):
        """The response with this id; what is published before it is taken note of."""
        while (message := self.receive()) is not None:
            if "method" not in message and message["id"] == wanted:
                return message
        raise AssertionError("the server went away")

    def call(self, method, **params):
        self.last_id += 1
        self.send({"id": self.last_id, "method": method, "params": params})
        return self.answer(self.last_id)

    def published(self, uri, version=None):
        """The diagnostics of a document, once they are those of the version."""
        while uri not in self.diagnostics or self.diagnostics[uri].get("version") != version:
            assert self.receive() is not None, "the server went away"
        return self.diagnostics[uri]["diagnostics"]

    def initialize(self, folder):
        result = self.call("initialize", processId=None, rootUri=folder.as_uri(), capabilities={})
        self.notify("initialized")
        return result["result"]

    def open(self, path, text, version=1):
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": version, "text": text}
        self.notify("textDocument/didOpen", textDocument=document)
        return self.published(path.as_uri(), version)

    def change(self, path, text, version):
        self.notify("textDocument/didChange", textDocument={"uri": path.as_uri(), "version": version},
                    contentChanges=[{"text": text}])
        return self.published(path.as_uri(), version)

    def at(self, method, path, line, character):
        return self.call(method, textDocument={"uri": path.as_uri()},
                         position={"line": line, "character": character})["result"]

    def actions(self, path, first, last, **context):
        """What is offered for these lines."""
        lines = {"start": {"line": first, "character": 0}, "end": {"line": last, "character": 0}}
        return self.call("textDocument/codeAction", textDocument={"uri": path.as_uri()}, range=lines,
                         context={"diagnostics": [], **context})["result"]

    def format(self, path):
        return self.call("textDocument/formatting", textDocument={"uri": path.as_uri()},
                         options={"tabSize": 2, "insertSpaces": True})["result"]

    def end(self):
        """The exit code of a server that is told to stop."""
        self.call("shutdown")
        self.notify("exit")
        return self.wait()

    def wait(self):
        code = self.process.wait(timeout=SECONDS)
        self.close()
        return code

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            stream.close()
