# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Makes a name server on this machine look as if it were far away."""
import heapq
import select
import socket
import threading
import time


class Relay:
    """Hands datagrams to port 53 of one address on to another, and each answer back after `delay` seconds."""

    def __init__(self, address, target, delay):
        self._clients = self._socket()
        self._clients.bind((address, 53))
        self._server = self._socket()
        self._server.connect((target, 53))
        self._delay = delay
        self._asked = {}  # the id that the server sees -> who asked, with which id
        self._numbers = 0
        self._later = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    @staticmethod
    def _socket():
        made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        made.setblocking(False)
        return made

    def _run(self):
        while not self._ended.is_set():
            wait = min(0.05, max(0, self._later[0][0] - time.monotonic())) if self._later else 0.05
            for ready in select.select([self._clients, self._server], [], [], wait)[0]:
                self._ask() if ready is self._clients else self._hear()
            while self._later and self._later[0][0] <= time.monotonic():
                _, _, octets, client = heapq.heappop(self._later)
                self._clients.sendto(octets, client)

    def _ask(self):
        octets, client = self._clients.recvfrom(4096)
        self._numbers = (self._numbers + 1) & 0xFFFF
        self._asked[self._numbers] = client, octets[:2]
        self._server.send(self._numbers.to_bytes(2, "big") + octets[2:])

    def _hear(self):
        octets = self._server.recv(4096)
        number = int.from_bytes(octets[:2], "big")
        client, own = self._asked.pop(number)
        heapq.heappush(self._later, (time.monotonic() + self._delay, number, own + octets[2:], client))

    def stop(self):
        self._ended.set()
        self._thread.join()
        self._clients.close()
        self._server.close()
