// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// TCP after truncation, with servers that use it badly.
#include "resolve/ask.h"
#include "resolve/test_server.h"
#include "resolve/wire.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;
using namespace rdnsgate::resolve;
using namespace rdnsgate::resolve::test;

namespace {

/// Truncates everything over UDP and does over TCP what it is told.
TestServer::Script over_tcp(std::function<std::vector<TestPacket>(const Query&)> script) {
  return [script](const std::string& message, TestTransport transport) -> std::vector<TestPacket> {
    const Query query(message);
    if (transport == TestTransport::udp) return {query.truncated()};
    return script(query);
  };
}

std::string good(const Query& query) { return query.reply(0, {pointer("good.test")}); }

}  // namespace

TEST_CASE("a question that is dropped over TCP takes no other with it") {
  TestServer server(over_tcp([](const Query& query) -> std::vector<TestPacket> {
    if (query.label == "dropped") return {};
    return {good(query)};
  }));
  const auto panel = forward(server.port());
  panel->ask({0, name("dropped.test"), RrType::PTR});
  for (int i = 0; i < 20; ++i) panel->ask({0, name("h" + std::to_string(i) + ".test"), RrType::PTR});
  for (const auto& fact : collect(*panel, 21)) {
    CHECK(fact.outcome == (fact.question.name == name("dropped.test") ? Outcome::timeout : Outcome::answer));
  }
}

TEST_CASE("a server that closes after each answer is connected to again") {
  TestServer server(over_tcp([](const Query& query) -> std::vector<TestPacket> {
    return {good(query), std::string()};
  }));
  const auto panel = forward(server.port(), patient);
  for (int i = 0; i < 3; ++i)
    CHECK(ask(*panel, "h" + std::to_string(i) + ".test").outcome == Outcome::answer);
  CHECK(server.connections() == 3);
}

TEST_CASE("answers in another order, forgeries between them") {
  std::vector<std::string> held;
  TestServer server(over_tcp([&](const Query& query) -> std::vector<TestPacket> {
    held.push_back(good(query));
    if (held.size() < 10) return {};
    std::vector<TestPacket> all;
    for (auto reply = held.rbegin(); reply != held.rend(); ++reply) {
      auto wrong_question = *reply;
      wrong_question[13] = 'x';
      all.emplace_back(wrong_question);
      all.emplace_back(std::string(3, 'x'));
      all.emplace_back(*reply);
    }
    return all;
  }));
  const auto panel = forward(server.port(), patient);
  for (int i = 0; i < 10; ++i) panel->ask({0, name("h" + std::to_string(i) + ".test"), RrType::PTR});
  for (const auto& fact : collect(*panel, 10)) CHECK(fact.targets() == std::vector{name("good.test")});
  CHECK(server.connections() == 1);
}

TEST_CASE("a server that is slow over TCP cannot hold questions beyond their time") {
  TestServer server(over_tcp([](const Query&) { return std::vector<TestPacket>{}; }));
  auto options = quick;  // a try may take 200 ms, a question a second
  const auto panel = forward(server.port(), options);
  for (int i = 0; i < 100; ++i) panel->ask({0, name("h" + std::to_string(i) + ".test"), RrType::PTR});
  const auto begin = std::chrono::steady_clock::now();
  for (const auto& fact : collect(*panel, 100)) {
    CHECK(fact.outcome == Outcome::timeout);
    CHECK(fact.reason == "truncated over UDP; over TCP: no reply in time");
  }
  CHECK(std::chrono::steady_clock::now() - begin < milliseconds(2500));
}
