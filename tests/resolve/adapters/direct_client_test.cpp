// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// The direct client against a server that misbehaves: whatever goes wrong, no failure becomes "no such
// record".
#include <set>
#include <thread>

#include "resolve/ask.h"
#include "resolve/fault_server.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;
using namespace rdnsgate::resolve;
using namespace rdnsgate::resolve::test;

namespace {

std::string server_text(const FaultServer& server) { return "127.0.0.1#" + std::to_string(server.port()); }

}  // namespace

TEST_CASE("an answer, with all that a fact says about it") {
  FaultServer server;
  const auto panel = forward(server.port());
  CHECK(panel->vantages().front().operator_name == "lab");
  CHECK(panel->room(0) == 100);
  const auto fact = ask(*panel, "ok.test");
  CHECK(fact.outcome == Outcome::answer);
  CHECK(fact.targets() == std::vector{name("good.test")});
  CHECK(fact.server == server_text(server));
  CHECK(fact.tries == 1);
  CHECK(fact.rtt_us > 0);
  CHECK(fact.asked_at > Time{});
  CHECK(fact.security == Security::unknown);
  CHECK(ask(*panel, "slow.test").rtt_us >= 40000);
  CHECK(ask(*panel, "nodata.test").outcome == Outcome::nodata);
  CHECK(ask(*panel, "nxdomain.test").outcome == Outcome::nxdomain);
}

TEST_CASE("each failure is what it is, and never a negative answer") {
  FaultServer server;
  const auto panel = forward(server.port(), brisk);
  struct Case {
    const char* label;
    Outcome outcome;
    unsigned tries;
    std::string reason;
  };
  for (const auto& item : std::vector<Case>{
           {"silent", Outcome::timeout, 3, "no reply to 3 tries"},
           {"servfail", Outcome::servfail, 4, ""},      // the last with CD
           {"notimp", Outcome::servfail, 2, "NOTIMP"},  // the last without EDNS
           {"bogus", Outcome::bogus, 2, "EDE 7 (Signature Expired): signature expired"},
           {"bogusmute", Outcome::bogus, 4, "validation failed at the resolver"},
           {"upstream", Outcome::servfail, 3, "EDE 22 (No Reachable Authority): nobody there"},
           {"refused", Outcome::refused, 1, ""},
           {"otherid", Outcome::timeout, 3, "no reply to 3 tries"},
           {"otherquestion", Outcome::timeout, 3, "no reply to 3 tries"},
           {"othersource", Outcome::timeout, 3, "no reply to 3 tries"},
           {"garbage", Outcome::timeout, 3, "no reply to 3 tries"},
           {"trash", Outcome::malformed, 1, "the reply ends in the middle of a record"},
           {"loop", Outcome::malformed, 1, "CNAME loop"},
           {"otherowner", Outcome::malformed, 1,
            "the answer holds a record of someone.else.test, to which the question does not lead"},
           {"referral", Outcome::malformed, 1, "a referral instead of an answer"},
           {"tcclosed", Outcome::unreachable, 2,
            "truncated over UDP; over TCP: the server closed the connection without an answer"},
           {"tcsilent", Outcome::timeout, 2, "truncated over UDP; over TCP: no reply in time"},
           {"tctc", Outcome::malformed, 2, "the reply is truncated"},
       }) {
    CAPTURE(item.label);
    const auto fact = ask(*panel, std::string(item.label) + ".test");
    CHECK(fact.outcome == item.outcome);
    CHECK(unsigned{fact.tries} == item.tries);
    CHECK(fact.reason == item.reason);
    CHECK(fact.server == server_text(server));
    CHECK_FALSE(is_negative(fact.outcome));
    CHECK(fact.answer.empty() == (fact.outcome != Outcome::bogus));
  }
}

TEST_CASE("a bogus answer keeps its data and the error of the validator") {
  FaultServer server;
  const auto fact = ask(*forward(server.port()), "bogus.test");
  CHECK(fact.targets() == std::vector{name("good.test")});
  CHECK(fact.ede == 7);
  CHECK(fact.security == Security::bogus);
  CHECK_FALSE(fact.authenticated);
}

TEST_CASE("a lost packet and a passing SERVFAIL are tried again") {
  FaultServer server;
  const auto panel = forward(server.port());
  for (const auto* label : {"lost", "flaky"}) {
    CAPTURE(label);
    const auto fact = ask(*panel, std::string(label) + ".test");
    CHECK(fact.outcome == Outcome::answer);
    CHECK(fact.tries == 2);
  }
}

TEST_CASE("forgeries before the true answer change nothing") {
  FaultServer server;
  const auto fact = ask(*forward(server.port()), "forged.test");
  CHECK(fact.outcome == Outcome::answer);
  CHECK(fact.targets() == std::vector{name("good.test")});
  CHECK(fact.tries == 1);
}

TEST_CASE("truncated answers come over TCP, many on one connection") {
  FaultServer server;
  const auto panel = forward(server.port(), patient);
  for (int i = 0; i < 50; ++i) panel->ask({0, name("tc" + std::to_string(i) + ".test"), RrType::PTR});
  for (const auto& fact : collect(*panel, 50)) {
    CHECK(fact.outcome == Outcome::answer);
    CHECK(fact.truncated);
    CHECK(fact.targets().size() == 200);
  }
  CHECK(server.connections() == 1);
}

TEST_CASE("no TCP on the server") {
  FaultServer server({.tcp = false});
  const auto fact = ask(*forward(server.port()), "tc.test");
  CHECK(fact.outcome == Outcome::unreachable);
  CHECK(fact.reason == "truncated over UDP; over TCP: Connection refused");
  CHECK(fact.truncated);
}

TEST_CASE("nobody at the port: unreachable, at once, for each question") {
  std::uint16_t port;
  {
    FaultServer gone;
    port = gone.port();
  }
  const auto panel = forward(port);
  for (int i = 0; i < 300; ++i) panel->ask({0, name("h" + std::to_string(i) + ".test"), RrType::A});
  const auto begin = std::chrono::steady_clock::now();
  for (const auto& fact : collect(*panel, 300)) {
    CHECK(fact.outcome == Outcome::unreachable);
    CHECK(fact.reason == "Connection refused");
  }
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(2));
}

TEST_CASE("a server that says nothing is set aside") {
  FaultServer server;
  const auto panel = forward(server.port());
  for (int i = 0; i < 30; ++i) panel->ask({0, name("silent.h" + std::to_string(i) + ".test"), RrType::A});
  for (const auto& fact : collect(*panel, 30)) CHECK(fact.outcome == Outcome::timeout);
  CHECK(server.asked("silent") == 90);  // each had all its time: slow is not dead
  const auto begin = std::chrono::steady_clock::now();
  const auto fact = ask(*panel, "ok.test");
  CHECK(fact.outcome == Outcome::timeout);
  CHECK(fact.reason == "server set aside after 20 unanswered questions");
  CHECK(std::chrono::steady_clock::now() - begin < milliseconds(150));
  CHECK(server.asked("ok") == 0);
}

TEST_CASE("single losses between answers do not set a server aside") {
  FaultServer server;
  const auto panel = forward(server.port());
  unsigned silent = 0, answered = 0;
  panel->set_sink([&](Fact&& fact) { ++(fact.outcome == Outcome::timeout ? silent : answered); });
  for (int i = 0; i < 30; ++i) panel->ask({0, name("silent.h" + std::to_string(i) + ".test"), RrType::A});
  // While thirty questions go unanswered three times, others are answered all the time.
  for (int i = 0; i < 500 && silent < 30; ++i) {
    panel->ask({0, name("ok.h" + std::to_string(i) + ".test"), RrType::PTR});
    panel->run_once(milliseconds(5));
    std::this_thread::sleep_for(milliseconds(5));
  }
  while (panel->run_once(milliseconds(100)) > 0) {  // the last of the others
  }
  CHECK(silent == 30);
  CHECK(server.asked("silent") == 90);
  CHECK(ask(*panel, "ok.test").outcome == Outcome::answer);
}

TEST_CASE("thousands of questions, each answered once, from several ports") {
  FaultServer server;
  auto options = quick;
  options.in_flight = 500;
  options.try_timeout = milliseconds(2000);
  options.question_timeout = milliseconds(9000);
  const auto panel = forward(server.port(), options);
  for (int i = 0; i < 5000; ++i) panel->ask({0, name("ok.h" + std::to_string(i) + ".test"), RrType::PTR});
  CHECK(panel->room(0) == 0);
  std::set<Name> seen;
  for (const auto& fact : collect(*panel, 5000)) {
    CHECK(fact.outcome == Outcome::answer);
    CHECK(seen.insert(fact.question.name).second);
  }
  CHECK(server.source_ports() >= 4);
  CHECK(panel->room(0) == 500);
}

TEST_CASE("the rate limit holds") {
  FaultServer server;
  const auto panel = forward(server.port(), quick, {.questions_per_second = 100});
  for (int i = 0; i < 35; ++i) panel->ask({0, name("ok.h" + std::to_string(i) + ".test"), RrType::PTR});
  const auto begin = std::chrono::steady_clock::now();
  collect(*panel, 35);
  const auto took = std::chrono::steady_clock::now() - begin;
  CHECK(took > milliseconds(250));  // five at once, thirty at 10 ms each
  CHECK(took < milliseconds(1500));
}

TEST_CASE("the same over IPv6") {
  FaultServer server({.ipv6 = true});
  const auto panel = forward(server.port(), patient, {.mix_case = true, .address = "::1"});
  for (int i = 0; i < 1000; ++i) panel->ask({0, name("ok.h" + std::to_string(i) + ".test"), RrType::PTR});
  for (const auto& fact : collect(*panel, 1000)) {
    CHECK(fact.outcome == Outcome::answer);
    CHECK(fact.server == "::1#" + std::to_string(server.port()));
    CHECK(fact.tries == 1);
  }
  CHECK(server.source_ports() >= 1);
  const auto truncated = ask(*panel, "tc.test");
  CHECK(truncated.targets().size() == 200);
  CHECK(truncated.truncated);
  CHECK(ask(*panel, "nxdomain.test").outcome == Outcome::nxdomain);
  CHECK(ask(*panel, "forged.test").targets() == std::vector{name("good.test")});
  const auto impatient = forward(server.port(), quick, {.address = "::1"});
  CHECK(ask(*impatient, "othersource.test").outcome == Outcome::timeout);
  std::uint16_t gone;
  {
    FaultServer left({.ipv6 = true});
    gone = left.port();
  }
  CHECK(ask(*forward(gone, quick, {.address = "::1"}), "ok.test").outcome == Outcome::unreachable);
}

TEST_CASE("facts come from run_once, and only what there is time for") {
  FaultServer server;
  const auto panel = forward(server.port());
  std::size_t delivered = 0;
  panel->set_sink([&](Fact&&) { ++delivered; });
  CHECK(panel->run_once(milliseconds(0)) == 0);
  panel->ask({0, name("ok.test"), RrType::PTR});
  CHECK(delivered == 0);
  CHECK(panel->run_once(milliseconds(2000)) == 1);
  CHECK(delivered == 1);
  const auto begin = std::chrono::steady_clock::now();
  CHECK(panel->run_once(milliseconds(30)) == 0);
  CHECK(std::chrono::steady_clock::now() - begin >= milliseconds(29));
}
