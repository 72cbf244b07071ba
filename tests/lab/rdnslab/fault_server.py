# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Many name servers in one thread, UDP and TCP on port 53, each with a behaviour of its own (see faults.py)."""
import heapq
import itertools
import random
import selectors
import socket
import struct
import threading
import time
from collections import Counter
from dataclasses import dataclass

from .process import LabError
from .wire import BADVERS, Query, Reply

_DATAGRAM = 4096
_SO_TIMESTAMPNS = 35  # socket(7); Python has no name for it
_TIMESPEC = struct.Struct("@ll")


@dataclass(frozen=True)
class Packet:
    """What goes out: octets, after how many seconds, and over UDP perhaps from another port of the server."""
    octets: bytes
    delay: float = 0
    elsewhere: bool = False


class Exchange:
    """One question on its way to the replies: what a behaviour is given."""

    def __init__(self, query, truth, truthful, tcp, turn, seed):
        self.query, self.truth, self.reply = query, truth, truthful
        self.tcp, self.turn, self.seed = tcp, turn, seed

    def chance(self):
        """From 0 to 1; the same whenever the same question comes for the same time, in whichever order."""
        return random.Random(f"{self.seed}/{self.query.name}/{self.query.type}/{self.turn}").random()

    def send(self, reply=None, **packet):
        reply = self.reply if reply is None else reply
        return [Packet(reply if isinstance(reply, bytes) else reply.octets(), **packet)]


class NameServer:
    """One server at one address. `behaviour`, `flags` and `seed` may be changed between runs."""

    def __init__(self, address, truth, behaviour, flags, listens):
        self.address, self.truth, self.behaviour, self.flags, self.seed = address, truth, behaviour, flags, 0
        self.turns = Counter()
        self.udp = self._bound(socket.SOCK_DGRAM, 53)
        self.other = self._bound(socket.SOCK_DGRAM, 0)
        self.tcp = self._bound(socket.SOCK_STREAM, 53)
        if listens:
            self.tcp.listen(64)

    def _bound(self, kind, port):
        opened = socket.socket(socket.AF_INET, kind)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if kind == socket.SOCK_DGRAM:
            opened.setsockopt(socket.SOL_SOCKET, _SO_TIMESTAMPNS, 1)
        opened.bind((self.address, port))
        opened.setblocking(False)
        return opened

    def start_over(self, behaviour, seed):
        self.behaviour, self.seed = behaviour, seed
        self.turns.clear()

    def packets(self, message, tcp):
        """What to send back; None closes a TCP connection."""
        query = Query.read(message)
        if query is None:
            return []
        truthful = self.truth.reply(query, self.flags)
        if query.version > 0:
            truthful = Reply(query, BADVERS, self.flags)
        key = (query.name, query.type)
        self.turns[key] += 1
        exchange = Exchange(query, self.truth, truthful, tcp, self.turns[key], self.seed)
        if not self.behaviour.concerns(query):
            return exchange.send()
        return self.behaviour.act(exchange)

    def close(self):
        for opened in (self.udp, self.other, self.tcp):
            opened.close()


class FaultServers:
    """All of them. Started and stopped like one server of the lab."""

    def __init__(self):
        self.servers = {}
        self._selector = selectors.DefaultSelector()
        self._later, self._numbers = [], itertools.count()
        self._wake = socket.socketpair()
        self._connections = set()
        self._delays = []  # (when, by how many seconds) something was read or sent later than it could be
        self._died = None
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._selector.register(self._wake[0], selectors.EVENT_READ, None)

    def add(self, address, truth, behaviour, flags, listens=True):
        server = self.servers[address] = NameServer(address, truth, behaviour, flags, listens)
        self._selector.register(server.udp, selectors.EVENT_READ, (self._read_udp, server))
        if listens:
            self._selector.register(server.tcp, selectors.EVENT_READ, (self._accept, server))
        return server

    def start(self):
        self._thread.start()

    def delayed(self, since):
        """By how many seconds at most the servers were late since then (time.monotonic), as they had no processor."""
        return max((delay for when, delay in self._delays if when >= since), default=0)

    def stop(self):
        self._wake[1].send(b"x")
        if self._thread.is_alive():
            self._thread.join()
        for server in self.servers.values():
            server.close()
        for opened in [*self._connections, *self._wake]:
            opened.close()
        self._selector.close()
        if self._died:
            raise LabError("the servers stopped answering") from self._died

    def _serve(self):
        try:
            self._answer_all()
        except Exception as error:  # pylint: disable=broad-exception-caught
            self._died = error  # told by stop(): a test would only see servers that are silent

    def _answer_all(self):
        while True:
            wait = max(0, self._later[0][0] - time.monotonic()) if self._later else None
            for key, _ in self._selector.select(wait):
                if key.data is None:
                    return
                read, server = key.data
                read(server, key.fileobj)
            while self._later and self._later[0][0] <= time.monotonic():
                due, _, act = heapq.heappop(self._later)
                self._note_delay(time.monotonic() - due)
                act()

    def _note_delay(self, seconds):
        if seconds > 0.01:
            self._delays.append((time.monotonic(), seconds))

    def _after(self, delay, act):
        if delay == 0:
            act()
        else:
            heapq.heappush(self._later, (time.monotonic() + delay, next(self._numbers), act))

    def _read_udp(self, server, opened):
        while True:
            try:
                message, ancillary, _, client = opened.recvmsg(_DATAGRAM, socket.CMSG_SPACE(_TIMESPEC.size))
            except BlockingIOError:
                return
            for level, kind, data in ancillary:
                if (level, kind) == (socket.SOL_SOCKET, _SO_TIMESTAMPNS):
                    seconds, nanoseconds = _TIMESPEC.unpack(data)
                    self._note_delay(time.time() - seconds - nanoseconds / 1e9)
            for packet in server.packets(message, tcp=False):
                source = server.other if packet.elsewhere else opened
                self._after(packet.delay, lambda source=source, packet=packet, to=client: self._send(source, packet, to))

    @staticmethod
    def _send(opened, packet, client):
        try:
            opened.sendto(packet.octets, client)
        except OSError:
            pass  # the client has gone, and its port with it

    def _accept(self, server, listener):
        try:
            connection, _ = listener.accept()
        except BlockingIOError:
            return  # the client has gone
        connection.settimeout(1)  # the clients of the lab send a question in one piece
        self._connections.add(connection)
        self._selector.register(connection, selectors.EVENT_READ, (self._read_tcp, server))

    def _read_tcp(self, server, connection):
        try:
            length = connection.recv(2, socket.MSG_WAITALL)
            message = connection.recv(struct.unpack("!H", length)[0], socket.MSG_WAITALL) if len(length) == 2 else b""
        except OSError:
            message = b""
        packets = server.packets(message, tcp=True) if message else None
        if packets is None:
            self._selector.unregister(connection)
            self._connections.discard(connection)
            connection.close()
            return
        for packet in packets:
            self._after(packet.delay, lambda octets=packet.octets: self._send_tcp(connection, octets))

    @staticmethod
    def _send_tcp(connection, octets):
        try:
            connection.sendall(struct.pack("!H", len(octets)) + octets)
        except OSError:
            pass
