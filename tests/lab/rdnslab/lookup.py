# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""Asks as `dig +short` does, without starting a program: for who asks all the time, on a machine that does much else."""
import ipaddress
import os
import socket
import struct

from .wire import RD, TYPES, name_octets

_NAMES = {TYPES[word] for word in ("CNAME", "NS", "PTR")}
_ADDRESSES = {TYPES[word] for word in ("A", "AAAA")}


def _name(message, at):
    """The name there, and where it ends (RFC 1035 §4.1.4)."""
    labels, end = [], None
    while message[at]:
        if message[at] >= 0xC0:
            end = end or at + 2
            at = struct.unpack_from("!H", message, at)[0] & 0x3FFF
            continue
        labels.append(message[at + 1:at + 1 + message[at]].decode("ascii"))
        at += 1 + message[at]
    return ".".join(labels) + ".", end or at + 1


def _answers(message):
    """The data of the answer section: addresses, and names with their final dot."""
    _, _, questions, count, _, _ = struct.unpack_from("!6H", message)
    at, data = 12, []
    for _ in range(questions):
        at = _name(message, at)[1] + 4
    for _ in range(count):
        at = _name(message, at)[1]
        rrtype, _, _, length = struct.unpack_from("!HHIH", message, at)
        at += 10
        if rrtype in _NAMES:
            data.append(_name(message, at)[0])
        elif rrtype in _ADDRESSES:
            data.append(str(ipaddress.ip_address(message[at:at + length])))
        at += length
    return data


def lookup(server, name, rrtype, seconds=3):
    """What a resolver has of a name, aliases on the way included; nothing where it does not answer in time."""
    number = os.urandom(2)
    query = number + struct.pack("!5H", RD, 1, 0, 0, 0) + name_octets(name) + struct.pack("!2H", TYPES[rrtype], 1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as opened:
        opened.settimeout(seconds)
        opened.connect((server, 53))
        try:
            opened.send(query)
            while True:
                message = opened.recv(4096)
                if message[:2] == number:
                    return _answers(message)
        except OSError:
            return []
