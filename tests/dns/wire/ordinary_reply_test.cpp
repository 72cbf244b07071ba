// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// What the short reader reads, it reads as ldns does; what it leaves to ldns is listed here.
#include "dns/wire/ordinary_reply.h"

#include <doctest/doctest.h>

#include <array>
#include <optional>

#include "dns/facts/fact_codec.h"
#include "dns/wire/reply.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;
using namespace rdnsgate::dns::testing;

namespace {

const std::string to_zone("\xc0\x0f", 2);  // of 10.2.0.192.in-addr.arpa the name without its first label
constexpr std::string_view reverse = "10.2.0.192.in-addr.arpa";

Record opt(const std::string& options, std::uint32_t ttl = 0) {
  return {std::string(1, '\0'), 41, options, ttl, 1232};
}

/// What the short reader makes of it; nullopt where it declines. Whichever it is, ldns must not contradict.
std::optional<Fact> read(const std::string& wire, const Question& asked) {
  ResponseNotes notes, theirs;
  Fact fact;
  fact.question = asked;
  const bool is_read = read_ordinary(wire, fact, notes);
  std::string packed, by_ldns;
  pack(packed, fact);
  if (!is_read) {
    Fact untouched;
    untouched.question = asked;
    pack(by_ldns, untouched);
    REQUIRE(packed == by_ldns);
    return std::nullopt;
  }
  const auto other = read_any_response(wire, asked, theirs);
  pack(by_ldns, other);
  REQUIRE(packed == by_ldns);
  REQUIRE(notes.edns == theirs.edns);
  REQUIRE(notes.cookie == theirs.cookie);
  REQUIRE_FALSE(theirs.referral);
  REQUIRE(theirs.aliases.empty());
  return fact;
}

bool is_read(const Reply& reply, const Question& asked = question()) {
  return read(reply.wire(), asked).has_value();
}

Reply ptr_reply() {
  Reply reply;
  reply.flags = 0x8580;
  reply.answer = {{to_question, 12, name("MX1.mail.example").wire()}};
  reply.authority = {{to_zone, 2, name("ns.example").wire()}};
  reply.additional = {opt(be16(10) + be16(16) + "12345678abcdefgh"), {name("ns.example").wire(), 1, "\1\2\3\4"}};
  return reply;
}

Reply denial(unsigned flags) {
  Reply reply;
  reply.flags = flags;
  reply.authority = {{to_zone, 6, soa(".").rdata, 900}, {to_zone, 47, "anything"}, {to_zone, 46, "signed"}};
  reply.additional = {opt("")};
  return reply;
}

Reply address_reply(unsigned type, const std::vector<std::string>& addresses) {
  Reply reply;
  reply.qname = name("mx1.Mail.example").wire();
  reply.qtype = type;
  for (const auto& rdata : addresses) reply.answer.push_back({to_question, type, rdata});
  return reply;
}

}  // namespace

TEST_CASE("a PTR record, an address set and both denials are read") {
  const auto ptr = read(ptr_reply().wire(), question());
  REQUIRE(ptr.has_value());
  CHECK(ptr->outcome == Outcome::answer);
  CHECK(ptr->authoritative);
  CHECK(ptr->targets() == std::vector{name("mx1.mail.example")});

  const Question mx1{0, name("mx1.mail.example"), RrType::A};
  auto set = read(address_reply(1, {"\x0a\1\1\2", "\x0a\1\1\1", "\x0a\1\1\2"}).wire(), mx1);
  REQUIRE(set.has_value());
  CHECK(set->rrset()->rdata == std::vector<std::string>{"\x0a\1\1\1", "\x0a\1\1\2"});
  const std::string long_address("\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1", 16);
  CHECK(is_read(address_reply(28, {long_address}), {0, mx1.name, RrType::AAAA}));

  const auto nxdomain = read(denial(0x8183).wire(), question());
  REQUIRE(nxdomain.has_value());
  CHECK(nxdomain->outcome == Outcome::nxdomain);
  CHECK(nxdomain->soa->owner == name("2.0.192.in-addr.arpa"));
  const auto nodata = read(denial(0x81a0).wire(), question());
  REQUIRE(nodata.has_value());
  CHECK(nodata->outcome == Outcome::nodata);
  CHECK(nodata->authenticated);
  CHECK(nodata->negative_ttl() == 60u);
}

TEST_CASE("a denial of any type is read, and an answer of the three alone") {
  for (const auto type : {RrType::MX, RrType::TXT, RrType::CNAME, RrType::SOA, RrType::DS}) {
    auto reply = denial(0x8180);
    reply.qtype = static_cast<unsigned>(type);
    CHECK(is_read(reply, question(reverse, type)));
    reply.answer = {{to_question, reply.qtype, name("a.example").wire()}};
    CHECK_FALSE(is_read(reply, question(reverse, type)));
  }
}

TEST_CASE("names are read through pointers that lead back") {
  auto reply = ptr_reply();
  reply.authority.clear();
  // The data begins behind header, question, owner and fields: at 12 + 29 + 12.
  const std::string to_itself("\3mx1\xc0\x35", 6);
  const auto target = [&](const std::string& rdata) {
    reply.answer.front().rdata = rdata;
    return read(reply.wire(), question());
  };
  REQUIRE(target(std::string("\3mx1\xc0\x0f", 6)).has_value());
  CHECK(target(std::string("\3mx1\xc0\x0f", 6))->targets() == std::vector{name("mx1.2.0.192.in-addr.arpa")});
  REQUIRE(target(to_question).has_value());
  CHECK(target(std::string("\xc0\x29", 2)).has_value());  // to the owner, which is a pointer itself
  CHECK_FALSE(target(to_itself).has_value());
  CHECK_FALSE(target(std::string("\xc0\x35", 2)).has_value());      // to the pointer itself
  CHECK_FALSE(target(std::string("\xc0\x02", 2)).has_value());      // into the header
  CHECK_FALSE(target(std::string("\xff\xff", 2)).has_value());      // behind the end
  CHECK_FALSE(target(std::string("\3mx", 3)).has_value());          // ends in a label
  CHECK_FALSE(target(std::string("\3mx1", 4)).has_value());         // has no end
  CHECK_FALSE(target(std::string("\x43mx1\0", 5)).has_value());     // a reserved label type
  CHECK_FALSE(target("").has_value());
  CHECK_FALSE(target(name("a.example").wire() + "x").has_value());  // octets behind it
}

TEST_CASE("a name of 255 octets is read, and one more is left to ldns") {
  auto reply = ptr_reply();
  std::string longest;
  for (int i = 0; i < 4; ++i) longest += static_cast<char>(i < 3 ? 63 : 61) + std::string(i < 3 ? 63 : 61, 'a');
  reply.answer.front().rdata = longest + '\0';
  REQUIRE(reply.answer.front().rdata.size() == 255);
  CHECK(is_read(reply));
  longest[3 * 64] = 62;
  reply.answer.front().rdata = longest + 'a' + '\0';
  CHECK_FALSE(is_read(reply));
}

TEST_CASE("whatever is not ordinary is left to ldns") {
  auto reply = ptr_reply();
  const auto declined = [&] { return !is_read(reply); };
  const std::string mx1 = name("mx1.mail.example").wire();
  SUBCASE("truncated") { reply.flags |= 0x0200; }
  SUBCASE("failed") { reply.flags |= 2; }
  SUBCASE("refused") { reply.flags |= 5; }
  SUBCASE("NXDOMAIN beside a record") { reply.flags |= 3; }
  SUBCASE("another question") { reply.qname = name("11.2.0.192.in-addr.arpa").wire(); }
  SUBCASE("another type in the question") { reply.qtype = 1; }
  SUBCASE("an alias") { reply.answer = {{to_question, 5, name("a.example").wire()}, {name("a.example").wire(), 12, mx1}}; }
  SUBCASE("an alias beside the record") { reply.answer.push_back({to_question, 5, mx1}); }
  SUBCASE("another owner") { reply.answer.push_back({to_zone, 12, mx1}); }
  SUBCASE("the owner written out") { reply.answer.front().owner = reply.qname; }
  SUBCASE("another type") { reply.answer.push_back({to_question, 16, std::string("\1a")}); }
  SUBCASE("another class") { reply.answer.front().rr_class = 3; }
  SUBCASE("different TTLs") { reply.answer.push_back({to_question, 12, name("b.example").wire(), 299}); }
  SUBCASE("a TTL above 2^31-1") { reply.answer.front().ttl = 0x80000000; }
  SUBCASE("signatures alone") { reply.answer.front().type = 46; }
  SUBCASE("an SOA record beside an answer") { reply.authority.push_back(soa("2.0.192.in-addr.arpa")); }
  SUBCASE("an extended error") { reply.additional.front().rdata = be16(15) + be16(2) + be16(22); }
  SUBCASE("an extended rcode") { reply.additional.front().ttl = 0x01000000; }
  SUBCASE("an option that is cut off") { reply.additional.front().rdata = be16(10) + be16(9) + "short"; }
  SUBCASE("octets behind the options") { reply.additional.front().rdata += "x"; }
  SUBCASE("two OPT records") { reply.additional.push_back(opt("")); }
  CHECK(declined());
}

TEST_CASE("a denial that is not ordinary is left to ldns") {
  auto reply = denial(0x8183);
  REQUIRE(is_read(reply));
  SUBCASE("without an SOA record") { reply.authority.erase(reply.authority.begin()); }
  SUBCASE("a referral") {
    reply.flags = 0x8180;
    reply.authority = {{to_zone, 2, name("ns.example").wire()}};
  }
  SUBCASE("with two") { reply.authority.push_back(soa("192.in-addr.arpa")); }
  SUBCASE("of another zone") { reply.authority.front() = soa("example"); }
  SUBCASE("of another class") { reply.authority.front().rr_class = 4; }
  SUBCASE("with a TTL above 2^31-1") { reply.authority.front().ttl = 0xffffffff; }
  SUBCASE("with data that is cut off") { reply.authority.front().rdata.pop_back(); }
  SUBCASE("with data that goes on") { reply.authority.front().rdata += "x"; }
  SUBCASE("with a name that leads forward") { reply.authority.front().rdata.replace(0, 4, "\xc0\x60", 2); }
  SUBCASE("behind an alias") { reply.answer = {{to_question, 5, name("gone.example").wire()}}; }
  CHECK_FALSE(is_read(reply));
}

TEST_CASE("signatures beside the records are stepped over") {
  auto reply = ptr_reply();
  reply.answer.push_back({to_question, 46, "whatever it is", 5, 9});
  CHECK(is_read(reply));
}

TEST_CASE("cut off or changed anywhere, a reply is read as ldns reads it, or not at all") {
  const Question mx1{0, name("mx1.mail.example"), RrType::A};
  const std::string v6("\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1", 16);
  struct Sample {
    Reply reply;
    Question asked;
  };
  auto compressed = ptr_reply();
  compressed.answer.front().rdata = std::string("\3mx1\xc0\x0f", 6);
  compressed.answer.push_back({to_question, 12, std::string("\3mx2\xc0\x14", 6)});
  const std::array samples{Sample{ptr_reply(), question()}, Sample{compressed, question()},
                           Sample{denial(0x8183), question()}, Sample{denial(0x8180), question()},
                           Sample{address_reply(1, {"\x0a\1\1\2", "\x0a\1\1\1"}), mx1},
                           Sample{address_reply(28, {v6}), {0, mx1.name, RrType::AAAA}}};
  std::size_t both = 0;
  for (const auto& [reply, asked] : samples) {
    const auto whole = reply.wire();
    for (std::size_t cut = 0; cut < whole.size(); ++cut) CHECK_FALSE(read(whole.substr(0, cut), asked).has_value());
    for (std::size_t at = 0; at < whole.size(); ++at) {
      for (const unsigned octet : {0u, 1u, 2u, 3u, 4u, 5u, 6u, 11u, 12u, 15u, 16u, 28u, 39u, 41u, 46u, 63u, 64u, 65u, 90u, 91u,
                                   127u, 128u, 191u, 192u, 193u, 255u}) {
        auto changed = whole;
        changed[at] = static_cast<char>(octet);
        both += read(changed, asked).has_value();
      }
    }
  }
  CHECK(both > 2000);  // it is not that nearly all were declined
}
