// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/wire/authority_reply.h"

#include <doctest/doctest.h>

#include <random>

#include "dns/wire/message.h"
#include "dns/zone/root_hints.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;

namespace {

Name name(std::string_view text) { return Name::parse(text).value(); }
std::string be16(std::size_t value) {
  return {static_cast<char>((value >> 8) & 0xff), static_cast<char>(value & 0xff)};
}

std::string record(std::string_view owner, unsigned type, const std::string& rdata) {
  return name(owner).wire() + be16(type) + be16(1) + std::string("\0\0\1\x2c", 4) + be16(rdata.size()) +
         rdata;
}

std::string message(unsigned flags, const std::vector<std::string>& answer,
                    const std::vector<std::string>& authority, const std::vector<std::string>& additional) {
  std::string out = be16(7) + be16(0x8000 | flags) + be16(1) + be16(answer.size()) + be16(authority.size()) +
                    be16(additional.size()) + name("a.zone.test").wire() + be16(1) + be16(1);
  for (const auto* section : {&answer, &authority, &additional}) {
    for (const auto& item : *section) out += item;
  }
  return out;
}

AuthorityReply read(const std::string& text) {
  return read_authority_reply(text, name("a.zone.test"), RrType::A);
}

const std::string address("\xc0\0\2\x01", 4);
const std::string soa =
    record("zone.test", 6, name("ns.test").wire() + name("h.test").wire() + std::string(20, '\1'));

}  // namespace

TEST_CASE("a referral: NS, glue of the names that it holds, DS") {
  const auto reply = read(message(
      0, {},
      {record("zone.test", 2, name("ns.zone.test").wire()), record("zone.test", 2, name("NS.other").wire()),
       record("zone.test", 43, std::string("\0\1\x0d\2", 4) + std::string(32, 'd'))},
      {record("ns.zone.test", 1, address), record("stranger.test", 1, address)}));
  CHECK(reply.kind == ReplyKind::referral);
  REQUIRE(reply.referral);
  CHECK(reply.referral->zone == name("zone.test"));
  CHECK(reply.referral->ns == std::vector{name("ns.other"), name("ns.zone.test")});
  CHECK(reply.referral->glue ==
        std::vector<Referral::Glue>{{name("ns.zone.test"), IpAddress::parse("192.0.2.1").value()}});
  CHECK(reply.referral->ds.size() == 1);
}

TEST_CASE("an IPv4-mapped address is no glue: nothing is ever sent there") {
  const std::string mapped = std::string(10, '\0') + "\xff\xff" + address;
  const auto reply = read(message(
      0, {}, {record("zone.test", 2, name("ns.zone.test").wire())},
      {record("ns.zone.test", 28, mapped), record("ns.zone.test", 28, "\x20\1" + std::string(14, '\1'))}));
  REQUIRE(reply.referral);
  CHECK(reply.referral->glue.size() == 1);
  CHECK_FALSE(server_address(mapped));
  CHECK(server_address(address));
}

TEST_CASE("signatures over the answer are kept, and no others; so is the size of the message") {
  const auto rrsig = [](unsigned covered) {
    return be16(covered) + std::string("\x0d\3\0\0\1\x2c\0\0\0\2\0\0\0\1\0\7", 16) +
           name("zone.test").wire() + "sig";
  };
  const auto text = message(0x400,
                            {record("a.zone.test", 1, address), record("a.zone.test", 46, rrsig(1)),
                             record("a.zone.test", 46, rrsig(28)), record("b.zone.test", 46, rrsig(1))},
                            {}, {});
  const auto reply = read(text);
  CHECK(reply.kind == ReplyKind::answer);
  CHECK(reply.rrset->rdata == std::vector{address});
  CHECK(reply.signatures == std::vector{rrsig(1)});
  CHECK(reply.size == text.size());
}

TEST_CASE("a referral stays a malformed answer for who asks a resolver") {
  const auto text = message(0, {}, {record("zone.test", 2, name("ns.zone.test").wire())}, {});
  CHECK(read_response(text, {0, name("a.zone.test"), RrType::A}).outcome == Outcome::malformed);
}

TEST_CASE("answers, aliases, denials") {
  CHECK(read(message(0x400, {record("a.zone.test", 1, address)}, {}, {})).kind == ReplyKind::answer);
  CHECK(read(message(0x400, {record("a.zone.test", 1, address)}, {}, {})).authoritative);
  const auto alias = read(message(
      0x400, {record("a.zone.test", 5, name("b.test").wire()), record("b.test", 1, address)}, {}, {}));
  CHECK(alias.kind == ReplyKind::alias);
  CHECK(alias.rrset->rdata == std::vector{name("b.test").wire()});
  CHECK(read(message(0x400, {}, {soa}, {})).kind == ReplyKind::nodata);
  CHECK(read(message(0x403, {}, {soa}, {})).kind == ReplyKind::nxdomain);
  CHECK(read(message(0x403, {}, {soa}, {})).soa->owner == name("zone.test"));
}

TEST_CASE("what failed says how, and never that there is nothing") {
  CHECK(read(message(5, {}, {}, {})).failure == Outcome::refused);
  CHECK(read(message(2, {}, {}, {})).failure == Outcome::servfail);
  CHECK(read(message(0x200, {}, {}, {})).failure == Outcome::malformed);
  for (const auto& text :
       {message(0x400, {record("other.test", 1, address)}, {}, {}),
        message(0, {}, {record("zone.test", 2, name("a").wire()), record("test", 2, name("b").wire())}, {}),
        message(0, {}, {record("zone.test", 2, "\xff")}, {}),
        message(0x400,
                {record("a.zone.test", 5, name("b").wire()), record("a.zone.test", 5, name("c").wire())}, {},
                {})}) {
    const auto reply = read(text);
    CHECK(reply.kind == ReplyKind::failed);
    CHECK(reply.failure == Outcome::malformed);
  }
}

TEST_CASE("any octets are safe") {
  const auto good = message(0, {}, {record("zone.test", 2, name("ns.zone.test").wire()), soa},
                            {record("ns.zone.test", 1, address)});
  std::mt19937 random(7);
  for (int round = 0; round < 20'000; ++round) {
    auto text = good;
    for (int i = 0; i < 3; ++i) text[12 + random() % (text.size() - 12)] = static_cast<char>(random());
    text.resize(12 + random() % (text.size() - 12));
    read(text);
  }
}

TEST_CASE("root hints") {
  const auto hints = read_root_hints(
      "; a comment\n.   3600000 IN NS A.ROOT.\n    NS b.root.\nA.ROOT. 3600000 A 192.0.2.1\na.root. AAAA "
      "2001:db8::1\nc.root. A 192.0.2.3\n");
  REQUIRE(hints);
  REQUIRE(hints->size() == 1);
  CHECK(hints->front().name == name("a.root"));
  CHECK(hints->front().addresses.size() == 2);
  CHECK(read_root_hints("").error().message == "they name no root server with an address");
  CHECK(read_root_hints(". NS a.\na. MX 10 b.\n").error().message.substr(0, 7) == "line 2:");
  CHECK_FALSE(read_root_hints(". NS a.\na. A 2001:db8::1\n"));
  CHECK_FALSE(read_root_hints("test. NS a.\na. A 192.0.2.1\n"));
}

TEST_CASE("a denial is signed where each NSEC or NSEC3 record has a signature of its own") {
  // RFC 4034 §3.1: type covered, algorithm, labels, original TTL, expiration, inception, key tag, signer,
  // signature.
  const auto rrsig = [](std::string_view owner, unsigned covered) {
    return record(owner, 46,
                  be16(covered) + std::string("\x0d\2", 2) + std::string(14, '\1') +
                      name("zone.test").wire() + std::string(64, 's'));
  };
  const auto nsec = [](std::string_view owner) {
    return record(owner, 47, name("zone.test").wire() + std::string("\0\1\x40", 3));
  };
  const auto nsec3 =
      record("0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.zone.test", 50,
             std::string("\1\0\0\0\0\x14", 6) + std::string(20, 'h') + std::string("\0\1\x40", 3));
  const auto signed_denial = [&](std::vector<std::string> authority) {
    authority.push_back(soa);
    const auto reply = read(message(3, {}, authority, {}));
    CHECK(reply.kind == ReplyKind::nxdomain);
    return reply.denial;
  };
  CHECK(signed_denial({nsec("zone.test"), rrsig("zone.test", 47)}));
  CHECK(signed_denial({nsec3, rrsig("0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.zone.test", 50)}));
  CHECK_FALSE(signed_denial({}));
  CHECK_FALSE(signed_denial({nsec("zone.test")}));
  CHECK_FALSE(signed_denial({rrsig("zone.test", 6)}));
  // The signature over the SOA record says nothing of them, nor does one over another name's record.
  CHECK_FALSE(signed_denial({nsec("zone.test"), rrsig("zone.test", 6)}));
  CHECK_FALSE(signed_denial({nsec("a.zone.test"), rrsig("zone.test", 47)}));
  CHECK_FALSE(signed_denial({nsec("zone.test"), rrsig("zone.test", 47), nsec("b.zone.test")}));
  CHECK_FALSE(signed_denial({nsec3, rrsig("0p9mhaveqvm6t7vbl5lop2u3t2rp3tom.zone.test", 47)}));
  // What cannot be read is no proof, and spoils nothing else.
  CHECK_FALSE(signed_denial({nsec("zone.test"), record("zone.test", 46, "short")}));
  CHECK_FALSE(signed_denial({record("zone.test", 47, "\xc0")}));
}
