// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/several.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using audit::Certainty;
using dns::RrType;

namespace {

constexpr auto mx1 = "185.9.2.10";

/// Two addresses of the inventory behind one name: no rule of the subject minds.
World two_addresses(std::uint32_t ttl = 3600) {
  return good_world().a("mx1.corp-mail.net", {mx1, "185.9.2.11"}, ttl);
}

View internal(World world) {
  auto view = resolver("office", std::move(world));
  view.info.internal = true;
  return view;
}

/// The same, with the rule off that a further address of a HELO name is for.
Estate unminded(Estate estate = good_estate()) {
  estate.inventory.rules.push_back({"helo-paths-differ", Severity::off, {}});
  return estate;
}

}  // namespace

TEST_CASE("resolver-vs-auth: a cache with other records than the zone, where no rule minds either") {
  const auto said = report(unminded(), {walk(good_world()), resolver("quad", two_addresses(250))});
  const auto& finding = said.finding("resolver-vs-auth", mx1);
  CHECK(finding.severity == Severity::warning);
  CHECK(finding.certainty == Certainty::transient);
  CHECK(finding.clears_at == now + std::chrono::seconds(250));
  CHECK(finding.vantages == std::vector<std::string>{"quad"});
  CHECK(finding.message() ==
        "A mx1.corp-mail.net is 185.9.2.10 in the zone, but 185.9.2.10, 185.9.2.11 at quad");
  CHECK_MESSAGE(said.lines().size() == 1, text_of(said));
}

TEST_CASE("resolver-vs-auth: silent where a finding says already that they differ") {
  const auto cache = good_world().ptr(mx1, {"old.corp-mail.net"}).a("old.corp-mail.net", {mx1});
  const auto said = report(good_estate(), {walk(good_world()), resolver("quad", cache)});
  CHECK(said.says("ptr-mismatch 185.9.2.10 transient"));
  CHECK(said.silent_about("resolver-"));
}

TEST_CASE("resolver-vs-auth: failures, unproven denials and kinds of denial are no difference") {
  for (const auto outcome :
       {dns::Outcome::servfail, dns::Outcome::refused, dns::Outcome::timeout, dns::Outcome::unreachable,
        dns::Outcome::bogus, dns::Outcome::malformed, dns::Outcome::unanswered}) {
    for (const bool at_source : {false, true}) {
      auto failing = good_world(), other = two_addresses();
      failing.fail("mx1.corp-mail.net", RrType::A, outcome);
      const auto said = at_source ? report(good_estate(), {walk(failing), resolver("quad", other)})
                                  : report(good_estate(), {walk(other), resolver("quad", failing)});
      CHECK(said.silent_about("resolver-"));
    }
  }
  auto absent = good_world(), empty = good_world();
  absent.erase("mx1.corp-mail.net", RrType::AAAA)
      .change("mx1.corp-mail.net", RrType::AAAA,
              [](dns::Fact& fact) { fact.outcome = dns::Outcome::nxdomain; });
  empty.erase("mx1.corp-mail.net", RrType::AAAA);
  CHECK(report(good_estate(), {walk(absent), resolver("quad", empty)}).silent_about("resolver-"));
}

TEST_CASE("resolver-disagreement: two resolvers differ and nobody holds the zone") {
  const auto said = report(unminded(), {resolver("quad", good_world()), resolver("nine", two_addresses())});
  const auto& finding = said.finding("resolver-disagreement", mx1);
  CHECK(finding.severity == Severity::warning);
  CHECK(finding.certainty == Certainty::confirmed);
  CHECK(finding.message() ==
        "A mx1.corp-mail.net is not the same everywhere: 185.9.2.10 at quad, but 185.9.2.10, 185.9.2.11 at "
        "nine");
  CHECK(said.lines().size() == 1);
  CHECK(report(unminded(), {resolver("quad", two_addresses()), resolver("nine", two_addresses())})
            .silent_about("resolver-"));
}

TEST_CASE("resolver-disagreement: two that hold the zone differ") {
  auto secondary = two_addresses();
  secondary.change([](dns::Fact& fact) { fact.authoritative = true; });
  const auto said = report(unminded(), {walk(good_world()), resolver("secondary", secondary)});
  CHECK(said.says("resolver-disagreement 185.9.2.10 confirmed"));
  CHECK(said.silent_about("resolver-vs-auth"));
}

TEST_CASE("a question that several addresses share is told once") {
  auto estate = Estate();
  estate.zone("2.9.185.in-addr.arpa").zone("corp-mail.net");
  estate.sender("mx", "mx.corp-mail.net", {"185.9.2.10", "185.9.2.11"});
  auto here = World().zone("2.9.185.in-addr.arpa").zone("corp-mail.net");
  here.ptr(mx1, {"mx.corp-mail.net"}).ptr("185.9.2.11", {"mx.corp-mail.net"});
  auto there = here;
  here.a("mx.corp-mail.net", {mx1, "185.9.2.11"});
  there.a("mx.corp-mail.net", {mx1, "185.9.2.11", "185.9.2.12"});
  estate.sender("spare", "spare.corp-mail.net", {"185.9.2.12"});
  estate.inventory.rules.push_back({"resolver-vs-auth", Severity::warning, {}});
  for (auto* world : {&here, &there})
    world->ptr("185.9.2.12", {"spare.corp-mail.net"}).a("spare.corp-mail.net", {"185.9.2.12"});
  const auto said = report(unminded(estate), {walk(here), resolver("quad", there)});
  CHECK_MESSAGE(said.lines() == std::vector<std::string>{"resolver-vs-auth 185.9.2.10 transient"},
                text_of(said));
}

TEST_CASE("resolver-split-view: what differs inside is this one warning, and no error") {
  auto inside = good_world();
  inside.a("mx1.corp-mail.net", {"10.0.0.10"}).erase_ptr(mx1);
  const auto said = report(good_estate(), {walk(good_world()), internal(inside)});
  const auto& finding = said.finding("resolver-split-view", mx1);
  CHECK(finding.severity == Severity::warning);
  CHECK(finding.certainty == Certainty::confirmed);
  CHECK(finding.message() ==
        "PTR 10.2.9.185.in-addr.arpa is mx1.corp-mail.net outside, but no such record at office");
  CHECK_MESSAGE(said.lines().size() == 1, text_of(said));
}

TEST_CASE("resolver-split-view: an internal view is no second operator and no source that is right") {
  const auto old = good_world().ptr(mx1, {"old.corp-mail.net"}).a("old.corp-mail.net", {mx1});
  CHECK(
      report(good_estate(), {resolver("quad", old), internal(old)}).finding("ptr-mismatch", mx1).certainty ==
      Certainty::inconclusive);
  auto inside = good_world();
  inside.change([](dns::Fact& fact) { fact.authoritative = true; });
  CHECK(report(good_estate(), {resolver("quad", old), internal(inside)})
            .finding("ptr-mismatch", mx1)
            .certainty == Certainty::inconclusive);
}

TEST_CASE("resolver-split-view: where all vantages are internal, they are judged like any") {
  const auto said = report(good_estate(), {internal(good_world().erase_ptr(mx1))});
  CHECK(said.says("ptr-missing 185.9.2.10 inconclusive"));
  CHECK(said.silent_about("resolver-split-view"));
}
