// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/spf/spf_evaluate.h"

#include <doctest/doctest.h>

#include "mailauth/world.h"

using namespace rdnsgate;
using namespace rdnsgate::mailauth;
using namespace rdnsgate::mailauth::test;
using dns::RrType;

TEST_CASE("each mechanism lets its addresses through, and the first that matches decides") {
  SpfWorld world;
  world.txt("example.com",
            {"v=spf1 -ip4:192.0.2.66 ip4:192.0.2.64/28 a:mx1.example.com mx ?a:web.example.com/24 "
             "include:_spf.example.com ~all",
             "other text"});
  world.a("mx1.example.com", {"198.51.100.1", "2001:db8::1"});
  world.mx("example.com", {"mx2.example.com"});
  world.a("mx2.example.com", {"198.51.100.2"});
  world.a("web.example.com", {"203.0.113.80"});
  world.txt("_spf.example.com", {"v=spf1 ip6:2001:db8:1::/48 -all"});
  CHECK(world.check("192.0.2.65") == "pass");
  CHECK(world.check("192.0.2.66") == "fail");
  CHECK(world.check("198.51.100.1") == "pass");
  CHECK(world.check("198.51.100.2") == "pass");
  CHECK(world.check("203.0.113.1") == "neutral");
  CHECK(world.check("2001:db8::1") == "pass");
  // Two void lookups on the way: mx2 and web have no AAAA.
  CHECK(world.check("2001:db8::9") == "softfail");
  CHECK(world.check("2001:db8:1::5") == "pass");
  CHECK(world.check("198.51.100.3") == "softfail");
}

TEST_CASE("records that are none, or one too many") {
  SpfWorld world;
  world.txt("none.example", {"hello"});
  world.txt("two.example", {"v=spf1 +all", "v=spf1 -all"});
  world.txt("odd.example", {"v=spf1 +all foo"});
  world.txt("empty.example", {"v=spf1"});
  CHECK(world.check("192.0.2.1", "none.example") == "none");
  CHECK(world.check("192.0.2.1", "not.there.example") == "none");
  CHECK(world.check("192.0.2.1", "two.example") == "permerror");
  CHECK(world.check("192.0.2.1", "odd.example") == "permerror");
  CHECK(world.check("192.0.2.1", "empty.example") == "neutral");
}

TEST_CASE("redirect takes another record's word, and counts for nothing beside all") {
  SpfWorld world;
  world.txt("example.com", {"v=spf1 ip4:192.0.2.1 redirect=_spf.example.com"});
  world.txt("_spf.example.com", {"v=spf1 ip4:192.0.2.2 -all"});
  world.txt("both.example", {"v=spf1 redirect=_spf.example.com ~all"});
  world.txt("lost.example", {"v=spf1 redirect=nowhere.example"});
  CHECK(world.check("192.0.2.1") == "pass");
  CHECK(world.check("192.0.2.2") == "pass");
  CHECK(world.check("192.0.2.3") == "fail");
  CHECK(world.check("192.0.2.2", "both.example") == "softfail");
  CHECK(world.check("192.0.2.2", "lost.example") == "permerror");
}

TEST_CASE("an include without a record is an error, its fail is no match") {
  SpfWorld world;
  world.txt("example.com", {"v=spf1 include:fails.example include:missing.example +all"});
  world.txt("fails.example", {"v=spf1 -all"});
  CHECK(world.check("192.0.2.1") == "permerror");
}

TEST_CASE("ten lookups are allowed, and two of what does not exist") {
  SpfWorld world;
  std::string terms;
  for (int i = 0; i < 10; ++i) {
    terms += " a:h" + std::to_string(i) + ".example.com";
    world.a("h" + std::to_string(i) + ".example.com", {"192.0.2." + std::to_string(i)});
  }
  world.txt("example.com", {"v=spf1" + terms + " ip4:198.51.100.1 -all"});
  world.txt("more.example", {"v=spf1" + terms + " a:h1.example.com ip4:198.51.100.1 -all"});
  CHECK(world.check("198.51.100.1") == "pass");
  CHECK(world.check("198.51.100.1", "more.example") == "permerror");
  CHECK(world.check("192.0.2.3", "more.example") == "pass");
  world.txt("void.example", {"v=spf1 a:x.example.com a:y.example.com ip4:198.51.100.1 a:z.example.com -all"});
  CHECK(world.check("198.51.100.1", "void.example") == "pass");
  CHECK(world.check("198.51.100.2", "void.example") == "permerror");
  world.txt("loop.example", {"v=spf1 include:loop.example -all"});
  CHECK(world.check("198.51.100.2", "loop.example") == "permerror");
  const auto all =
      SpfEvaluator(world.asker())
          .exhaust(SpfWorld::who("192.0.2.3", "more.example"), dns::Name::parse("more.example").value());
  CHECK(all.lookups == 11);
  CHECK(all.results.is(SpfResult::permerror));
}

TEST_CASE("ptr and exists are evaluated as far as they can be") {
  SpfWorld world;
  world.txt("example.com", {"v=spf1 ptr -all"});
  world.ptr("192.0.2.1", {"mx.example.com"});
  world.a("mx.example.com", {"192.0.2.1"});
  world.ptr("192.0.2.2", {"mx.example.com"});
  CHECK(world.check("192.0.2.1") == "pass");
  CHECK(world.check("192.0.2.2") == "fail");
  world.txt("list.example", {"v=spf1 exists:%{i}.ok.example -all"});
  world.a("192.0.2.7.ok.example", {"127.0.0.2"});
  CHECK(world.check("192.0.2.7", "list.example") == "pass");
  CHECK(world.check("192.0.2.8", "list.example") == "fail");
  CHECK(world.evaluate("192.0.2.8", "list.example").by_address);
  world.txt("local.example", {"v=spf1 exists:%{l}.ok.example ip4:192.0.2.9 -all"});
  CHECK(world.check("192.0.2.8", "local.example") == "pass or fail");
  CHECK(world.evaluate("192.0.2.8", "local.example").unknown);
  CHECK(world.check("192.0.2.9", "local.example") == "pass");
}

TEST_CASE("a lookup that failed is no missing record, and one that nobody made is neither") {
  SpfWorld world;
  world.txt("example.com", {"v=spf1 a:mx.example.com ip4:192.0.2.1 -all"});
  CHECK(world.check("192.0.2.2") == "fail");
  world.state("mx.example.com", RrType::A, SpfLookup::State::failed);
  CHECK(world.check("192.0.2.1") == "temperror");
  world.state("mx.example.com", RrType::A, SpfLookup::State::unknown);
  CHECK(world.check("192.0.2.1") == "pass");
  CHECK(world.check("192.0.2.2") == "pass or fail");
  world.state("example.com", RrType::TXT, SpfLookup::State::unknown);
  CHECK(world.check("192.0.2.1") == "pass or fail");
}

TEST_CASE("every mix of versions that are about is looked at") {
  SpfWorld world;
  world.txt("example.com", {"v=spf1 a:mx1.example.com -all"});
  world.txt("example.com", {"v=spf1 a:mx2.example.com -all"});
  world.a("mx1.example.com", {"192.0.2.1"});
  world.a("mx2.example.com", {"192.0.2.1"});
  CHECK(world.check("192.0.2.1") == "pass");
  world.a("mx1.example.com", {});
  CHECK(world.check("192.0.2.1") == "pass or fail");
}

TEST_CASE("an explanation knows who received the message, and when") {
  SpfWorld world;
  world.txt("example.com", {"v=spf1 -all exp=why.example.com"});
  world.txt("why.example.com", {"%{r} at %{t}: %{R} %{c}"});
  CHECK(world.verdict("192.0.2.1", "joe@example.com") ==
        "fail: mx.receiver.example at 1700000000: mx.receiver.example 192.0.2.1");
  world.txt("long.example", {"v=spf1 -all exp=long-why.example"});
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "%{s} ";
  world.txt("long-why.example", {text});
  CHECK(world.verdict("192.0.2.1", "joe@long.example") == "fail");
}

TEST_CASE("what nobody asked yet is named, and the evaluation is made again") {
  SpfWorld world;
  world.txt("example.com", {"v=spf1 a:h.example.com mx include:_spf.example.com -all exp=why.example.com"});
  world.a("h.example.com", {"192.0.2.9"});
  world.mx("example.com", {"m1.example.com", "m2.example.com", "m3.example.com"});
  world.txt("_spf.example.com", {"v=spf1 ip4:192.0.2.2 ?all"});
  world.txt("why.example.com", {"from %{p}"});
  std::set<std::pair<dns::Name, RrType>> known;
  SpfEvaluator evaluator([&](const dns::Name& name, RrType type) -> SpfLookup {
    if (known.count({name, type}) == 0) return {SpfLookup::State::missing, {}};
    return world.answer(name, type);
  });
  const auto who = SpfWorld::who("192.0.2.1", "example.com");
  const auto domain = dns::Name::parse("example.com").value();
  std::vector<std::string> rounds;
  const auto note = [&](const std::vector<SpfOutcome::Missing>& missing) {
    std::string text;
    for (const auto& one : missing) {
      text += (text.empty() ? "" : ", ") + one.name.text() + " " + to_string(one.type);
      known.insert({one.name, one.type});
    }
    rounds.push_back(text);
  };
  SpfOutcome outcome;
  SpfReason reason;
  for (int i = 0; i < 20; ++i) {
    outcome = evaluator.evaluate(who, domain);
    if (!outcome.missing.empty()) {
      note(outcome.missing);
      continue;
    }
    reason = evaluator.explain(who, outcome, {});
    if (reason.missing.empty()) break;
    note(reason.missing);
  }
  // Those of one mx are asked for together: no answer to one makes another needless but a match.
  CHECK(rounds == std::vector<std::string>{"example.com TXT", "h.example.com A", "example.com MX",
                                           "m1.example.com A, m2.example.com A, m3.example.com A"});
  CHECK(outcome.results.text() == "permerror");
  CHECK(outcome.why == "more than 2 lookups of what does not exist");
  world.a("m1.example.com", {"198.51.100.1"});
  rounds.clear();
  for (int i = 0; i < 20; ++i) {
    outcome = evaluator.evaluate(who, domain);
    if (!outcome.missing.empty()) {
      note(outcome.missing);
      continue;
    }
    reason = evaluator.explain(who, outcome, {});
    if (reason.missing.empty()) break;
    note(reason.missing);
  }
  CHECK(rounds == std::vector<std::string>{"_spf.example.com TXT", "why.example.com TXT",
                                           "1.2.0.192.in-addr.arpa PTR"});
  CHECK(outcome.results.text() == "fail");
  CHECK(reason.text.value() == "from unknown");
}

TEST_CASE("a trace has each term, what it cost and where it stands") {
  SpfWorld world;
  world.txt("example.com", {"v=spf1 a:no.example.com include:_spf.example.com -all"});
  world.txt("_spf.example.com", {"v=spf1 mx ~all"});
  world.mx("_spf.example.com", {"m1.example.com"});
  world.a("m1.example.com", {"192.0.2.1"});
  SpfEvaluator evaluator(world.asker());
  std::vector<SpfRecordTrace> trace;
  const auto outcome = evaluator.evaluate(SpfWorld::who("192.0.2.1", "example.com"),
                                          dns::Name::parse("example.com").value(), &trace);
  CHECK(outcome.results.is(SpfResult::pass));
  CHECK(outcome.lookups == 3);
  CHECK(outcome.voids == 1);
  REQUIRE(trace.size() == 1);
  CHECK(trace[0].domain == "example.com");
  REQUIRE(trace[0].steps.size() == 3);
  const auto& first = trace[0].steps[0];
  CHECK(first.term == "a:no.example.com");
  CHECK(first.at == 7);
  CHECK(first.state == SpfStepTrace::State::no_match);
  CHECK(first.lookups == 1);
  CHECK(first.voids == 1);
  REQUIRE(first.questions.size() == 1);
  CHECK(first.questions[0].answer == "none");
  const auto& second = trace[0].steps[1];
  CHECK(second.state == SpfStepTrace::State::match);
  CHECK(second.lookups == 2);
  REQUIRE(second.records.size() == 1);
  CHECK(second.records[0].results.is(SpfResult::pass));
  REQUIRE(second.records[0].steps.size() == 2);
  REQUIRE(second.records[0].steps[0].questions.size() == 2);
  CHECK(second.records[0].steps[0].questions[0].answer == "m1.example.com");
  CHECK(second.records[0].steps[0].questions[1].answer == "192.0.2.1");
  CHECK(second.records[0].steps[1].state == SpfStepTrace::State::not_reached);
  CHECK(trace[0].steps[2].state == SpfStepTrace::State::not_reached);
}

TEST_CASE("hostile records end") {
  SpfWorld world;
  std::string many = "v=spf1";
  while (many.size() < 64'000) many += " ip4:192.0.2.1 x=%{l}";
  world.txt("many.example", {many + " -all"});
  CHECK(world.verdict("192.0.2.2", "joe@many.example") == "fail");
  std::string includes = "v=spf1";
  while (includes.size() < 64'000) includes += " include:loop.example";
  world.txt("loop.example", {includes});
  CHECK(world.verdict("192.0.2.2", "joe@loop.example") == "permerror");
  std::string names = "v=spf1 exists:";
  while (names.size() < 64'000) names += "%{l}.%{s}.";
  world.txt("names.example", {names + "%{d} -all"});
  CHECK(world.verdict("192.0.2.2", std::string(60, 'x') + "@names.example") == "fail");
}
