// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::RrType;

namespace {

constexpr auto reverse = "ttl-negative-too-high 2.9.185.in-addr.arpa";

/// The last four octets of SOA data are MINIMUM.
std::string with_minimum(std::string rdata, std::uint32_t minimum) {
  for (std::size_t i = 0; i < 4; ++i)
    rdata[rdata.size() - 4 + i] = static_cast<char>((minimum >> (24 - 8 * i)) & 0xff);
  return rdata;
}

World with_negative_ttl(World world, std::uint32_t ttl, std::uint32_t minimum) {
  return world.change("2.9.185.in-addr.arpa", RrType::SOA, [ttl, minimum](dns::Fact& fact) {
    if (fact.answer.empty()) return;
    fact.answer.front().ttl = ttl;
    fact.answer.front().rdata.front() = with_minimum(fact.answer.front().rdata.front(), minimum);
  });
}

}  // namespace

TEST_CASE("ttl-negative-too-high: above an hour, by the lesser of TTL and MINIMUM, once for the zone") {
  const auto said = run(good_estate(), with_negative_ttl(good_world(), 86400, 7200));
  CHECK(said.sentence(reverse) ==
        "caches keep denials of 2.9.185.in-addr.arpa for 7200 s; it should be at most 3600 s");
  CHECK_FALSE(said.draft(reverse).args.severity);
  CHECK(said.lines.size() == 1);
  CHECK(run(good_estate(), with_negative_ttl(good_world(), 3600, 86400)).silent_about("ttl-"));
  CHECK(run(good_estate(), with_negative_ttl(good_world(), 86400, 3600)).silent_about("ttl-"));
}

TEST_CASE("ttl-negative-too-high: an error above three hours where the zone denies a declared record") {
  const auto missing = [] { return good_world().erase_ptr("185.9.2.41"); };
  auto said = run(good_estate(), with_negative_ttl(missing(), 86400, 86400));
  CHECK(said.draft(reverse).args.severity == Severity::error);
  CHECK(said.draft(reverse).observed == "the denial of PTR 41.2.9.185.in-addr.arpa");
  said = run(good_estate(), with_negative_ttl(missing(), 86400, 10800));
  CHECK_FALSE(said.draft(reverse).args.severity);
  said = run(good_estate(), with_negative_ttl(good_world(), 86400, 86400));
  CHECK_FALSE(said.draft(reverse).args.severity);
  // Another zone's denial is another zone's matter.
  said =
      run(good_estate(), with_negative_ttl(good_world().erase("mx1.corp-mail.net", RrType::A), 86400, 86400));
  CHECK_FALSE(said.draft(reverse).args.severity);
}

TEST_CASE("ttl-negative-too-high: nothing is said of an SOA record that could not be had") {
  for (const auto outcome :
       {dns::Outcome::servfail, dns::Outcome::refused, dns::Outcome::timeout, dns::Outcome::unreachable,
        dns::Outcome::bogus, dns::Outcome::malformed, dns::Outcome::unanswered}) {
    const auto world =
        with_negative_ttl(good_world().fail("2.9.185.in-addr.arpa", RrType::SOA, outcome), 86400, 86400);
    CHECK(run(good_estate(), world).silent_about("ttl-"));
    auto unknown = good_world().fail_ptr("185.9.2.41", outcome);
    CHECK_FALSE(run(good_estate(), with_negative_ttl(unknown, 86400, 86400)).draft(reverse).args.severity);
  }
}
