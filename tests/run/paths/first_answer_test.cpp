// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/paths/first_answer.h"

#include <doctest/doctest.h>

#include <map>

#include "dns/facts/collect.h"

using namespace rdnsgate;
using namespace rdnsgate::run;
using dns::Outcome;

namespace {

/// Answers each question at a vantage as it is told to.
struct Told : dns::Panel {
  std::vector<dns::VantageInfo> all{{"first"}, {"second"}, {"inside", dns::VantageKind::forward, "", true}};
  std::map<dns::VantageIndex, Outcome> outcomes;
  std::vector<dns::Question> asked, open;
  dns::FactSink sink;

  const std::vector<dns::VantageInfo>& vantages() const override { return all; }
  void set_sink(dns::FactSink to) override { sink = std::move(to); }
  std::size_t room(dns::VantageIndex) const override { return 100; }
  void ask(const dns::Question& question) override {
    asked.push_back(question);
    open.push_back(question);
  }
  std::size_t run_once(milliseconds) override {
    auto now = std::move(open);
    open.clear();
    for (const auto& question : now) {
      dns::Fact fact;
      fact.question = question;
      fact.outcome = outcomes[question.vantage];
      fact.server = all[question.vantage].name;
      sink(std::move(fact));
    }
    return now.size();
  }
};

std::string answer(Told& told, dns::FactStore& kept) {
  const auto name = dns::Name::parse("mx1.example.com").value();
  FirstAnswerPanel panel(told, asking_order(told.all, 0), kept);
  dns::FactStore facts;
  std::string said;
  const auto read = [&](dns::FactDesk& desk) {
    if (const auto* fact = desk.get(name, dns::RrType::A))
      said = fact->server + " " + std::string(to_string(fact->outcome));
  };
  REQUIRE(dns::collect(panel, 0, facts, read, seconds(5)));
  return said;
}

}  // namespace

TEST_CASE("who can say is asked, one after the other") {
  for (const auto failure : {Outcome::servfail, Outcome::refused, Outcome::timeout, Outcome::unreachable,
                             Outcome::bogus, Outcome::malformed, Outcome::unanswered}) {
    Told told;
    dns::FactStore kept;
    told.outcomes = {{0, failure}, {1, Outcome::nxdomain}};
    CHECK(answer(told, kept) == "second nxdomain");
    CHECK(kept.size() == 2);
    told.outcomes = {{0, failure}, {1, Outcome::servfail}};
    CHECK(answer(told, kept) == "first " + std::string(to_string(failure)));
  }
}

TEST_CASE("an answer of the first is the answer, and a view from inside is none") {
  Told told;
  dns::FactStore kept;
  for (const auto outcome : {Outcome::answer, Outcome::nodata, Outcome::nxdomain}) {
    told.outcomes = {{0, outcome}, {1, Outcome::answer}};
    CHECK(answer(told, kept) == "first " + std::string(to_string(outcome)));
  }
  CHECK(told.asked.size() == 3);
  told.outcomes = {{0, Outcome::timeout}, {1, Outcome::timeout}, {2, Outcome::answer}};
  CHECK(answer(told, kept) == "first timeout");
  for (const auto& question : told.asked) CHECK(question.vantage != 2);
}
