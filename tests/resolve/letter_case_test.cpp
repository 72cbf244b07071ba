// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// 0x20: the question in random letters, which the reply must repeat.
#include <algorithm>
#include <mutex>
#include <set>

#include "ask.h"
#include "test_server.h"
#include "wire.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;
using namespace rdnsgate::resolve;
using namespace rdnsgate::resolve::test;

namespace {

std::string lowered(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

/// A server that repeats the question in lower case over UDP.
TestServer::Script flattening(std::string_view udp_target = "flat.test") {
  return [udp_target](const std::string& message, TestTransport transport) -> std::vector<TestPacket> {
    Query query(message);
    if (transport == TestTransport::tcp) return {query.reply(0, {pointer("good.test")})};
    query.question = lowered(query.question);
    return {query.reply(0, {pointer(udp_target)})};
  };
}

}  // namespace

TEST_CASE("the letters are mixed anew for each question, and only where that is wanted") {
  for (const bool mixed : {true, false}) {
    CAPTURE(mixed);
    std::mutex mutex;
    std::set<std::string> seen;
    TestServer server([&](const std::string& message, TestTransport) -> std::vector<TestPacket> {
      const Query query(message);
      const std::lock_guard lock(mutex);
      seen.insert(query.question);
      return {query.reply(0, {pointer("good.test")})};
    });
    const auto panel = forward(server.port(), patient, {.mix_case = mixed});
    for (int i = 0; i < 10; ++i) {
      const auto fact = ask(*panel, "abcdefghijklmnopqrstuvwxyz.abcdefghijklmnopqrstuvwxyz.test");
      CHECK(fact.outcome == Outcome::answer);
      CHECK(fact.tries == 1);
      CHECK_FALSE(fact.case_changed);
    }
    const std::lock_guard lock(mutex);
    CHECK(seen.size() == (mixed ? 10 : 1));
  }
}

TEST_CASE("a forgery in other letters changes nothing") {
  TestServer server([](const std::string& message, TestTransport) -> std::vector<TestPacket> {
    const Query query(message);
    Query forged(message);
    forged.question = lowered(forged.question);
    return {forged.reply(0, {pointer("evil.test")}), forged.negative(3),
            query.reply(0, {pointer("good.test")})};
  });
  const auto fact =
      ask(*forward(server.port(), patient, {.mix_case = true}), "abcdefghijklmnopqrstuvwxyz.test");
  CHECK(fact.targets() == std::vector{name("good.test")});
  CHECK(fact.tries == 1);
}

TEST_CASE("a server that flattens the letters is asked over TCP, from the second question on at once") {
  TestServer server(flattening());
  const auto panel = forward(server.port(), quick, {.mix_case = true});
  const auto first = ask(*panel, "abcdefghijklmnopqrstuvwxyz.test");
  CHECK(first.targets() == std::vector{name("good.test")});
  CHECK(first.case_changed);
  CHECK(first.tries == 2);
  CHECK(server.queries(TestTransport::udp) == 1);
  for (int i = 0; i < 100; ++i)
    panel->ask({0, name("abcdefghijklmnopqrstuvwxyz.h" + std::to_string(i) + ".test"), RrType::PTR});
  for (const auto& fact : collect(*panel, 100)) {
    CHECK(fact.targets() == std::vector{name("good.test")});
    CHECK(fact.case_changed);
    CHECK(fact.tries == 1);
  }
  CHECK(server.queries(TestTransport::udp) == 1);
}

TEST_CASE("without TCP such a server is never believed") {
  TestServer server(flattening(), {.tcp = false});
  const auto fact =
      ask(*forward(server.port(), quick, {.mix_case = true}), "abcdefghijklmnopqrstuvwxyz.test");
  CHECK(fact.outcome == Outcome::unreachable);
  CHECK(fact.reason == "the reply over UDP had other letters in its question; over TCP: Connection refused");
  CHECK(fact.answer.empty());
}

TEST_CASE("a failure without a question cannot repeat its letters") {
  TestServer server([](const std::string& message, TestTransport transport) -> std::vector<TestPacket> {
    const Query query(message);
    if (transport == TestTransport::tcp) return {query.reply(0, {pointer("good.test")})};
    return {query.id + be16(0x8185) + std::string(8, '\0')};
  });
  const auto fact = ask(*forward(server.port(), quick, {.mix_case = true}), "a.test");
  CHECK(fact.outcome == Outcome::answer);
}
