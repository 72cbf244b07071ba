#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Runs Debian's nsupdate over scripts, against a server on the loopback interface that takes every update, and prints what
arrived there: `sniffer.py SCRIPT...` in a network namespace of its own. One line of JSON for each script: what nsupdate
ended with, and the messages, each a zone and its updates as [owner, type, class, TTL, rdata in hex]."""
import json
import socket
import struct
import subprocess
import sys
import threading

PORT = 5300


def name_at(message, at):
    """A name (RFC 1035 section 4.1.4) in wire form without pointers, and where it ends."""
    wire, end = b"", None
    while True:
        length = message[at]
        if length >= 0xC0:
            end = end or at + 2
            at = struct.unpack_from("!H", message, at)[0] & 0x3FFF
        elif length == 0:
            return wire + b"\0", end or at + 1
        else:
            wire += message[at:at + 1 + length].lower()
            at += 1 + length


def rdata_at(message, kind, at, length):
    """Names in it without pointers."""
    if kind in (2, 5, 12) and length:
        return name_at(message, at)[0]
    return message[at:at + length]


def updates_in(message):
    """RFC 2136 section 2: the zone, and the update section."""
    zones, required, updates = struct.unpack_from("!HHH", message, 4)
    assert zones == 1 and message[2] >> 3 & 15 == 5, "no update"
    zone, at = name_at(message, 12)
    at += 4
    found = []
    for number in range(required + updates):
        owner, at = name_at(message, at)
        kind, of_class, ttl, length = struct.unpack_from("!HHIH", message, at)
        at += 10
        if number >= required:
            found.append([owner.hex(), kind, of_class, ttl, rdata_at(message, kind, at, length).hex()])
        at += length
    return {"zone": zone.hex(), "updates": found}


class Server:
    def __init__(self):
        self.seen = []
        self.datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.datagrams.bind(("127.0.0.1", PORT))
        self.streams = socket.create_server(("127.0.0.1", PORT))
        for serve in (self.serve_datagrams, self.serve_streams):
            threading.Thread(target=serve, daemon=True).start()

    def answer(self, message):
        self.seen.append(message)
        return message[:2] + bytes([message[2] | 0x80, 0]) + message[4:6] + bytes(6) + message[12:name_at(message, 12)[1] + 4]

    def serve_datagrams(self):
        while True:
            message, peer = self.datagrams.recvfrom(65535)
            self.datagrams.sendto(self.answer(message), peer)

    def serve_streams(self):
        while True:
            stream, _ = self.streams.accept()
            with stream, stream.makefile("rb") as octets:
                while head := octets.read(2):
                    answer = self.answer(octets.read(struct.unpack("!H", head)[0]))
                    stream.sendall(struct.pack("!H", len(answer)) + answer)


def main():
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    server = Server()
    for script in sys.argv[1:]:
        server.seen.clear()
        with open(script, "rb") as file:
            done = subprocess.run(["nsupdate", "-t", "5", "-r", "0"], input=f"server 127.0.0.1 {PORT}\n".encode() + file.read(),
                                  capture_output=True, check=False, timeout=60)
        print(json.dumps({"script": script, "code": done.returncode, "said": done.stderr.decode("utf-8", "replace"),
                          "messages": [updates_in(message) for message in server.seen]}))


if __name__ == "__main__":
    main()
