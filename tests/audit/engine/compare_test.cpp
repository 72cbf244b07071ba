// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/engine/compare.h"

#include <doctest/doctest.h>

using namespace rdnsgate;
using namespace rdnsgate::audit;

namespace {

const std::vector<dns::VantageInfo> three{{"a", dns::VantageKind::forward, "one"},
                                          {"b", dns::VantageKind::forward, "one"},
                                          {"c", dns::VantageKind::forward, "two"}};

constexpr Time at(int seconds) { return Time(std::chrono::seconds(seconds)); }

/// What a vantage's facts were worth, and what it said.
struct Said {
  bool finding = false, failed = false, authoritative = false, stale = false;
  bool answered = !failed;
  int expires = 100;
  bool has_source = authoritative;
  std::string observed = {};
};

Judgement judgement_of(const Said& said) {
  const Grounds grounds{said.answered, said.authoritative, said.has_source, said.stale, at(said.expires)};
  Judgement judgement;
  judgement.grounds.fill(grounds);
  if (said.finding || said.failed) {
    judgement.drafts.push_back(
        {0, said.failed, {TargetKind::address, "192.0.2.1"}, {}, {}, {}, Basis::ptr, grounds});
    judgement.drafts.back().expected = "x";
    judgement.drafts.back().observed = said.observed;
  }
  return judgement;
}

std::vector<Compared> join(const std::vector<Said>& said, Quorum quorum = Quorum::any) {
  std::vector<Judgement> judgements;
  for (const auto& one : said) judgements.push_back(judgement_of(one));
  return compare(judgements, std::span(three).first(said.size()), quorum);
}

}  // namespace

TEST_CASE("one resolver alone confirms nothing") {
  const auto joined = join({{.finding = true}});
  REQUIRE(joined.size() == 1);
  CHECK(joined[0].certainty == Certainty::inconclusive);
  CHECK(joined[0].scope == Scope::universal);
}

TEST_CASE("an authoritative answer confirms") {
  CHECK(join({{.finding = true, .authoritative = true}})[0].certainty == Certainty::confirmed);
}

TEST_CASE("two resolvers of one operator are one voice, of two operators they confirm") {
  CHECK(join({{.finding = true}, {.finding = true}})[0].certainty == Certainty::inconclusive);
  const auto joined = join({{.finding = true}, {}, {.finding = true}});
  CHECK(joined[0].certainty == Certainty::confirmed);
  CHECK(joined[0].scope == Scope::isolated);
  CHECK(joined[0].vantages == std::vector<dns::VantageIndex>{0, 2});
}

TEST_CASE("what caches show while the source is right is transient, with the moment that it clears") {
  const auto joined = join({{.finding = true}, {.authoritative = true}, {.finding = true}});
  CHECK(joined[0].certainty == Certainty::transient);
  CHECK(joined[0].clears_at == Time(std::chrono::seconds(100)));
}

TEST_CASE("what the source shows is confirmed even where a cache is not there yet") {
  const auto joined = join({{.finding = true, .authoritative = true}, {}});
  CHECK(joined[0].certainty == Certainty::confirmed);
  CHECK(joined[0].scope == Scope::isolated);
}

TEST_CASE("a vantage that failed is not counted among those that saw nothing") {
  const auto joined = join({{.finding = true, .authoritative = true}, {.failed = true}});
  REQUIRE(joined.size() == 2);
  CHECK(joined[0].scope == Scope::universal);
  CHECK(joined[0].certainty == Certainty::confirmed);
  CHECK(joined[1].certainty == Certainty::inconclusive);
}

TEST_CASE("a failure is settled by whoever had the answers, and by more of them where more is asked for") {
  const auto blocked = [](const std::vector<Said>& said) {
    std::vector<bool> by_quorum;
    for (const auto quorum : {Quorum::any, Quorum::confirmed, Quorum::all})
      by_quorum.push_back(join(said, quorum)[0].unanswered_everywhere);
    return by_quorum;
  };
  using Blocked = std::vector<bool>;
  CHECK(blocked({{.failed = true}}) == Blocked{true, true, true});
  CHECK(blocked({{.failed = true}, {}}) == Blocked{false, true, true});
  CHECK(blocked({{.failed = true}, {}, {}}) == Blocked{false, false, true});
  CHECK(blocked({{.failed = true}, {.authoritative = true}}) == Blocked{false, false, true});
  // Nobody: it failed as well, it had no answer, or one that had run out.
  CHECK(blocked({{.failed = true}, {.failed = true}}) == Blocked{true, true, true});
  CHECK(blocked({{.failed = true}, {.answered = false}}) == Blocked{true, true, true});
  CHECK(blocked({{.failed = true}, {.stale = true}}) == Blocked{true, true, true});
}

TEST_CASE("what one vantage alone finds wrong stays unconfirmed, however many failed beside it") {
  for (const auto quorum : {Quorum::any, Quorum::confirmed, Quorum::all}) {
    const auto joined = join({{.finding = true}, {}, {.failed = true}}, quorum);
    REQUIRE(joined.size() == 2);
    CHECK(joined[0].certainty == Certainty::inconclusive);
  }
}

TEST_CASE("a vantage that lacks an answer is no witness that all is well, whether it says so or not") {
  const auto joined =
      join({{.finding = true}, {.authoritative = true, .answered = false}, {.finding = true}});
  REQUIRE(joined.size() == 1);
  CHECK(joined[0].certainty == Certainty::confirmed);
  CHECK(joined[0].scope == Scope::universal);
  CHECK(join({{.failed = true}, {.authoritative = true, .answered = false}})[0].unanswered_everywhere);
  CHECK(join({{.failed = true}, {.answered = false}, {}}, Quorum::confirmed)[0].unanswered_everywhere);
}

TEST_CASE("different observations stay apart") {
  CHECK(join({{.finding = true, .observed = "old.example"}, {.finding = true, .observed = "other.example"}})
            .size() == 2);
}

TEST_CASE("of several caches the last to forget decides when a transient finding clears") {
  const auto joined =
      join({{.finding = true, .expires = 60}, {.authoritative = true}, {.finding = true, .expires = 300}});
  CHECK(joined[0].certainty == Certainty::transient);
  CHECK(joined[0].clears_at == at(300));
  const auto other =
      join({{.finding = true, .expires = 300}, {.authoritative = true}, {.finding = true, .expires = 60}});
  CHECK(other[0].clears_at == at(300));
}

TEST_CASE("where the source could not answer, what a cache shows is not transient") {
  const auto joined = join({{.finding = true}, {.failed = true, .authoritative = true}});
  REQUIRE(joined.size() == 2);
  CHECK(joined[0].certainty == Certainty::inconclusive);
  CHECK_FALSE(joined[0].clears_at);
}

TEST_CASE("where the source lacked an answer that only this rule asked for, its silence means nothing") {
  std::vector judgements{judgement_of({.finding = true}), judgement_of({.authoritative = true})};
  judgements[1].hindered = {7};
  CHECK(compare(judgements, std::span(three).first(2), Quorum::any)[0].certainty == Certainty::transient);
  judgements[1].hindered = {7, 0};
  CHECK(compare(judgements, std::span(three).first(2), Quorum::any)[0].certainty == Certainty::inconclusive);
}

TEST_CASE("what the source lacks for other rules is no matter") {
  std::vector judgements{judgement_of({.finding = true}), judgement_of({.authoritative = true})};
  judgements[1].grounds[static_cast<std::size_t>(Basis::helo)].answered = false;
  CHECK(compare(judgements, std::span(three).first(2), Quorum::any)[0].certainty == Certainty::transient);
}

TEST_CASE("a finding with an authoritative answer under it is never transient") {
  const auto joined = join({{.finding = true, .has_source = true}, {.authoritative = true}});
  CHECK(joined[0].certainty == Certainty::inconclusive);
  CHECK_FALSE(joined[0].clears_at);
}

TEST_CASE("a stale answer confirms nothing, and is no second operator") {
  CHECK(join({{.finding = true}, {}, {.finding = true, .stale = true}})[0].certainty ==
        Certainty::inconclusive);
  CHECK(join({{.failed = true}, {}, {.stale = true}}, Quorum::confirmed)[0].unanswered_everywhere);
}

TEST_CASE("a stale answer beside a source that is right is transient, for nobody knows how long") {
  const auto joined = join({{.finding = true, .stale = true}, {.authoritative = true}});
  CHECK(joined[0].certainty == Certainty::transient);
  CHECK_FALSE(joined[0].clears_at);
}
