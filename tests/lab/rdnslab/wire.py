# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""DNS messages as octets (RFC 1035 §4), as much of them as a server needs that may write wrong ones."""
import struct
from dataclasses import dataclass, field, replace
from ipaddress import ip_address

TYPES = {"A": 1, "NS": 2, "CNAME": 5, "SOA": 6, "PTR": 12, "MX": 15, "TXT": 16, "AAAA": 28, "OPT": 41, "DS": 43}
NOERROR, FORMERR, SERVFAIL, NXDOMAIN, NOTIMP, REFUSED, BADVERS = 0, 1, 2, 3, 4, 5, 16
AA, TC, RD, RA, CD = 0x0400, 0x0200, 0x0100, 0x0080, 0x0010
_QR, _EDE = 0x8000, 15


def name_octets(text):
    labels = [label.encode("ascii") for label in text.rstrip(".").split(".") if label]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def rdata_octets(rrtype, text):
    """The data of a record as a zone file has it."""
    if rrtype in ("A", "AAAA"):
        return ip_address(text).packed
    if rrtype == "SOA":
        words = text.split()
        return name_octets(words[0]) + name_octets(words[1]) + struct.pack("!5I", *map(int, words[2:]))
    return name_octets(text)


@dataclass(frozen=True)
class Record:
    """`data` in the form of a zone file, or octets."""
    owner: str
    type: str
    ttl: int
    data: object
    rrclass: int = 1

    def octets(self):
        data = self.data if isinstance(self.data, bytes) else rdata_octets(self.type, self.data)
        return name_octets(self.owner) + struct.pack("!HHIH", TYPES[self.type], self.rrclass, self.ttl,
                                                     len(data)) + data


@dataclass(frozen=True)
class Query:
    id: int
    flags: int
    name: str  # lower case, with its final dot
    type: str  # a number in text where TYPES has none
    question: bytes  # as it came
    edns: bool
    version: int = 0  # of EDNS

    @classmethod
    def read(cls, message):
        """None where it is no question that a server could answer."""
        try:
            number, flags, questions, _, _, additional = struct.unpack_from("!6H", message)
            at, labels = 12, []
            while message[at]:
                labels.append(message[at + 1:at + 1 + message[at]].decode("ascii").lower())
                at += 1 + message[at]
            rrtype = struct.unpack_from("!H", message, at + 1)[0]
        except (struct.error, IndexError, UnicodeDecodeError):
            return None
        if flags & _QR or questions != 1:
            return None
        known = {number: text for text, number in TYPES.items()}
        return cls(number, flags, ".".join(labels) + ".", known.get(rrtype, str(rrtype)), message[12:at + 5],
                   additional > 0, message[at + 11] if additional > 0 and len(message) > at + 11 else 0)


@dataclass(frozen=True)
class Reply:
    """A reply to be; `but()` makes another one that differs in a few fields."""
    query: Query
    rcode: int = NOERROR
    flags: int = RA
    answer: tuple = ()
    authority: tuple = ()
    additional: tuple = ()
    ede: tuple = None  # info code and text (RFC 8914)
    question: bytes = field(default=None)  # None: as it was asked

    def but(self, **changes):
        return replace(self, **changes)

    def octets(self):
        question = self.query.question if self.question is None else self.question
        records = [*self.answer, *self.authority, *self.additional]
        body = question + b"".join(record.octets() for record in records)
        if self.query.edns:
            body += self._opt()
        flags = _QR | self.flags | (self.query.flags & (RD | CD)) | (self.rcode & 15)
        return struct.pack("!6H", self.query.id, flags, 1 if question else 0, len(self.answer), len(self.authority),
                           len(self.additional) + self.query.edns) + body

    def _opt(self):
        option = b""
        if self.ede:
            text = self.ede[1].encode()
            option = struct.pack("!HHH", _EDE, 2 + len(text), self.ede[0]) + text
        return struct.pack("!BHHBBHH", 0, TYPES["OPT"], 1232, self.rcode >> 4, 0, 0, len(option)) + option
