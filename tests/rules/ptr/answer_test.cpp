// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/several.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::RrType;

namespace {

constexpr auto reverse = "10.2.9.185.in-addr.arpa";

World with_alias_beside() {
  return good_world().change(reverse, RrType::PTR, [](dns::Fact& fact) { fact.alias_beside = true; });
}

World with_other_owner(bool authoritative = true) {
  return good_world()
      .fail(reverse, RrType::PTR, Outcome::malformed)
      .change(reverse, RrType::PTR, [authoritative](dns::Fact& fact) {
        fact.other_owner = true;
        fact.authoritative = authoritative;
        fact.reason = "the answer holds a record of mx1.corp-mail.net, to which the question does not lead";
      });
}

}  // namespace

TEST_CASE("ptr-cname-coexist: one answer with both") {
  const auto said = run(good_estate(), with_alias_beside());
  CHECK(said.lines == std::vector<std::string>{"ptr-cname-coexist 185.9.2.10"});
  CHECK(said.sentence("ptr-cname-coexist 185.9.2.10") ==
        "10.2.9.185.in-addr.arpa has a PTR record and a CNAME record");
  CHECK(report(good_estate(), {walk(with_alias_beside())}).says("ptr-cname-coexist 185.9.2.10 confirmed"));
}

TEST_CASE("ptr-cname-coexist: an alias alone is none, and neither is a failed look-up") {
  const auto alias = good_world().cname(reverse, "10.0-63.2.9.185.in-addr.arpa");
  CHECK(run(good_estate(), alias).silent_about("ptr-cname-coexist"));
  for (const auto outcome : {Outcome::timeout, Outcome::servfail, Outcome::refused, Outcome::malformed})
    CHECK(run(good_estate(), with_alias_beside().fail_ptr("185.9.2.10", outcome))
              .silent_about("ptr-cname-coexist"));
}

TEST_CASE("ptr-answer-other-owner: proven by who asks the servers, and said in place of a failed look-up") {
  const auto said = run(good_estate(), with_other_owner());
  CHECK(said.sentence("ptr-answer-other-owner 185.9.2.10") ==
        "the answer for 10.2.9.185.in-addr.arpa is about another name: the answer holds a record of "
        "mx1.corp-mail.net, to which the question does not lead");
  CHECK(said.silent_about("ptr-lookup-failed"));
  CHECK(
      report(good_estate(), {walk(with_other_owner())}).says("ptr-answer-other-owner 185.9.2.10 confirmed"));
  // A resolver may be at fault itself: it is one more failure.
  const auto doubted = report(good_estate(), {resolver("a", with_other_owner(false))});
  CHECK(doubted.says("ptr-lookup-failed 185.9.2.10 inconclusive"));
  CHECK(doubted.silent_about("ptr-answer-other-owner"));
}

TEST_CASE("ptr-answer-other-owner: any other failure is inconclusive") {
  CHECK(run(good_estate(), good_world()).silent_about("ptr-"));
  for (const auto outcome : {Outcome::timeout, Outcome::servfail, Outcome::refused, Outcome::malformed}) {
    const auto said = run(good_estate(), good_world().fail_ptr("185.9.2.10", outcome));
    CHECK(said.silent_about("ptr-answer-other-owner"));
    CHECK(said.says("ptr-lookup-failed 185.9.2.10 (inconclusive)"));
  }
}
