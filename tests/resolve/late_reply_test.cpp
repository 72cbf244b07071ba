// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// A slow server is no dead one: every try of a question stays open until the question's end, and a late
// answer to any of them is an answer.
#include <map>
#include <set>

#include "ask.h"
#include "test_server.h"
#include "wire.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;
using namespace rdnsgate::resolve;
using namespace rdnsgate::resolve::test;

namespace {

std::string good(const Query& query) { return query.reply(0, {pointer("good.test")}); }

/// Says over UDP what `script` makes of the n-th packet (from 1) with a question's name, the same over TCP.
TestServer::Script by_turn(std::function<std::vector<TestPacket>(const Query&, unsigned turn, bool tcp)> script) {
  auto turns = std::make_shared<std::map<std::string, unsigned>>();
  return [turns, script](const std::string& message, TestTransport transport) {
    const Query query(message);
    const bool tcp = transport == TestTransport::tcp;
    return script(query, ++(*turns)[query.label + (tcp ? "/tcp" : "")], tcp);
  };
}

}  // namespace

TEST_CASE("a server that answers later than the next try is due has answered") {
  for (const int delay :
       {300, 500, 900}) {  // tries are due after 200, 400 and 400 ms, and all is over after 1 s
    CAPTURE(delay);
    TestServer server(by_turn([&](const Query& query, unsigned, bool) -> std::vector<TestPacket> {
      return {{good(query), delay}};
    }));
    const auto panel = forward(server.port());
    const auto fact = ask(*panel, "a.test");
    CHECK(fact.outcome == Outcome::answer);
    CHECK(fact.tries == (delay < 600 ? 2 : 3));
    CHECK(fact.answered_try == 1);  // the evidence says which
    CHECK(fact.rtt_us >= 1000u * static_cast<unsigned>(delay));
    CHECK(fact.rtt_us < 1000u * static_cast<unsigned>(delay + 150));
  }
}

TEST_CASE("slowness sets no server aside, however many questions wait for it") {
  TestServer server(by_turn([](const Query& query, unsigned, bool) -> std::vector<TestPacket> {
    return {{good(query), 700}};
  }));
  const auto panel = forward(server.port());
  for (int i = 0; i < 100; ++i) panel->ask({0, name("h" + std::to_string(i) + ".test"), RrType::PTR});
  for (const auto& fact : collect(*panel, 100)) CHECK(fact.outcome == Outcome::answer);
}

TEST_CASE("answers that take longer each time, and one that comes when the third try is out") {
  TestServer server(by_turn([](const Query& query, unsigned turn, bool) -> std::vector<TestPacket> {
    if (query.label == "third")
      return turn < 3 ? std::vector<TestPacket>{} : std::vector<TestPacket>{{good(query), 50}};
    return {{good(query), query.label == "a" ? 10 : query.label == "b" ? 250 : 850}};
  }));
  const auto panel = forward(server.port());
  for (const auto* label : {"a.test", "b.test", "c.test"})
    CHECK(ask(*panel, label).outcome == Outcome::answer);
  const auto third = ask(*panel, "third.test");
  CHECK(third.outcome == Outcome::answer);
  CHECK(third.tries == 3);
  CHECK(third.answered_try == 0);  // the last
}

TEST_CASE("a late SERVFAIL to one try leaves the others open") {
  TestServer server(by_turn([](const Query& query, unsigned turn, bool) -> std::vector<TestPacket> {
    if (turn == 1) return {{query.reply(2, {}), 300}};
    return {{good(query), 300}};
  }));
  const auto fact = ask(*forward(server.port()), "a.test");
  CHECK(fact.outcome == Outcome::answer);
  CHECK(fact.tries == 2);
}

TEST_CASE("where nothing better comes, a SERVFAIL is what was said") {
  TestServer server(by_turn([](const Query& query, unsigned turn, bool) -> std::vector<TestPacket> {
    if (turn == 1) return {{query.reply(2, {}), 300}};
    return {};
  }));
  const auto fact = ask(*forward(server.port()), "a.test");
  CHECK(fact.outcome == Outcome::servfail);
}

TEST_CASE("a slow validator's data is had with CD, and a late SERVFAIL to an earlier try changes nothing") {
  TestServer server(by_turn([](const Query& query, unsigned, bool) -> std::vector<TestPacket> {
    return {{query.checking_disabled ? good(query) : query.reply(2, {}), 260}};
  }));
  const auto fact = ask(*forward(server.port()), "a.test");
  CHECK(fact.outcome == Outcome::bogus);
  CHECK(fact.targets() == std::vector{name("good.test")});
}

TEST_CASE("an answer to a try without CD that comes while CD is asked is no bogus one") {
  TestServer server(by_turn([](const Query& query, unsigned turn, bool) -> std::vector<TestPacket> {
    if (query.checking_disabled) return {};
    if (turn == 1) return {{good(query), 500}};
    return {query.servfail(7, "signature expired")};
  }));
  const auto fact = ask(*forward(server.port()), "a.test");
  CHECK(fact.outcome == Outcome::answer);
  CHECK(fact.answered_try == 1);
}

TEST_CASE("a late truncated reply leads to TCP, which has the rest of the time") {
  TestServer server(by_turn([](const Query& query, unsigned, bool tcp) -> std::vector<TestPacket> {
    return {{tcp ? good(query) : query.truncated(), 400}};
  }));
  const auto fact = ask(*forward(server.port()), "a.test");
  CHECK(fact.outcome == Outcome::answer);
  CHECK(fact.truncated);
}

TEST_CASE("late refusals of EDNS: the question is asked once without, and once is enough") {
  TestServer server(by_turn([](const Query& query, unsigned, bool) -> std::vector<TestPacket> {
    if (query.edns) return {{query.reply(1, {}, {}, std::nullopt), 300}};
    return {{query.reply(0, {pointer("good.test")}, {}, std::nullopt), 300}};
  }));
  const auto panel = forward(server.port());
  const auto fact = ask(*panel, "a.test");
  CHECK(fact.outcome == Outcome::answer);
  CHECK(fact.without_edns);
  CHECK(fact.tries <= 4);
  CHECK(ask(*panel, "b.test").without_edns);
}

TEST_CASE("a server that lets its cookie be echoed, late, and refuses the old one late too") {
  const std::string server_cookie = "SERVERCK";
  TestServer server(by_turn([&](const Query& query, unsigned, bool) -> std::vector<TestPacket> {
    const auto client = query.cookie.value_or("").substr(0, 8);
    const auto option = edns_option(10, client + server_cookie);
    const bool known = query.cookie && query.cookie->size() > 8;
    return {{query.reply(known ? 0 : 23,
                         known ? std::vector{pointer("good.test")} : std::vector<std::string>{}, {}, option),
             260}};
  }));
  const auto fact = ask(*forward(server.port()), "a.test");
  CHECK(fact.outcome == Outcome::answer);
}

TEST_CASE("each try has an id and letters of its own, and the reply to one is not taken for another") {
  auto ids = std::make_shared<std::set<std::string>>();
  auto questions = std::make_shared<std::set<std::string>>();
  TestServer server(by_turn([ids, questions](const Query& query, unsigned turn, bool) -> std::vector<TestPacket> {
    ids->insert(query.id);
    questions->insert(query.question);
    return {{good(query), turn == 1 ? 500 : 5000}};
  }));
  const auto fact =
      ask(*forward(server.port(), quick, {.mix_case = true}), "abcdefghijklmnopqrstuvwxyz.test");
  CHECK(fact.outcome == Outcome::answer);
  CHECK(fact.answered_try == 1);
  CHECK_FALSE(fact.case_changed);
  CHECK(ids->size() == fact.tries);
  CHECK(questions->size() == fact.tries);
}

TEST_CASE("two answers to one question count once") {
  TestServer server(by_turn([](const Query& query, unsigned turn, bool) -> std::vector<TestPacket> {
    return {{good(query), turn == 1 ? 250 : 10}, {good(query), turn == 1 ? 260 : 60}};
  }));
  const auto panel = forward(server.port());
  for (int i = 0; i < 50; ++i) panel->ask({0, name("h" + std::to_string(i) + ".test"), RrType::PTR});
  std::set<Name> seen;
  for (const auto& fact : collect(*panel, 50)) {
    CHECK(fact.outcome == Outcome::answer);
    CHECK(seen.insert(fact.question.name).second);
  }
  panel->run_once(milliseconds(400));
  CHECK(panel->room(0) == 100);
}

TEST_CASE("no answer comes later than the question has time") {
  TestServer server(by_turn([](const Query& query, unsigned, bool) -> std::vector<TestPacket> {
    return {{good(query), 1200}};
  }));
  const auto panel = forward(server.port());
  const auto begin = std::chrono::steady_clock::now();
  const auto fact = ask(*panel, "a.test");
  const auto took = std::chrono::steady_clock::now() - begin;
  CHECK(fact.outcome == Outcome::timeout);
  CHECK(fact.reason == "no reply to 3 tries");
  CHECK(took >= milliseconds(1000));
  CHECK(took < milliseconds(1200));
}
