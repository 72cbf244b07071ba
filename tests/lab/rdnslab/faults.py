# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
"""The ways in which the lab's name servers misbehave, as data: a name, what a server does, for which questions."""
import itertools
import struct
import time
from dataclasses import dataclass
from typing import Callable, Optional

from .wire import (BADVERS, CD, FORMERR, NOERROR, NOTIMP, NXDOMAIN, REFUSED, SERVFAIL, TC, Record, Reply, name_octets)

# The question that goes wrong where a behaviour concerns one only. The rest of the estate stays as it is.
VICTIM = "192.0.2.10"
OWNER = "10.2.0.192.in-addr.arpa."
ZONE_SOA = Record("2.0.192.in-addr.arpa.", "SOA", 3600, "primary.nic. hostmaster.primary.nic. 1 14400 3600 604800 3600")


@dataclass(frozen=True)
class Behaviour:
    """`act` is given an exchange (see fault_server.py) and returns the packets to send; None closes TCP."""
    name: str
    act: Callable
    owners: Optional[tuple] = None  # of the questions that it concerns; None: of any owner
    types: Optional[tuple] = None

    def concerns(self, query):
        return (self.owners is None or query.name in self.owners) and (self.types is None or query.type in self.types)


def everywhere(name, act, types=None):
    return Behaviour(name, act, types=types)


def at_victim(name, act):
    return Behaviour(name, act, (OWNER,), ("PTR",))


def flooding(count):
    """So many names in one answer, as many as a message over TCP holds: each is a question to somebody."""
    names = tuple(Record(OWNER, "PTR", 60, f"n{number}.flood.example.") for number in range(count))
    return truncating(lambda exchange: exchange.send(exchange.reply.but(answer=names)))


# What servers do.

def truthful(exchange):
    return exchange.send()


def silent(exchange):
    return []


def slow(seconds):
    return lambda exchange: exchange.send(delay=seconds)


def lossy(share):
    """Loses datagrams only: TCP sends again what was lost."""
    return lambda exchange: [] if not exchange.tcp and exchange.chance() < share else exchange.send()


def line_that_loses(share):
    """A line that loses so many packets on each way. TCP sends again what was lost, and takes longer."""
    def act(exchange):
        if exchange.chance() >= 1 - (1 - share) ** 2:
            return exchange.send()
        return exchange.send(delay=0.3) if exchange.tcp else []
    return act


def lossy_at_first(exchange):
    return [] if exchange.turn == 1 else exchange.send()


def behind(seconds):
    """Gives the version before for so long after it was first asked, as a secondary does that has yet to transfer it."""
    first = []

    def act(exchange):
        if not first:
            first.append(time.monotonic())
        if exchange.query.type != "SOA" or not exchange.reply.answer or time.monotonic() - first[0] > seconds:
            return exchange.send()
        record = exchange.reply.answer[0]
        words = record.data.split()
        words[2] = str(int(words[2]) - 1)
        old = Record(record.owner, record.type, record.ttl, " ".join(words))
        return exchange.send(exchange.reply.but(answer=(old,)))
    return act


def failing(rcode, ede=None):
    """Says that it cannot, and nothing about the name."""
    return lambda exchange: exchange.send(Reply(exchange.query, rcode, ede=ede))


def failing_at_first(exchange):
    return exchange.send(Reply(exchange.query, SERVFAIL) if exchange.turn == 1 else exchange.reply)


def bad_version(exchange):
    return exchange.send(Reply(exchange.query, BADVERS if exchange.query.edns else NOERROR))


def dropping_versions(exchange):
    return [] if exchange.query.version else exchange.send()


def ignoring_versions(exchange):
    query = exchange.query
    rcode, answer, authority = exchange.truth.answer(query.name, query.type)
    return exchange.send(Reply(query, rcode, exchange.reply.flags, answer, authority))


def formerr_to_versions(exchange):
    return formerr_to_edns(exchange) if exchange.query.version else exchange.send()


def formerr_to_edns(exchange):
    if not exchange.query.edns:
        return exchange.send()
    return exchange.send(Reply(exchange.query, FORMERR).octets()[:12 + len(exchange.query.question)])


def judging(ede):
    """A validating resolver: keeps back what it found bogus, unless it is told not to check."""
    def act(exchange):
        checks = not exchange.query.flags & CD
        return exchange.send(Reply(exchange.query, SERVFAIL, ede=ede) if checks else exchange.reply)
    return act


def saying(rcode=NOERROR, answer=(), authority=(), ede=None):
    return lambda exchange: exchange.send(exchange.reply.but(rcode=rcode, answer=tuple(answer), authority=tuple(authority),
                                                             ede=ede))


def beside_the_truth(rcode=NOERROR, answer=(), authority=()):
    """The right answer with more around it."""
    return lambda exchange: exchange.send(exchange.reply.but(
        rcode=rcode, answer=(*exchange.reply.answer, *answer), authority=(*exchange.reply.authority, *authority)))


def truncating(over_tcp):
    """Over UDP only the header; over TCP what `over_tcp` does."""
    def act(exchange):
        if exchange.tcp:
            return over_tcp(exchange)
        return exchange.send(exchange.reply.but(flags=exchange.reply.flags | TC, answer=(), authority=()))
    return act


def closed(exchange):
    return None


def truncated(exchange):
    return exchange.send(exchange.reply.but(flags=exchange.reply.flags | TC, answer=(), authority=()))


def wrong_id(exchange):
    octets = exchange.reply.octets()
    return exchange.send(bytes([octets[0] ^ 1]) + octets[1:])


def wrong_source(exchange):
    return exchange.send(elsewhere=True)


def wrong_question(exchange):
    return exchange.send(exchange.reply.but(rcode=NXDOMAIN, answer=(), authority=(ZONE_SOA,),
                                            question=name_octets("x" + OWNER) + exchange.query.question[-4:]))


def without_question(exchange):
    return exchange.send(exchange.reply.but(rcode=NXDOMAIN, answer=(), authority=(ZONE_SOA,), question=b""))


def forged_first(exchange):
    """Two forgeries, then the truth: what an attacker who guesses would send (RFC 5452)."""
    return wrong_id(exchange) + wrong_question(exchange) + exchange.send()


def twice(exchange):
    return exchange.send() + exchange.send()


def in_capitals(exchange):
    return exchange.send(exchange.reply.but(question=exchange.query.question[:-4].upper() + exchange.query.question[-4:]))


def cut_off(exchange):
    return exchange.send(exchange.reply.octets()[:len(exchange.query.question) + 20])


def garbage(exchange):
    return exchange.send(b"\xa5" * 100)


def garbage_behind_the_header(exchange):
    header = exchange.reply.octets()[:4] + struct.pack("!4H", 1, 7, 9, 3)
    return exchange.send(header + exchange.query.question + b"\xc0" * 60)


def pointing_at_itself(exchange):
    """A compressed name (RFC 1035 §4.1.4) that leads back to its own place."""
    place = 12 + len(exchange.query.question)
    header = exchange.reply.octets()[:4] + struct.pack("!4H", 1, 1, 0, 0)
    pointer = struct.pack("!H", 0xc000 | place)
    return exchange.send(header + exchange.query.question + pointer + struct.pack("!HHIH", 12, 1, 60, 2) + pointer)


def chain(names, end=()):
    """Aliases from name to name; asked for CNAME, only the one at the name (RFC 1034 §3.6.2)."""
    links = [Record(owner, "CNAME", 300, target) for owner, target in itertools.pairwise(names)]

    def act(exchange):
        if exchange.query.type == "CNAME":
            return exchange.send(exchange.reply.but(rcode=NOERROR, answer=tuple(
                link for link in links if link.owner == exchange.query.name), authority=()))
        return exchange.send(exchange.reply.but(rcode=NOERROR, answer=(*links, *end), authority=()))
    return act


def rotating(exchange):
    """Each time another order, as round-robin servers do."""
    answer = exchange.reply.answer
    turn = exchange.turn % len(answer) if answer else 0
    return exchange.send(exchange.reply.but(answer=answer[turn:] + answer[:turn]))


def ptr(*targets, ttl=86400):
    return tuple(Record(OWNER, "PTR", ttl, target) for target in targets)


_CHAIN = [OWNER] + [f"hop-{n}.mail.example." for n in range(1, 21)]
_LOOP = [OWNER, "hop.mail.example.", OWNER]
_ROOT_NS = Record(".", "NS", 3600, "root.nic.")

RESOLVERS = (
    everywhere("truthful", truthful),
    # Nothing comes back, or late.
    everywhere("silent", silent),
    at_victim("silent-at-one-name", silent),
    everywhere("delay-under-the-limit", slow(0.15)),
    at_victim("delay-over-the-limit", slow(3)),
    everywhere("loss-of-1-percent", lossy(0.01)),
    everywhere("loss-of-10-percent", lossy(0.1)),
    everywhere("loss-of-50-percent", lossy(0.5)),
    everywhere("loss-of-each-first-packet", lossy_at_first),
    # It says that it cannot.
    everywhere("servfail", failing(SERVFAIL)),
    at_victim("servfail-at-one-name", failing(SERVFAIL)),
    at_victim("servfail-once", failing_at_first),
    at_victim("servfail-no-reachable-authority", failing(SERVFAIL, (22, "nobody there"))),
    everywhere("servfail-for-addresses", failing(SERVFAIL), ("A", "AAAA")),
    everywhere("refused", failing(REFUSED)),
    at_victim("refused-at-one-name", failing(REFUSED)),
    at_victim("formerr", failing(FORMERR)),
    everywhere("formerr-to-edns", formerr_to_edns),
    at_victim("notimp", failing(NOTIMP)),
    at_victim("bad-edns-version", bad_version),
    # It denies, and nobody vouches for it (RFC 2308 §3).
    at_victim("lame-nodata-without-soa", saying()),
    at_victim("nxdomain-without-soa", saying(NXDOMAIN)),
    at_victim("nxdomain-with-soa-of-another-zone", saying(NXDOMAIN, (), (
        Record("mail.example.", "SOA", 3600, ZONE_SOA.data),))),
    at_victim("upward-referral", saying(NOERROR, (), (_ROOT_NS,))),
    at_victim("answer-of-another-type", saying(NOERROR, (Record(OWNER, "A", 300, "192.0.2.10"),))),
    # What comes is not what was asked for.
    at_victim("answer-of-another-owner", saying(NOERROR, (Record("someone.mail.example.", "PTR", 300, "evil.example."),))),
    at_victim("answer-of-another-class", saying(NOERROR, (Record(OWNER, "PTR", 300, "mx1.mail.example.", 3),))),
    at_victim("wrong-id", wrong_id),
    at_victim("wrong-source", wrong_source),
    at_victim("wrong-question", wrong_question),
    at_victim("no-question", without_question),
    at_victim("nxdomain-beside-the-records", beside_the_truth(NXDOMAIN, (), (ZONE_SOA,))),
    at_victim("forged-first", forged_first),
    at_victim("twice", twice),
    everywhere("question-in-capitals", in_capitals),
    everywhere("rotating", rotating),
    # Octets.
    at_victim("cut-off", cut_off),
    at_victim("garbage", garbage),
    at_victim("garbage-behind-the-header", garbage_behind_the_header),
    at_victim("name-that-points-at-itself", pointing_at_itself),
    # Truncation.
    everywhere("truncated-then-tcp", truncating(truthful)),
    at_victim("truncated-tcp-closed", truncating(closed)),
    at_victim("truncated-tcp-silent", truncating(silent)),
    at_victim("truncated-over-tcp-too", truncating(truncated)),
    # Aliases and sets.
    Behaviour("cname-loop", chain(_LOOP), tuple(_LOOP), ("PTR", "CNAME")),
    at_victim("cname-chain-of-twenty", chain(_CHAIN, (Record(_CHAIN[-1], "PTR", 300, "mx1.mail.example."),))),
    at_victim("cname-to-nowhere", saying(NXDOMAIN, (Record(OWNER, "CNAME", 300, "gone.mail.example."),), (
        Record("mail.example.", "SOA", 3600, ZONE_SOA.data),))),
    at_victim("twenty-ptrs", beside_the_truth(NOERROR, ptr(*(f"mx{n}.mail.example." for n in range(20, 39))))),
    at_victim("ttl-with-the-top-bit", saying(NOERROR, ptr("mx1.mail.example.", ttl=0xffffffff))),
    # DNSSEC, as a validating resolver tells it (RFC 8914).
    at_victim("bogus", judging((6, "signature crypto failed"))),
    at_victim("bogus-without-a-reason", judging(None)),
    at_victim("signature-expired", judging((7, ""))),
    at_victim("signature-not-yet-valid", judging((8, ""))),
    at_victim("dnskey-missing", judging((9, ""))),
    # One resolver that is behind, lies or filters.
    at_victim("stale-answer", saying(NOERROR, ptr("mx-before.mail.example.", ttl=30), ede=(3, ""))),
    at_victim("stale-nxdomain", saying(NXDOMAIN, (), (ZONE_SOA,), ede=(19, ""))),
    at_victim("lying-nxdomain", saying(NXDOMAIN, (), (ZONE_SOA,))),
    at_victim("lying-nodata", saying(NOERROR, (), (ZONE_SOA,))),
    at_victim("another-name", saying(NOERROR, ptr("ads.isp.example."))),
    at_victim("censored", saying(NXDOMAIN, (), (ZONE_SOA,), ede=(16, "by order"))),
    everywhere("no-ipv6", saying(NOERROR, (), (Record("mail.example.", "SOA", 3600, ZONE_SOA.data),)), ("AAAA",)),
)
