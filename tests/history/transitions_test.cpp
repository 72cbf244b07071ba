// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "history/history.h"

using namespace rdnsgate;
using namespace rdnsgate::history;

namespace {

Time minute(int count) { return Time(seconds(1'800'000'000 + 60 * count)); }

Seen finding(const std::string& fingerprint, const std::string& observed = "none") {
  Seen seen;
  seen.fingerprint = fingerprint;
  seen.rule = "ptr-missing";
  seen.severity = Severity::error;
  seen.vantages = {"a", "b"};
  seen.target = {audit::TargetKind::address, "192.0.2.1"};
  seen.observed = observed;
  return seen;
}

Seen unclear(std::vector<std::string> vantages, bool settled) {
  auto seen = finding("?");
  seen.certainty = audit::Certainty::inconclusive;
  seen.vantages = std::move(vantages);
  seen.settled = settled;
  return seen;
}

/// Looks one after the other, a minute each, and says what they told: `1 opened since 0`.
class Watcher {
 public:
  explicit Watcher(Policy policy) : policy_(policy) {}

  std::string look(const std::vector<Seen>& seen, bool whole = true, std::vector<audit::Target> judged = {}) {
    Run run;
    run.id = "run" + std::to_string(count_);
    run.finished_at = jump_ ? minute(jump_) : minute(count_);
    run.whole = whole;
    run.judged = std::move(judged);
    run.latency = latency;
    auto step = transitions(tracks, run, seen, policy_);
    tracks = std::move(step.tracks);
    told = std::move(step.transitions);
    std::string text;
    for (const auto& one : told) {
      CHECK(one.since <= one.at);
      CHECK(one.run == run.id);
      text += (text.empty() ? "" : ", ") + one.finding.fingerprint + " " + std::string(to_string(one.kind)) +
              " since " + std::to_string((one.since - minute(0)).count() / 60);
    }
    ++count_;
    return text;
  }
  void jump_to(int minute) { jump_ = minute; }

  std::vector<Track> tracks;
  std::vector<Transition> told;
  std::vector<Latency> latency;

 private:
  Policy policy_;
  int count_ = 0, jump_ = 0;
};

}  // namespace

TEST_CASE("one look is enough where one is asked for") {
  Watcher watcher({1, 1});
  CHECK(watcher.look({}) == "");
  CHECK(watcher.look({finding("f")}) == "f opened since 1");
  CHECK(watcher.look({finding("f")}) == "");
  REQUIRE(watcher.tracks.size() == 1);
  CHECK_FALSE(watcher.tracks[0].is_doubtful());
  CHECK(watcher.look({}) == "f recovered since 3");
  CHECK(watcher.told[0].lasted() == seconds(120));
  CHECK(watcher.tracks.empty());
  CHECK(watcher.look({}) == "");
}

TEST_CASE("two of three: nothing flaps, and since is the first look that showed it") {
  Watcher watcher({2, 3});
  CHECK(watcher.look({finding("f")}) == "");
  REQUIRE(watcher.tracks.size() == 1);
  CHECK(watcher.tracks[0].is_doubtful());
  CHECK_FALSE(watcher.tracks[0].open);
  CHECK(watcher.look({}) == "");
  CHECK(watcher.look({finding("f")}) == "f opened since 0");
  CHECK_FALSE(watcher.tracks[0].is_doubtful());
  CHECK(watcher.look({}) == "");
  CHECK(watcher.tracks[0].is_doubtful());
  CHECK(watcher.look({finding("f")}) == "");
  CHECK(watcher.look({finding("f")}) == "");
  CHECK(watcher.look({finding("f")}) == "");
  CHECK_FALSE(watcher.tracks[0].is_doubtful());
  CHECK(watcher.look({}) == "");
  CHECK(watcher.look({finding("f")}) == "");
  CHECK(watcher.look({}) == "f recovered since 7");
  CHECK(watcher.told[0].lasted() == seconds(420));
}

TEST_CASE("seen once in each three looks opens nothing") {
  Watcher watcher({2, 3});
  for (int round = 0; round < 5; ++round) {
    CHECK(watcher.look({finding("f")}) == "");
    CHECK(watcher.look({}) == "");
    CHECK(watcher.look({}) == "");
  }
  CHECK(watcher.look({}) == "");
  CHECK(watcher.tracks.empty());
}

TEST_CASE("an inconclusive look is neither") {
  Watcher watcher({1, 1});
  SUBCASE("and opens nothing") {
    CHECK(watcher.look({unclear({"a"}, false)}) == "");
    CHECK(watcher.tracks.empty());
  }
  SUBCASE("where it stands in place of a verdict") {
    watcher.look({finding("f")});
    CHECK(watcher.look({unclear({"c"}, false)}) == "");
    CHECK_FALSE(watcher.tracks[0].steady);
    CHECK(watcher.tracks[0].last_seen == minute(0));
    CHECK(watcher.look({}) == "f recovered since 2");
  }
  SUBCASE("where all that saw it failed") {
    watcher.look({finding("f")});
    CHECK(watcher.look({unclear({"a", "b", "c"}, true)}) == "");
  }
  SUBCASE("but another that saw it and answers now is a look") {
    watcher.look({finding("f")});
    CHECK(watcher.look({unclear({"a"}, true)}) == "f recovered since 1");
  }
  SUBCASE("nor does it count against two of three") {
    Watcher two({2, 2});
    two.look({finding("f")});
    CHECK(two.look({unclear({"a"}, false)}) == "");
    CHECK(two.look({finding("f")}) == "f opened since 0");
  }
  SUBCASE("of another subject it says nothing") {
    watcher.look({finding("f")});
    auto other = unclear({"a"}, false);
    other.target.id = "192.0.2.2";
    CHECK(watcher.look({other}) == "f recovered since 1");
  }
}

TEST_CASE("whoever got no answer had no look at anything") {
  const auto asked = [](const std::string& name, bool answers) {
    return Latency{name, "", "", 10, answers ? 1u : 8u, 2, 1, 1, 1};
  };
  Watcher watcher({1, 1});
  watcher.latency = {asked("a", true), asked("b", true)};
  auto offline = finding("g");
  offline.vantages.clear();
  CHECK(watcher.look({finding("f"), offline}) == "f opened since 0, g opened since 0");
  SUBCASE("all of them: an outage recovers nothing that was asked about") {
    watcher.latency = {asked("a", false), asked("b", false)};
    CHECK(watcher.look({}) == "g recovered since 1");
    watcher.latency = {asked("a", true), asked("b", true)};
    CHECK(watcher.look({offline}) == "g opened since 2, f recovered since 2");
  }
  SUBCASE("a zone that nobody answers for is no vantage that is silent") {
    auto of_zone = asked("a", false);
    of_zone.zone = "2.0.192.in-addr.arpa";
    auto other = of_zone;
    other.vantage = "b";
    watcher.latency = {asked("a", true), of_zone, asked("b", true), other};
    CHECK(watcher.look({offline}) == "f recovered since 1");
  }
  SUBCASE("one that saw it answers") {
    watcher.latency = {asked("a", false), asked("b", true)};
    CHECK(watcher.look({}) == "f recovered since 1, g recovered since 1");
  }
  SUBCASE("only one answers that did not see it") {
    watcher.latency = {asked("a", false), asked("b", false), asked("c", true)};
    CHECK(watcher.look({offline}) == "");
  }
  SUBCASE("one that saw it is not asked any more, and the other is silent") {
    watcher.latency = {asked("a", false), asked("c", true)};
    CHECK(watcher.look({offline}) == "");
  }
  SUBCASE("those that saw it are not asked any more") {
    watcher.latency = {asked("c", false)};
    CHECK(watcher.look({offline}) == "");
    watcher.latency = {asked("c", true)};
    CHECK(watcher.look({offline}) == "f recovered since 2");
  }
}

TEST_CASE("a look at a part says nothing of the rest") {
  Watcher watcher({1, 1});
  auto other = finding("g");
  other.target.id = "192.0.2.2";
  watcher.look({finding("f"), other});
  CHECK(watcher.look({}, false) == "");
  CHECK(watcher.tracks[0].steady);
  CHECK(watcher.look({}, false, {other.target}) == "g recovered since 2");
  CHECK(watcher.look({other}, false, {other.target}) == "g opened since 3");
}

TEST_CASE("what was observed changes when it was seen often enough") {
  Watcher one({1, 1});
  one.look({finding("f", "x")});
  CHECK(one.look({finding("f", "y")}) == "f changed since 1");
  REQUIRE(one.told[0].before);
  CHECK(one.told[0].before->observed == "x");
  CHECK(one.told[0].before->opened_at == minute(0));
  CHECK(one.told[0].finding.observed == "y");

  Watcher two({2, 3});
  two.look({finding("f", "x")});
  two.look({finding("f", "x")});
  CHECK(two.look({finding("f", "y")}) == "");
  CHECK(two.tracks[0].is_doubtful());
  CHECK(two.look({finding("f", "x")}) == "");
  CHECK(two.look({finding("f", "y")}) == "");
  CHECK(two.look({}) == "");
  CHECK(two.look({finding("f", "y")}) == "f changed since 4");
}

TEST_CASE("a waiver is told at once, and what it waives is open still") {
  Watcher watcher({2, 3});
  watcher.look({finding("f")});
  watcher.look({finding("f")});
  auto waived = finding("f");
  waived.status = audit::Status::waived;
  CHECK(watcher.look({waived}) == "f changed since 2");
  CHECK(watcher.told[0].finding.status == audit::Status::waived);
  CHECK(watcher.told[0].before->status == audit::Status::open);
  CHECK(watcher.look({waived}) == "");

  Watcher fresh({1, 1});
  CHECK(fresh.look({waived}) == "f opened since 0");
  CHECK(fresh.told[0].finding.status == audit::Status::waived);
}

TEST_CASE("where it is declared may move without a word") {
  Watcher watcher({1, 1});
  watcher.look({finding("f")});
  auto moved = finding("f");
  moved.line = 7;
  moved.vantages = {"b"};
  CHECK(watcher.look({moved}) == "");
  CHECK(watcher.tracks[0].finding.line == 7);
}

TEST_CASE("a clock that jumps back makes nothing negative") {
  Watcher watcher({2, 2});
  watcher.jump_to(100);
  watcher.look({finding("f")});
  watcher.jump_to(50);
  CHECK(watcher.look({finding("f")}) == "f opened since 50");
  watcher.jump_to(20);
  watcher.look({});
  CHECK(watcher.look({}) == "f recovered since 20");
  CHECK(watcher.told[0].lasted() == seconds(0));
}

TEST_CASE("policies that make no sense are refused") {
  CHECK(check({1, 1}));
  CHECK(check({2, 3}));
  CHECK_FALSE(check({0, 1}));
  CHECK_FALSE(check({3, 2}));
  CHECK_FALSE(check({1, max_window + 1}));
}

TEST_CASE("ids of runs are random") {
  const auto id = new_run_id();
  CHECK(id.size() == 32);
  CHECK(id.find_first_not_of("0123456789abcdef") == std::string::npos);
  CHECK(new_run_id() != id);
}
