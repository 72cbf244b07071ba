// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/several.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;

namespace {

constexpr auto mx1 = "185.9.2.10";

World with_ttl(std::uint32_t ttl) { return good_world().ptr(mx1, {"mx1.corp-mail.net"}, ttl); }

}  // namespace

TEST_CASE("ttl-cache-exceeds-auth: more left than the zone gives now, until the copy runs out") {
  const auto said = report(good_estate(), {walk(with_ttl(300)), resolver("quad", with_ttl(5000))});
  const auto& finding = said.finding("ttl-cache-exceeds-auth", mx1);
  CHECK(finding.severity == Severity::info);
  CHECK(finding.clears_at == now + std::chrono::seconds(5000));
  CHECK(finding.message() ==
        "PTR 10.2.9.185.in-addr.arpa is kept for 5000 s at quad, though its TTL is 300 s now");
  CHECK_MESSAGE(said.lines().size() == 1, text_of(said));
}

TEST_CASE(
    "ttl-cache-exceeds-auth: silent of less or the same, of other data, and where nobody holds the zone") {
  CHECK(
      report(good_estate(), {walk(with_ttl(300)), resolver("quad", with_ttl(300))}).result.findings.empty());
  CHECK(
      report(good_estate(), {walk(with_ttl(3000)), resolver("quad", with_ttl(20))}).result.findings.empty());
  CHECK(report(good_estate(), {resolver("nine", with_ttl(300)), resolver("quad", with_ttl(5000))})
            .result.findings.empty());
  const auto other = good_world().ptr(mx1, {"old.corp-mail.net"}, 5000).a("old.corp-mail.net", {mx1});
  CHECK(report(good_estate(), {walk(with_ttl(300)), resolver("quad", other)}).silent_about("ttl-"));
}

TEST_CASE("ttl-cache-exceeds-auth: an own walk may have met the record earlier in the run") {
  auto walked = with_ttl(290);
  walked.change("10.2.9.185.in-addr.arpa", dns::RrType::PTR,
                [](dns::Fact& fact) { fact.asked_at += std::chrono::seconds(10); });
  CHECK(report(good_estate(), {walk(walked), resolver("quad", with_ttl(300))}).silent_about("ttl-"));
  CHECK(report(good_estate(), {walk(walked), resolver("quad", with_ttl(301))})
            .says("ttl-cache-exceeds-auth 185.9.2.10 transient"));
}
