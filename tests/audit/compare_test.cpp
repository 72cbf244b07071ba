// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/compare.h"

#include <doctest/doctest.h>

using namespace rdnsgate;
using namespace rdnsgate::audit;

namespace {

const std::vector<dns::VantageInfo> three{{"a", dns::VantageKind::forward, "one"},
                                          {"b", dns::VantageKind::forward, "one"},
                                          {"c", dns::VantageKind::forward, "two"}};

Draft draft(bool inconclusive, std::string observed = {}) {
  return {0, inconclusive, {TargetKind::address, "192.0.2.1"}, {}, {.expected = "x", .observed = std::move(observed)}};
}

struct Said {
  bool finding = false, failed = false, authoritative = false, complete = true;
};

std::vector<Compared> join(std::vector<Said> said) {
  std::vector<Judgement> judgements;
  for (const auto& one : said) {
    Judgement judgement;
    if (one.finding) judgement.drafts.push_back(draft(false));
    if (one.failed) judgement.drafts.push_back(draft(true));
    judgement.authoritative = one.authoritative;
    judgement.complete = one.complete;
    judgement.expires_at = Time(std::chrono::seconds(100));
    judgements.push_back(std::move(judgement));
  }
  return compare(judgements, std::span(three).first(said.size()));
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

TEST_CASE("a failure blocks the verdict only where nobody else can stand in for it") {
  CHECK(join({{.failed = true}})[0].unanswered_everywhere);
  CHECK(join({{.failed = true}, {}})[0].unanswered_everywhere);
  CHECK_FALSE(join({{.failed = true}, {.authoritative = true}})[0].unanswered_everywhere);
  CHECK_FALSE(join({{.failed = true}, {}, {}})[0].unanswered_everywhere);
}

TEST_CASE("a vantage that lacks an answer is no witness that all is well, whether it says so or not") {
  const auto joined = join({{.finding = true}, {.authoritative = true, .complete = false}, {.finding = true}});
  REQUIRE(joined.size() == 1);
  CHECK(joined[0].certainty == Certainty::confirmed);
  CHECK(joined[0].scope == Scope::universal);
  CHECK(join({{.failed = true}, {.authoritative = true, .complete = false}})[0].unanswered_everywhere);
  CHECK(join({{.failed = true}, {.complete = false}, {}})[0].unanswered_everywhere);
}

TEST_CASE("different observations stay apart") {
  std::vector<Judgement> judgements(2);
  judgements[0].drafts.push_back(draft(false, "old.example"));
  judgements[1].drafts.push_back(draft(false, "other.example"));
  CHECK(compare(judgements, std::span(three).first(2)).size() == 2);
}
