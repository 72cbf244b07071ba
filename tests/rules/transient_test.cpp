// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/several.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using audit::Certainty;
using dns::Outcome;
using dns::RrType;

namespace {

constexpr auto mx1 = "185.9.2.10";

/// mx1 still has its old name here; the PTR record has so much of its TTL left, and the old name's address
/// more.
World old_name(std::uint32_t ttl) {
  return good_world().ptr(mx1, {"old.corp-mail.net"}, ttl).a("old.corp-mail.net", {mx1}, 80000);
}

Time in(int seconds) { return now + std::chrono::seconds(seconds); }

}  // namespace

TEST_CASE("one cache that has the old name: transient until that PTR record runs out, whatever else it has") {
  const auto said = report(good_estate(), {walk(good_world()), resolver("quad", old_name(120))});
  const auto& finding = said.finding("ptr-mismatch", mx1);
  CHECK(finding.certainty == Certainty::transient);
  CHECK(finding.clears_at == in(120));
  CHECK(finding.vantages == std::vector<std::string>{"quad"});
  CHECK(said.result.verdict == audit::Verdict::pass);
}

TEST_CASE("two caches with different times left: the later one counts") {
  const auto said = report(
      good_estate(), {walk(good_world()), resolver("quad", old_name(120)), resolver("nine", old_name(3000))});
  CHECK(said.finding("ptr-mismatch", mx1).certainty == Certainty::transient);
  CHECK(said.finding("ptr-mismatch", mx1).clears_at == in(3000));
}

TEST_CASE("what a forward record makes wrong clears with the later of PTR and forward record") {
  const auto said = report(
      good_estate(),
      {walk(good_world()),
       resolver(
           "quad",
           good_world().ptr(mx1, {"mx1.corp-mail.net"}, 50).a("mx1.corp-mail.net", {"185.9.2.77"}, 900))});
  CHECK(said.finding("fcrdns-mismatch", mx1).certainty == Certainty::transient);
  CHECK(said.finding("fcrdns-mismatch", mx1).clears_at == in(900));
}

TEST_CASE("a cached denial clears with the lesser of the SOA record's TTL and MINIMUM") {
  for (const auto& [ttl, clears] : {std::pair{3600u, 300}, std::pair{40u, 40}}) {
    auto cache = good_world().nxdomain("10.2.9.185.in-addr.arpa");
    cache.change("10.2.9.185.in-addr.arpa", RrType::PTR,
                 [ttl = ttl](dns::Fact& fact) { fact.soa->ttl = ttl; });
    const auto said = report(good_estate(), {walk(good_world()), resolver("quad", cache)});
    CHECK(said.finding("ptr-missing", mx1).certainty == Certainty::transient);
    CHECK(said.finding("ptr-missing", mx1).clears_at == in(clears));
  }
}

TEST_CASE("where the source could not answer, nothing is transient") {
  for (const auto outcome : {Outcome::servfail, Outcome::refused, Outcome::timeout, Outcome::unreachable,
                             Outcome::bogus, Outcome::malformed, Outcome::unanswered}) {
    CAPTURE(dns::to_string(outcome));
    auto estate = good_estate();
    estate.inventory.rules.push_back({"ptr-lookup-failed", Severity::off, {}});
    const auto said =
        report(estate, {walk(good_world().fail_ptr(mx1, outcome)), resolver("quad", old_name(120))});
    CHECK(said.finding("ptr-mismatch", mx1).certainty == Certainty::inconclusive);
    CHECK_FALSE(said.finding("ptr-mismatch", mx1).clears_at);
  }
}

TEST_CASE("a rule that asks for more is silent at a source that left that open, and this means nothing") {
  auto estate = good_estate();
  estate.inventory.rules.push_back({"helo-lookup-failed", Severity::off, {}});
  const auto bare = [] {
    return good_world().erase("mx1.corp-mail.net", RrType::A).erase("mx1.corp-mail.net", RrType::AAAA);
  };
  const auto with_mx = [&] {
    return bare().rrset({name("mx1.corp-mail.net"), RrType::MX, 3600, {name("mx2.corp-mail.net").wire()}});
  };
  auto source = bare();
  source.fail("mx1.corp-mail.net", RrType::MX, Outcome::timeout);
  const auto certainty = [&](World seen) {
    return report(estate, {walk(std::move(seen)), resolver("quad", bare())})
        .finding("helo-unresolvable", "mx1")
        .certainty;
  };
  CHECK(certainty(source) == Certainty::inconclusive);
  CHECK(certainty(with_mx()) == Certainty::transient);
}

TEST_CASE("a question that the source left open about something else is no matter") {
  const auto source = good_world().fail("mx1.corp-mail.net", RrType::A, Outcome::timeout);
  const auto said = report(good_estate(), {walk(source), resolver("quad", old_name(120))});
  CHECK(said.finding("ptr-mismatch", mx1).certainty == Certainty::transient);
}

TEST_CASE("a server that holds the zone and has the old name is not waited for") {
  auto secondary = old_name(120);
  secondary.change([](dns::Fact& fact) { fact.authoritative = true; });
  const auto said = report(good_estate(), {walk(good_world()), resolver("secondary", secondary)});
  CHECK(said.finding("ptr-mismatch", mx1).certainty == Certainty::confirmed);
  CHECK(said.result.verdict == audit::Verdict::fail);
}

TEST_CASE("everything right everywhere: no word from several vantages either") {
  const auto said = report(
      good_estate(), {walk(good_world()), resolver("quad", good_world()), resolver("nine", good_world())});
  CHECK_MESSAGE(said.result.findings.empty(), text_of(said));
}
