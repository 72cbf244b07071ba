// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/engine/private_reverse.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace rdnsgate;
using namespace rdnsgate::dns;
using audit::PrivateReverse;

namespace {

Name name(std::string_view text) { return Name::parse(text).value(); }

RRset soa(const Name& owner, std::string_view mname) {
  return {owner, RrType::SOA, 300, {name(mname).wire() + name("h.example").wire() + std::string(20, '\1')}};
}

std::vector<VantageInfo> vantages() {
  std::vector<VantageInfo> made{{"walk", VantageKind::recursive, "us"},
                                {"office", VantageKind::forward, "us"}};
  made[1].internal = true;
  return made;
}

/// What is found where each question is answered so.
template <typename Answer>
std::vector<Name> leaks_where(Answer answer) {
  const auto all = vantages();
  PrivateReverse looking(all);
  CHECK(looking.questions().size() == 18);
  for (const auto& question : std::vector(looking.questions())) {
    CHECK_FALSE(looking.complete());
    Fact fact;
    fact.question = question;
    answer(fact);
    CHECK(looking.take(fact));
  }
  CHECK(looking.complete());
  CHECK(looking.leaks(0).empty());
  return looking.leaks(1);
}

}  // namespace

TEST_CASE("private reverse: only internal vantages are asked, and only their answers taken") {
  const auto all = vantages();
  PrivateReverse looking(all);
  for (const auto& question : looking.questions()) CHECK(question.vantage == 1);
  Fact other;
  other.question = {1, name("2.0.192.in-addr.arpa"), RrType::SOA};
  CHECK_FALSE(looking.take(other));
  CHECK(PrivateReverse(std::span(all).first(1)).complete());
}

TEST_CASE("private reverse: the SOA record of AS112 tells, beside an answer or a denial") {
  const auto found = leaks_where([](Fact& fact) {
    const bool leaks = fact.question.name == name("10.in-addr.arpa");
    fact.outcome = Outcome::answer;
    fact.answer = {soa(fact.question.name, leaks ? "Prisoner.IANA.org" : "localhost")};
  });
  CHECK(found == std::vector{name("10.in-addr.arpa")});
  CHECK(leaks_where([](Fact& fact) {
          fact.outcome = Outcome::nodata;
          fact.soa = soa(name("empty.as112.arpa"), "blackhole.as112.arpa");
        }).size() == 18);
}

TEST_CASE("private reverse: an own denial, one without a record, and every failing outcome say nothing") {
  for (const auto outcome :
       {Outcome::nxdomain, Outcome::nodata, Outcome::servfail, Outcome::refused, Outcome::timeout,
        Outcome::unreachable, Outcome::bogus, Outcome::malformed, Outcome::unanswered}) {
    CAPTURE(to_string(outcome));
    CHECK(leaks_where([=](Fact& fact) { fact.outcome = outcome; }).empty());
    CHECK(leaks_where([=](Fact& fact) {
            fact.outcome = outcome;
            if (!is_negative(outcome)) fact.answer = {soa(fact.question.name, "prisoner.iana.org")};
          }).empty());
  }
}
