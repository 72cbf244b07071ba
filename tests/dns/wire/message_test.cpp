// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/wire/message.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "dns/wire/reply.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;
using namespace rdnsgate::dns::testing;

TEST_CASE("a query on the wire") {
  std::string out = "old";
  write_query(out, 0x1234, name("a.example"), RrType::A, {});
  CHECK(out == std::string("\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x01", 12) +
                   name("a.example").wire() + be16(1) + be16(1) + std::string("\0", 1) + be16(41) +
                   be16(1232) + be32(0x8000) + be16(0));
  write_query(out, 1, name("."), RrType::NS,
              {.recursion_desired = false, .dnssec_ok = false, .checking_disabled = true, .udp_size = 0});
  CHECK(out == std::string("\0\1\0\x10\0\1\0\0\0\0\0\0", 12) + std::string("\0", 1) + be16(2) + be16(1));
}

TEST_CASE("a query with EDNS options and mixed letters") {
  std::string out;
  const std::string option("\0\x0a\0\x02xy", 6);
  write_query(out, 1, name("1ab.c-d"), RrType::A, {.edns_options = option, .letter_case = 0b1010});
  CHECK(out.substr(12, 9) == std::string("\3"
                                         "1aB\3c-D\0",
                                         9));
  CHECK(out.substr(out.size() - 8) == be16(6) + option);
  Reply reply;
  reply.qname = out.substr(12, 9);
  reply.qtype = 1;
  CHECK(answers(reply.wire(), 7, name("1ab.c-d"), RrType::A));
  CHECK(keeps_letter_case(reply.wire(), name("1ab.c-d"), 0b1010));
  for (const std::uint64_t other : {0b0000u, 0b1011u, 0b0010u, 0b1110u})
    CHECK_FALSE(keeps_letter_case(reply.wire(), name("1ab.c-d"), other));
  CHECK_FALSE(keeps_letter_case(be16(7) + be16(0x8181) + std::string(8, '\0'), name("1ab.c-d"), 0b1010));
}

TEST_CASE("what the OPT record says between client and server") {
  Reply reply;
  ResponseNotes notes;
  read_response(reply.wire(), question(), &notes);
  CHECK_FALSE(notes.edns);
  CHECK_FALSE(notes.cookie.has_value());
  reply.additional = {
      {std::string(1, '\0'), 41,
       be16(15) + be16(2) + be16(22) + be16(10) + be16(3) + "one" + be16(10) + be16(3) + "two"}};
  const auto wire = reply.wire();
  read_response(wire, question(), &notes);
  CHECK(notes.edns);
  CHECK(notes.cookie == "one");
  reply.additional.front().rdata = be16(10) + be16(0);
  const auto empty = reply.wire();
  read_response(empty, question(), &notes);
  CHECK(notes.cookie == "");
  reply.additional.front().rdata = be16(10) + be16(9) + "cut";
  const auto cut = reply.wire();
  read_response(cut, question(), &notes);
  CHECK_FALSE(notes.cookie.has_value());
}

TEST_CASE("only a response to this very question counts") {
  Reply reply;
  const auto asked = question();
  const auto matches = [&](const std::string& wire) { return answers(wire, 7, asked.name, asked.type); };
  CHECK(matches(reply.wire()));
  SUBCASE("the case of the name does not matter") {
    std::transform(reply.qname.begin(), reply.qname.end(), reply.qname.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    CHECK(matches(reply.wire()));
  }
  SUBCASE("wrong id") {
    reply.id = 8;
    CHECK_FALSE(matches(reply.wire()));
  }
  SUBCASE("wrong type") {
    reply.qtype = 1;
    CHECK_FALSE(matches(reply.wire()));
  }
  SUBCASE("wrong name") {
    reply.qname = name("11.2.0.192.in-addr.arpa").wire();
    CHECK_FALSE(matches(reply.wire()));
  }
  SUBCASE("a query, not a response") {
    reply.flags = 0x0100;
    CHECK_FALSE(matches(reply.wire()));
  }
  SUBCASE("a failure may come without the question, an answer may not") {
    CHECK(matches(be16(7) + be16(0x8181) + std::string(8, '\0')));
    CHECK_FALSE(matches(be16(7) + be16(0x8180) + std::string(8, '\0')));
    CHECK_FALSE(matches(be16(7) + be16(0x8183) + std::string(8, '\0')));
    const std::string opt = std::string(1, '\0') + be16(41) + be16(1232) + be32(0) + be16(0);
    CHECK(matches(be16(7) + be16(0x8181) + std::string(6, '\0') + be16(1) + opt));
    CHECK_FALSE(matches(be16(7) + be16(0x8181) + be16(0) + be16(1) + be32(0)));
  }
  const auto whole = reply.wire();
  for (std::size_t cut = 0; cut < whole.size(); ++cut) CHECK_FALSE(matches(whole.substr(0, cut)));
}

TEST_CASE("an answer: uncompressed, lower case, sorted, each once") {
  Reply reply;
  reply.flags = 0x8580 | 0x20;
  const std::string pointer_name =
      std::string("\3MX1") + std::string("\xc0\x17", 2);  // in-addr.arpa of the question
  reply.answer = {{to_question, 12, name("z.example").wire(), 600},
                  {to_question, 12, pointer_name, 300},
                  {to_question, 12, name("z.example").wire(), 600},
                  {to_question, 46, std::string(30, '\0')}};
  const auto fact = read_response(reply.wire(), question());
  REQUIRE(fact.outcome == Outcome::answer);
  CHECK(fact.question == question());
  CHECK(fact.authoritative);
  CHECK(fact.authenticated);
  CHECK(fact.security == Security::unknown);
  REQUIRE(fact.answer.size() == 1);
  CHECK(fact.rrset()->ttl == 300);
  CHECK(fact.rrset()->rdata ==
        std::vector<std::string>{name("z.example").wire(), name("mx1.in-addr.arpa").wire()});
}

TEST_CASE("aliases come in the order of the chain, whatever the order on the wire") {
  Reply reply;
  const auto a = name("10.0-25.2.0.192.in-addr.arpa"), b = name("b.example");
  reply.answer = {
      {b.wire(), 12, name("mx1.example").wire()}, {a.wire(), 5, b.wire()}, {to_question, 5, a.wire()}};
  const auto fact = read_response(reply.wire(), question());
  REQUIRE(fact.outcome == Outcome::answer);
  REQUIRE(fact.answer.size() == 3);
  const auto aliases = fact.aliases();
  REQUIRE(aliases.size() == 2);
  CHECK(aliases[0].owner == question().name);
  CHECK(aliases[0].target == a);
  CHECK(aliases[1].target == b);
  CHECK(fact.targets() == std::vector<Name>{name("mx1.example")});
}

TEST_CASE("a DNAME stands before the alias that it makes") {
  Reply reply;
  const auto target = name("10.new.example");
  reply.answer = {{to_question, 5, target.wire()},
                  {name("2.0.192.in-addr.arpa").wire(), 39, name("new.example").wire()},
                  {target.wire(), 12, name("mx.example").wire()}};
  const auto fact = read_response(reply.wire(), question());
  REQUIRE(fact.outcome == Outcome::answer);
  CHECK(fact.answer[0].type == RrType::DNAME);
  CHECK(fact.answer[1].type == RrType::CNAME);
  reply.answer.erase(reply.answer.begin());
  CHECK(read_response(reply.wire(), question()).outcome == Outcome::malformed);
  // Whoever asks for the alias itself gets both too.
  auto alias = question();
  alias.type = RrType::CNAME;
  reply.answer = {{to_question, 5, target.wire()},
                  {name("2.0.192.in-addr.arpa").wire(), 39, name("new.example").wire()}};
  CHECK(read_response(reply.wire(), alias).outcome == Outcome::answer);
}

TEST_CASE("negative answers carry the SOA") {
  Reply reply;
  reply.authority = {soa("2.0.192.IN-addr.arpa")};
  auto fact = read_response(reply.wire(), question());
  CHECK(fact.outcome == Outcome::nodata);
  REQUIRE(fact.soa.has_value());
  CHECK(fact.negative_ttl() == 60u);
  CHECK(soa_in(fact.soa->rdata.front())->mname == name("ns.example"));
  reply.flags = 0x8183;
  fact = read_response(reply.wire(), question());
  CHECK(fact.outcome == Outcome::nxdomain);
  CHECK(fact.soa.has_value());
  SUBCASE("an alias that leads to nothing") {
    reply.answer = {{to_question, 5, name("gone.example").wire()}};
    reply.authority = {soa("example")};
    fact = read_response(reply.wire(), question());
    CHECK(fact.outcome == Outcome::nxdomain);
    CHECK(fact.aliases().size() == 1);
    CHECK(fact.soa.has_value());
    reply.flags = 0x8180;
    CHECK(read_response(reply.wire(), question()).outcome == Outcome::nodata);
  }
  SUBCASE("an SOA from elsewhere proves nothing") {
    reply.authority = {soa("example")};
    CHECK_FALSE(read_response(reply.wire(), question()).soa.has_value());
  }
}

TEST_CASE("failures are never negative answers") {
  Reply reply;
  const auto outcome = [&] { return read_response(reply.wire(), question()).outcome; };
  for (unsigned rcode = 0; rcode < 16; ++rcode) {
    reply.flags = 0x8180 | rcode;
    CAPTURE(rcode);
    CHECK(is_negative(outcome()) == (rcode == 0 || rcode == 3));
  }
  reply.flags = 0x8185;
  CHECK(outcome() == Outcome::refused);
  reply.flags = 0x8182;
  CHECK(outcome() == Outcome::servfail);
  reply.flags = 0x8181;
  CHECK(read_response(reply.wire(), question()).reason == "FORMERR");
  reply.flags = 0x8380;
  CHECK(outcome() == Outcome::malformed);
  CHECK(read_response(reply.wire(), question()).truncated);
  reply.flags = 0x8180;
  reply.authority = {{name("2.0.192.in-addr.arpa").wire(), 2, name("ns.example").wire()}};
  CHECK(outcome() == Outcome::malformed);
  CHECK(read_response(reply.wire(), question()).reason == "a referral instead of an answer");
}

TEST_CASE("an alias beside the records that were asked for is noted, wherever it leads") {
  Reply reply;
  reply.answer = {{to_question, 12, name("a.example").wire()}};
  CHECK_FALSE(read_response(reply.wire(), question()).alias_beside);
  reply.answer.push_back({to_question, 5, name("b.example").wire()});
  CHECK(read_response(reply.wire(), question()).alias_beside);
  reply.answer.push_back({name("b.example").wire(), 12, name("c.example").wire()});
  const auto fact = read_response(reply.wire(), question());
  CHECK(fact.outcome == Outcome::answer);
  CHECK(fact.alias_beside);
  CHECK(fact.answer.size() == 1);
  // To itself.
  reply.answer = {{to_question, 12, name("a.example").wire()}, {to_question, 5, to_question}};
  CHECK(read_response(reply.wire(), question()).alias_beside);
  // It was asked for.
  reply.qtype = 5;
  reply.answer = {{to_question, 5, name("b.example").wire()}};
  CHECK_FALSE(read_response(reply.wire(), question("10.2.0.192.in-addr.arpa", RrType::CNAME)).alias_beside);
}

TEST_CASE("an answer about another name is told from any other that is malformed") {
  Reply reply;
  reply.answer = {{name("evil.example").wire(), 12, name("a.example").wire()}};
  CHECK(read_response(reply.wire(), question()).other_owner);
  reply.answer = {{to_question, 5, name("a.example").wire()}, {name("a.example").wire(), 5, to_question}};
  CHECK_FALSE(read_response(reply.wire(), question()).other_owner);
  reply.answer = {{to_question, 12, name("a.example").wire()}};
  CHECK_FALSE(read_response(reply.wire(), question()).other_owner);
}

TEST_CASE("answers that do not answer") {
  Reply reply;
  const auto reason = [&] {
    const auto fact = read_response(reply.wire(), question());
    CHECK(fact.outcome == Outcome::malformed);
    CHECK(fact.answer.empty());
    return fact.reason;
  };
  SUBCASE("another owner") {
    reply.answer = {{name("evil.example").wire(), 12, name("a.example").wire()}};
    CHECK(reason() == "the answer holds a record of evil.example, to which the question does not lead");
  }
  SUBCASE("another owner beside the right one") {
    reply.answer = {{to_question, 12, name("a.example").wire()}, {name("b.example").wire(), 1, be32(1)}};
    CHECK(reason().find("b.example") != std::string::npos);
  }
  SUBCASE("a loop of aliases") {
    reply.answer = {{to_question, 5, name("a.example").wire()}, {name("a.example").wire(), 5, to_question}};
    CHECK(reason() == "CNAME loop");
  }
  SUBCASE("an alias to itself") {
    reply.answer = {{to_question, 5, to_question}};
    CHECK(reason() == "CNAME loop");
  }
  SUBCASE("two aliases at one name") {
    reply.answer = {{to_question, 5, name("a.example").wire()}, {to_question, 5, name("b.example").wire()}};
    CHECK(reason().find("several CNAME") == 0);
  }
  SUBCASE("another class") {
    reply.answer = {{to_question, 12, name("a.example").wire(), 1, 3}};
    CHECK(reason() == "the reply holds a record of class 3");
  }
  SUBCASE("NXDOMAIN with the records") {
    reply.flags = 0x8183;
    reply.answer = {{to_question, 12, name("a.example").wire()}};
    CHECK(reason() == "NXDOMAIN beside the records asked for");
  }
  SUBCASE("an address of three octets") {
    reply.answer = {{to_question, 1, "abc"}};
    CHECK(reason().find("A record") != std::string::npos);
  }
  SUBCASE("a record without data") {
    reply.answer = {{to_question, 12, ""}};
    CHECK(reason().find("PTR record") != std::string::npos);
  }
  SUBCASE("a compression pointer to itself") {
    const auto self = static_cast<unsigned>(12 + reply.qname.size() + 4);
    reply.answer = {{be16(0xc000 | self), 12, name("a.example").wire()}};
    reason();
  }
  SUBCASE("more RRsets than anybody follows") {
    for (int i = 0; i < 100; ++i)
      reply.answer.push_back({name("h" + std::to_string(i) + ".example").wire(), 1, be32(1)});
    CHECK(reason().find("more than 64") != std::string::npos);
  }
}

TEST_CASE("extended errors and the extended rcode") {
  Reply reply;
  reply.flags = 0x8182;
  const std::string text = "signature expired";
  const std::string option = be16(15) + be16(static_cast<unsigned>(2 + text.size())) + be16(7) + text;
  reply.additional = {{std::string(1, '\0'), 41, be16(10) + be16(1) + "x" + option, 0, 1232}};
  auto fact = read_response(reply.wire(), question());
  CHECK(fact.outcome == Outcome::servfail);
  CHECK(fact.ede == 7);
  CHECK(fact.reason == "EDE 7 (Signature Expired): signature expired");
  reply.flags = 0x8180;
  reply.additional = {{std::string(1, '\0'), 41, "", 0x01000000, 1232}};
  fact = read_response(reply.wire(), question());
  CHECK(fact.rcode == 16);
  CHECK(fact.outcome == Outcome::servfail);
  CHECK(fact.reason == "BADVERS");
}

TEST_CASE("what a policy answers in place of the zone is no answer, and no denial") {
  const auto with_errors = [](Reply reply, const std::vector<unsigned>& codes) {
    std::string options;
    for (const auto code : codes) options += be16(15) + be16(2) + be16(code);
    reply.additional = {{std::string(1, '\0'), 41, options, 0, 1232}};
    return read_response(reply.wire(), question());
  };
  Reply answer, denial;
  answer.answer = {{to_question, 12, name("blocked.example").wire()}};
  denial.flags = 0x8183;
  denial.authority = {soa("2.0.192.in-addr.arpa")};
  for (const unsigned code : {4u, 15u, 16u, 17u, 18u}) {
    for (const auto* reply : {&answer, &denial}) {
      const auto fact = with_errors(*reply, {code});
      CHECK(fact.outcome == Outcome::refused);
      CHECK(fact.answer.empty());
      CHECK_FALSE(fact.soa);
      CHECK(fact.reason.starts_with("EDE " + std::to_string(code)));
    }
  }
  for (const unsigned code : {0u, 3u, 19u, 22u}) {
    CHECK(with_errors(answer, {code}).outcome == Outcome::answer);
    CHECK(with_errors(denial, {code}).outcome == Outcome::nxdomain);
  }
  // The error that changes what the answer is worth, wherever it stands.
  CHECK(with_errors(answer, {22, 3}).ede == 3);
  CHECK(with_errors(answer, {3, 22}).ede == 3);
  CHECK(with_errors(denial, {22, 17, 3}).ede == 17);
  CHECK(with_errors(answer, {22, 23}).ede == 22);
}

TEST_CASE("a TTL above 2^31-1 is zero, and is noted") {
  Reply reply;
  reply.answer = {{to_question, 12, name("a.example").wire(), 0x80000001}};
  const auto fact = read_response(reply.wire(), question());
  CHECK(fact.rrset()->ttl == 0);
  CHECK(fact.ttl_out_of_range);
  reply.answer = {{to_question, 12, name("a.example").wire(), 0x7fffffff}};
  CHECK_FALSE(read_response(reply.wire(), question()).ttl_out_of_range);
}

TEST_CASE("of different TTLs in one set the lowest holds, and that they differ is noted") {
  Reply reply;
  reply.answer = {{to_question, 12, name("a.example").wire(), 300},
                  {to_question, 12, name("b.example").wire(), 60}};
  const auto fact = read_response(reply.wire(), question());
  CHECK(fact.rrset()->ttl == 60);
  CHECK(fact.ttl_differs);
  reply.answer[1].ttl = 300;
  CHECK_FALSE(read_response(reply.wire(), question()).ttl_differs);
}

TEST_CASE("whatever arrives: no crash, and no answer that is not one") {
  std::mt19937 random(20261124);
  Reply reply;
  const auto alias = name("10.0-25.2.0.192.in-addr.arpa");
  reply.answer = {{to_question, 5, alias.wire()}, {alias.wire(), 12, name("mx1.example").wire()}};
  reply.authority = {soa("2.0.192.in-addr.arpa")};
  reply.additional = {{std::string(1, '\0'), 41, be16(15) + be16(4) + be16(7) + "hi", 0, 1232}};
  const auto valid = reply.wire();
  const auto asked = question();
  const auto check = [&](const std::string& wire) {
    const auto fact = read_response(wire, asked);
    if (fact.outcome == Outcome::answer) {
      REQUIRE(fact.rrset() != nullptr);
      auto at = asked.name;
      for (const auto& hop : fact.aliases()) {
        REQUIRE(hop.owner == at);
        at = hop.target;
      }
      REQUIRE(fact.rrset()->owner == at);
      REQUIRE(fact.rrset()->type == asked.type);
    } else if (fact.outcome == Outcome::malformed) {
      REQUIRE_FALSE(fact.reason.empty());
    }
    answers(wire, 7, asked.name, asked.type);
  };
  for (std::size_t cut = 0; cut < valid.size(); ++cut) {
    check(valid.substr(0, cut));
    CHECK(read_response(valid.substr(0, cut), asked).outcome == Outcome::malformed);
  }
  for (std::size_t bit = 0; bit < valid.size() * 8; ++bit) {
    auto flipped = valid;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    check(flipped);
  }
  for (int round = 0; round < 20000; ++round) {
    auto mangled = valid;
    for (auto changes = random() % 6 + 1; changes > 0; --changes)
      mangled[random() % mangled.size()] = static_cast<char>(random());
    check(mangled);
    std::string noise(random() % 200, '\0');
    for (auto& c : noise) c = static_cast<char>(random());
    check(noise);
    // Noise behind a sound header and question reaches the record readers.
    check(valid.substr(0, 12 + reply.qname.size() + 4) + noise);
    for (const unsigned type : {2u,  6u,  15u, 16u, 24u, 25u, 29u, 33u, 35u, 42u,  43u, 45u,
                                46u, 47u, 48u, 50u, 51u, 52u, 55u, 64u, 65u, 249u, 250u}) {
      if (round % 20 != 0) break;
      Reply typed;
      typed.qtype = type;
      typed.answer = {{to_question, type, noise}};
      const Question other{0, asked.name, static_cast<RrType>(type)};
      const auto fact = read_response(typed.wire(), other);
      REQUIRE((fact.outcome == Outcome::answer || fact.outcome == Outcome::malformed));
    }
  }
}
