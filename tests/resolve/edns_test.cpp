// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// Servers that take no EDNS (RFC 6891 §7), or choke on it.
#include "ask.h"
#include "test_server.h"
#include "wire.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;
using namespace rdnsgate::resolve;
using namespace rdnsgate::resolve::test;

namespace {

/// The packet as a server without EDNS sends it.
std::string plain(const Query& query, unsigned rcode) {
  return query.reply(rcode, rcode == 0 ? std::vector{pointer("good.test")} : std::vector<std::string>{}, {},
                     std::nullopt);
}

}  // namespace

TEST_CASE("a server that refuses EDNS is asked without, once, and remembered") {
  for (const unsigned rcode : {1u, 4u, 16u}) {  // FORMERR, NOTIMP, BADVERS
    CAPTURE(rcode);
    TestServer server([&](const std::string& message, TestTransport) -> std::vector<TestPacket> {
      const Query query(message);
      if (!query.edns) return {plain(query, 0)};
      return {rcode < 16 ? plain(query, rcode) : query.reply(rcode, {})};
    });
    const auto panel = forward(server.port(), patient);
    const auto first = ask(*panel, "a.test");
    CHECK(first.outcome == Outcome::answer);
    CHECK(first.tries == 2);
    CHECK(first.without_edns);
    const auto second = ask(*panel, "b.test");
    CHECK(second.outcome == Outcome::answer);
    CHECK(second.tries == 1);
    CHECK(second.without_edns);
  }
}

TEST_CASE("a server that refuses EDNS with the header alone") {
  TestServer server([](const std::string& message, TestTransport) -> std::vector<TestPacket> {
    const Query query(message);
    if (query.edns) return {query.id + be16(0x8181) + std::string(8, '\0')};
    return {plain(query, 0)};
  });
  const auto fact = ask(*forward(server.port(), patient), "a.test");
  CHECK(fact.outcome == Outcome::answer);
  CHECK(fact.without_edns);
}

TEST_CASE("a server that leaves OPT out of its answers is asked once, with EDNS") {
  TestServer server(
      [](const std::string& message, TestTransport) { return std::vector<TestPacket>{plain(Query(message), 0)}; });
  const auto panel = forward(server.port(), patient);
  for (const auto* name : {"a.test", "b.test"}) {
    const auto fact = ask(*panel, name);
    CHECK(fact.outcome == Outcome::answer);
    CHECK(fact.tries == 1);
    CHECK_FALSE(fact.without_edns);
  }
}

TEST_CASE("FORMERR with and without EDNS is a failure, and nothing is learnt from it") {
  TestServer server([](const std::string& message, TestTransport) -> std::vector<TestPacket> {
    const Query query(message);
    return {plain(query, query.label == "bad" ? 1 : 0)};
  });
  const auto panel = forward(server.port(), patient);
  const auto bad = ask(*panel, "bad.test");
  CHECK(bad.outcome == Outcome::servfail);
  CHECK(bad.reason == "FORMERR");
  CHECK(bad.tries == 2);
  CHECK(bad.without_edns);
  CHECK_FALSE(ask(*panel, "good.test").without_edns);
}

TEST_CASE("one that speaks EDNS keeps it, whatever it passes on about a single question") {
  TestServer server([](const std::string& message, TestTransport) -> std::vector<TestPacket> {
    const Query query(message);
    if (query.label == "odd" && query.edns) return {query.reply(1, {})};
    return {query.edns ? query.reply(0, {pointer("good.test")}) : plain(query, 0)};
  });
  const auto panel = forward(server.port(), patient);
  CHECK_FALSE(ask(*panel, "a.test").without_edns);
  CHECK(ask(*panel, "odd.test").without_edns);
  CHECK_FALSE(ask(*panel, "b.test").without_edns);
}

TEST_CASE("silence is no way to refuse EDNS") {
  TestServer server([](const std::string& message, TestTransport) -> std::vector<TestPacket> {
    const Query query(message);
    if (query.edns) return {};
    return {plain(query, 0)};
  });
  const auto fact = ask(*forward(server.port()), "a.test");
  CHECK(fact.outcome == Outcome::timeout);
  CHECK(fact.tries == 3);
  CHECK_FALSE(fact.without_edns);
}

TEST_CASE("without EDNS a truncated answer comes over TCP without it too") {
  TestServer server([](const std::string& message, TestTransport transport) -> std::vector<TestPacket> {
    const Query query(message);
    if (query.edns) return {plain(query, 1)};
    auto reply = plain(query, 0);
    if (transport == TestTransport::udp) reply[2] = static_cast<char>(reply[2] | 0x02);
    return {reply};
  });
  const auto fact = ask(*forward(server.port(), patient), "a.test");
  CHECK(fact.outcome == Outcome::answer);
  CHECK(fact.tries == 3);
  CHECK(fact.truncated);
  CHECK(fact.without_edns);
}
