// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <array>

#include "rules/registry.h"
#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;

namespace {

constexpr std::array failures{Outcome::servfail, Outcome::refused,   Outcome::timeout,   Outcome::unreachable,
                              Outcome::bogus,    Outcome::malformed, Outcome::unanswered};

/// The only rules that may speak of a question that failed, and only to say that nothing is known.
bool may_be_inconclusive(std::string_view id) {
  return id.ends_with("-lookup-failed") || id.ends_with("-temperror");
}

/// A bogus answer is one that cannot be used, but who asks whether a zone validates has the answer.
bool is_the_news(std::string_view id, Outcome outcome) {
  return outcome == Outcome::bogus && id.starts_with("dnssec-bogus");
}

void check_no_finding(const Said& said, Outcome outcome) {
  for (const auto& draft : said.drafts) {
    const auto id = rules::registry()[draft.rule].info.id;
    if (is_the_news(id, outcome)) continue;
    CAPTURE(id);
    CAPTURE(draft.target.id);
    CAPTURE(draft.observed);
    CHECK(draft.inconclusive);
    CHECK(may_be_inconclusive(id));
  }
}

}  // namespace

TEST_CASE("when every question fails, nothing is found and something is said to be unknown") {
  for (const auto outcome : failures) {
    CAPTURE(dns::to_string(outcome));
    const auto said = run(good_estate(), good_world().fail_all(outcome));
    check_no_finding(said, outcome);
    CHECK(said.says("ptr-lookup-failed 185.9.2.10 (inconclusive)"));
  }
}

TEST_CASE("when one question fails where all else is right, nothing is found") {
  const auto questions = run(good_estate(), good_world()).questions;
  REQUIRE(questions.size() >= 12);
  for (const auto& question : questions) {
    const auto& owner = question.first;
    const auto type = question.second;
    for (const auto outcome : failures) {
      CAPTURE(owner.text());
      CAPTURE(dns::to_string(type));
      CAPTURE(dns::to_string(outcome));
      check_no_finding(run(good_estate(), good_world().fail(owner.text(), type, outcome)), outcome);
    }
  }
}

TEST_CASE("when one question fails where much is wrong, no finding is new") {
  const auto wrong_world = [] {
    World world;
    world.zone("2.9.185.in-addr.arpa").zone("corp-mail.net");
    world.ptr("185.9.2.10", {"old.corp-mail.net", "mx1.corp-mail.net"})
        .ptr("2a92::10", {"old.corp-mail.net"});
    world.ptr("185.9.2.11", {"185-9-2-11.dyn.isp.net"}).a("mx2.corp-mail.net", {"10.0.0.1", "185.9.2.77"});
    world.a("old.corp-mail.net", {"185.9.2.99"}).aaaa("mx1.corp-mail.net", {"2a92::99"});
    world.cname("40.2.9.185.in-addr.arpa", "40.0-63.2.9.185.in-addr.arpa");
    world.cname("out-b.corp-mail.net", "out-a.corp-mail.net").ptr("185.9.2.41", {"out-b.corp-mail.net"});
    return world;
  };
  const auto whole = run(good_estate(), wrong_world());
  for (const auto& question : whole.questions) {
    const auto& owner = question.first;
    const auto type = question.second;
    for (const auto outcome : failures) {
      CAPTURE(owner.text());
      CAPTURE(dns::to_string(type));
      CAPTURE(dns::to_string(outcome));
      const auto said = run(good_estate(), wrong_world().fail(owner.text(), type, outcome));
      for (const auto& line : said.lines) {
        CAPTURE(line);
        CHECK((line.ends_with("(inconclusive)") || whole.says(line) || is_the_news(line, outcome)));
      }
    }
  }
}
