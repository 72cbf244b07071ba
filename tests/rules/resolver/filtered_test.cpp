// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "audit/engine/rewriting.h"
#include "rules/several.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using audit::Certainty;
using dns::RrType;

namespace {

constexpr auto mx1 = "185.9.2.10";
constexpr auto helper = "203.0.113.7";  // where a provider sends whoever mistypes a name

/// As the reader of messages leaves it where the reply says that a policy made it.
void filter(dns::Fact& fact) {
  fact.outcome = dns::Outcome::refused;
  fact.ede = 17;
  fact.reason = "EDE 17 (Filtered)";
  fact.answer.clear();
  fact.soa.reset();
}

/// Denials of an address are turned into the helper's, but for names that it spares.
World rewriting(World world, std::string_view spared = {}) {
  return world.change([spared = std::string(spared)](dns::Fact& fact) {
    const bool asks_v4 = fact.question.type == RrType::A;
    if (!asks_v4 || !dns::is_negative(fact.outcome)) return;
    if (!spared.empty() && fact.question.name.is_within(name(spared))) return;
    fact.outcome = dns::Outcome::answer;
    fact.soa.reset();
    fact.answer = {{fact.question.name, RrType::A, 60, {dns::rdata_of(ip(helper))}}};
  });
}

/// Nobody has the name in the PTR record an address for.
World without_forward() { return good_world().erase("mx1.corp-mail.net", RrType::A); }

}  // namespace

TEST_CASE("resolver-filtered: a policy's answer is said once and proves nothing about the zone") {
  auto world = good_world();
  world.change("10.2.9.185.in-addr.arpa", RrType::PTR, filter).change("mx2.corp-mail.net", RrType::A, filter);
  const auto said = report(good_estate(), {walk(good_world()), resolver("family", world)});
  const auto& finding = said.finding("resolver-filtered", "family");
  CHECK(finding.severity == Severity::warning);
  CHECK(finding.certainty == Certainty::confirmed);
  CHECK(finding.observed ==
        "2 answers are filtered, such as PTR 10.2.9.185.in-addr.arpa: refused (127.0.0.1#53), EDE 17 "
        "(Filtered)");
  CHECK(said.silent_about("ptr-missing"));
  CHECK(said.silent_about("fcrdns-no-forward"));
  CHECK(said.silent_about("fcrdns-mismatch"));
  CHECK(said.silent_about("resolver-vs-auth"));
  CHECK_MESSAGE(said.lines().size() == 1, text_of(said));
  CHECK(said.result.verdict == audit::Verdict::pass);
}

TEST_CASE(
    "resolver-filtered: what also failed elsewhere for another reason is said, and where the rule is off") {
  auto world = good_world();
  world.change("10.2.9.185.in-addr.arpa", RrType::PTR, filter);
  const auto silent = good_world().fail_ptr(mx1, dns::Outcome::timeout);
  auto said =
      report(good_estate(), {walk(good_world()), resolver("family", world), resolver("silent", silent)});
  CHECK(said.says("ptr-lookup-failed 185.9.2.10 inconclusive"));
  CHECK(said.says("resolver-filtered family confirmed"));
  auto estate = good_estate();
  estate.inventory.rules.push_back({"resolver-filtered", Severity::off, {}});
  said = report(estate, {walk(good_world()), resolver("family", world)});
  CHECK_MESSAGE(said.lines() == std::vector<std::string>{"ptr-lookup-failed 185.9.2.10 inconclusive"},
                text_of(said));
}

TEST_CASE("resolver-filtered: where nobody else was asked, the question stays open") {
  auto world = good_world();
  world.change("10.2.9.185.in-addr.arpa", RrType::PTR, filter);
  const auto said = report(good_estate(), {resolver("family", world)});
  CHECK(said.says("ptr-lookup-failed 185.9.2.10 inconclusive"));
  CHECK(said.result.verdict == audit::Verdict::inconclusive);
}

TEST_CASE(
    "resolver-filtered: null addresses from a resolver are a filter's, from the zone they are the zone's") {
  const auto null = [] {
    return good_world().a("mx1.corp-mail.net", {"0.0.0.0"}).aaaa("mx1.corp-mail.net", {"::"});
  };
  auto said = report(good_estate(), {walk(good_world()), resolver("hole", null())});
  CHECK(said.finding("resolver-filtered", "hole").observed ==
        "2 answers are filtered, such as A mx1.corp-mail.net: 0.0.0.0");
  CHECK_MESSAGE(said.lines().size() == 1, text_of(said));
  CHECK(said.silent_about("fcrdns-mismatch"));
  CHECK(said.silent_about("resolver-vs-auth"));
  said = report(good_estate(), {walk(null())});
  CHECK(said.says("fcrdns-mismatch 185.9.2.10 confirmed"));
  CHECK(said.silent_about("resolver-filtered"));
}

TEST_CASE("resolver-filtered: an address under invalid is made up, wherever else it stands") {
  const auto said = report(good_estate(), {resolver("isp", rewriting(without_forward()))});
  CHECK(said.finding("resolver-filtered", "isp").observed == "names that do not exist get 203.0.113.7");
  CHECK(said.silent_about("fcrdns-mismatch"));
  // It is how this resolver says NXDOMAIN, which of one alone is not enough.
  CHECK(said.says("fcrdns-no-forward 185.9.2.10 inconclusive"));
  CHECK(said.result.verdict == audit::Verdict::inconclusive);
}

TEST_CASE("resolver-filtered: what a resolver makes up is its NXDOMAIN, which an honest operator confirms") {
  const auto isp = [] { return resolver("isp", rewriting(without_forward())); };
  const auto said = report(good_estate(), {isp(), resolver("honest", without_forward())});
  CHECK(said.finding("fcrdns-no-forward", mx1).vantages == std::vector<std::string>{"isp", "honest"});
  CHECK(said.says("fcrdns-no-forward 185.9.2.10 confirmed"));
  CHECK(said.silent_about("resolver-disagreement"));
  CHECK(said.silent_about("fcrdns-temperror"));
  CHECK(said.result.verdict == audit::Verdict::fail);
  // Who has the record proves nothing wrong with it, and the other remains one voice.
  const auto doubted = report(good_estate(), {isp(), resolver("honest", good_world())});
  CHECK(doubted.says("fcrdns-no-forward 185.9.2.10 inconclusive"));
  CHECK(doubted.result.verdict == audit::Verdict::inconclusive);
  const auto denied = report(good_estate(), {isp(), walk(without_forward())});
  CHECK(denied.says("fcrdns-no-forward 185.9.2.10 confirmed"));
}

TEST_CASE("resolver-filtered: made-up addresses among others, and the null address, are no NXDOMAIN") {
  const auto with = [](const std::vector<std::string>& ips) {
    auto world = rewriting(without_forward());
    return world.change("mx1.corp-mail.net", RrType::A, [ips](dns::Fact& fact) {
      fact.answer.front().rdata.clear();
      for (const auto& text : ips) fact.answer.front().rdata.push_back(dns::rdata_of(ip(text)));
    });
  };
  const auto lone = [&](World world) { return report(good_estate(), {resolver("isp", std::move(world))}); };
  CHECK(lone(with({helper, "0.0.0.0"})).says("fcrdns-temperror 185.9.2.10 inconclusive"));
  CHECK(lone(with({"0.0.0.0"})).says("fcrdns-temperror 185.9.2.10 inconclusive"));
  CHECK(lone(with({helper, "203.0.113.8"})).says("fcrdns-mismatch 185.9.2.10 inconclusive"));
  CHECK(lone(with({helper})).says("fcrdns-no-forward 185.9.2.10 inconclusive"));
}

TEST_CASE(
    "resolver-filtered: a resolver that spares invalid is found out in the zone, where the zone denies the "
    "name") {
  const auto said = report(
      good_estate(), {walk(without_forward()), resolver("isp", rewriting(without_forward(), "invalid"))});
  CHECK(said.finding("resolver-filtered", "isp").observed == "names that do not exist get 203.0.113.7");
  CHECK(said.silent_about("fcrdns-mismatch"));
  CHECK(said.finding("fcrdns-no-forward", mx1).vantages == std::vector<std::string>{"walk", "isp"});
}

TEST_CASE("resolver-filtered: what nobody who holds the zone denies may be its wildcard") {
  const auto said = report(good_estate(), {resolver("isp", rewriting(without_forward(), "invalid"))});
  CHECK(said.silent_about("resolver-filtered"));
  CHECK(said.says("fcrdns-mismatch 185.9.2.10 inconclusive"));
  // The wildcard of the zone itself: everybody sees it.
  const auto wild = [] { return rewriting(without_forward(), "invalid"); };
  CHECK(report(good_estate(), {walk(wild()), resolver("isp", wild())}).silent_about("resolver-filtered"));
}

TEST_CASE("resolver-filtered: probes that fail say nothing") {
  for (const auto outcome :
       {dns::Outcome::servfail, dns::Outcome::refused, dns::Outcome::timeout, dns::Outcome::unreachable,
        dns::Outcome::bogus, dns::Outcome::malformed, dns::Outcome::unanswered}) {
    auto world = good_world();
    world.change([outcome](dns::Fact& fact) {
      if (!fact.question.name.text().starts_with("rdnsgate-")) return;
      fact.outcome = outcome;
      fact.soa.reset();
    });
    const auto said = report(good_estate(), {walk(good_world()), resolver("quad", world)});
    CHECK_MESSAGE(said.result.findings.empty(), text_of(said));
  }
}

TEST_CASE("only where there is a resolver is anything asked for it, and the names are always the same") {
  const std::vector walks{walk(World()).info};
  const std::vector both{walk(World()).info, resolver("quad", World()).info};
  const auto estate = good_estate();
  CHECK(audit::Rewriting(estate.inventory, walks).questions().empty());
  const auto first = audit::Rewriting(estate.inventory, both).questions();
  CHECK(first.size() == 6);
  CHECK(first == audit::Rewriting(estate.inventory, both).questions());
  for (const auto& question : first) {
    CHECK(question.name.label_count() <= 3);
    CHECK((question.name.is_within(name("invalid")) || question.name.is_within(name("corp-mail.net"))));
  }
}
