#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""A resolver on the loopback interface that answers from a table, and `rdnsgate spf` asking it. In a network namespace of
its own: `spf_server.py RDNSGATE_BINARY < JOBS`. A job is a line of JSON: `sets`, a list of [owner, type, values], where
"TIMEOUT" stands for values; `manner`, how the resolver behaves; and `runs`, each the arguments of a run. What comes out is a
line for each job, with [exit code, standard output, standard error, seconds] for each run."""
import concurrent.futures
import ipaddress
import json
import socket
import struct
import subprocess
import sys
import threading
import time

PORT = 5300
KINDS = {"A": 1, "CNAME": 5, "PTR": 12, "MX": 15, "TXT": 16, "AAAA": 28}
NAMES = {number: name for name, number in KINDS.items()}


def wire(name):
    if name == ".":
        return b"\0"
    return b"".join(bytes([len(label)]) + label.encode("latin-1") for label in name.rstrip(".").split(".")) + b"\0"


def rdata(kind, value):
    if kind in ("A", "AAAA"):
        return ipaddress.ip_address(value).packed
    if kind == "MX":
        return struct.pack("!H", 10) + wire(value)
    if kind == "TXT":
        parts = value if isinstance(value, list) else [value]
        return b"".join(bytes([len(part)]) + part.encode("latin-1") for part in parts)
    return wire(value)


def record(owner, kind, data):
    return wire(owner) + struct.pack("!HHIH", KINDS[kind], 1, 60, len(data)) + data


class Resolver:
    def __init__(self):
        self.sets, self.manner = {}, "right"
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", PORT))
        self.tcp = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.tcp.bind(("127.0.0.1", PORT))
        self.tcp.listen(64)
        for serve in (self.serve_udp, self.serve_tcp):
            threading.Thread(target=serve, daemon=True).start()

    def use(self, job):
        self.sets = {(owner.lower(), kind): values for owner, kind, values in job["sets"]}
        self.manner = job.get("manner", "right")

    def serve_udp(self):
        while True:
            query, client = self.udp.recvfrom(65535)
            reply = self.reply(query)
            if reply is None:
                continue
            if len(reply) > 1232 or self.manner == "truncated":
                reply = reply[:2] + bytes([reply[2] | 2]) + reply[3:6] + bytes(6) + self.question_of(query)
            self.udp.sendto(reply, client)

    def serve_tcp(self):
        while True:
            connection, _ = self.tcp.accept()
            threading.Thread(target=self.serve_connection, args=(connection,), daemon=True).start()

    def serve_connection(self, connection):
        with connection:
            while True:
                head = connection.recv(2, socket.MSG_WAITALL)
                if len(head) < 2 or self.manner == "truncated":
                    return
                reply = self.reply(connection.recv(struct.unpack("!H", head)[0], socket.MSG_WAITALL))
                if reply is not None:
                    connection.sendall(struct.pack("!H", len(reply)) + reply)

    @staticmethod
    def question_of(query):
        at = 12
        while query[at]:
            at += 1 + query[at]
        return query[12:at + 5]

    def reply(self, query):
        question = self.question_of(query)
        labels, at = [], 0
        while question[at]:
            labels.append(question[at + 1:at + 1 + question[at]].decode("latin-1"))
            at += 1 + question[at]
        name, kind = ".".join(labels).lower(), NAMES.get(struct.unpack("!H", question[at + 1:at + 3])[0])
        if self.manner == "silent":
            return None
        if self.manner in ("servfail", "refused"):
            return query[:2] + b"\x81\x80"[:1] + bytes([0x80 | {"servfail": 2, "refused": 5}[self.manner]]) + struct.pack("!HHHH", 1, 0, 0, 0) + question
        if self.manner == "garbage":
            return query[:2] + b"\x81\x80" + struct.pack("!HHHH", 1, 3, 0, 0) + question + b"\xc0\x0c\x00"
        if self.manner == "other id":
            return bytes([query[0] ^ 1, query[1]]) + b"\x81\x80" + struct.pack("!HHHH", 1, 0, 0, 0) + question
        answer, code = self.answer(name, kind)
        if answer is None:
            return None
        authority = b""
        if self.manner == "other owner":
            answer = [record("elsewhere.example", "TXT", rdata("TXT", "v=spf1 +all"))]
        if self.manner == "referral":
            answer, authority = [], record("example", "CNAME", wire("ns.example")).replace(struct.pack("!HH", 5, 1), struct.pack("!HH", 2, 1), 1)
        return query[:2] + b"\x81" + bytes([0x80 | code]) + struct.pack("!HHHH", 1, len(answer), 1 if authority else 0, 0) + question + b"".join(answer) + authority

    def answer(self, name, kind):
        """The records, and the rcode; (None, None) for a question that nobody answers."""
        chain = []
        while (name, "CNAME") in self.sets and kind != "CNAME":
            if len(chain) == 8:
                return [], 2
            target = self.sets[name, "CNAME"][0]
            chain.append(record(name, "CNAME", wire(target)))
            if self.manner == "alias alone":
                return chain, 0
            name = target.lower()
        values = self.sets.get((name, kind))
        if values == "TIMEOUT":
            return None, None
        if values:
            return chain + [record(name, kind, rdata(kind, value)) for value in values], 0
        there = any(owner == name or owner.endswith("." + name) for owner, _ in self.sets)
        return chain, 0 if there else 3


def main():
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    binary, resolver = sys.argv[1], Resolver()

    def run(arguments):
        begun = time.monotonic()
        done = subprocess.run([binary, "spf", "--resolver", f"127.0.0.1@{PORT}", *arguments], capture_output=True, check=False)
        return [done.returncode, done.stdout.decode(), done.stderr.decode(), time.monotonic() - begun]

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        for line in sys.stdin:
            job = json.loads(line)
            resolver.use(job)
            print(json.dumps(list(pool.map(run, job["runs"]))), flush=True)


if __name__ == "__main__":
    main()
