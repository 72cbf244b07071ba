// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/several.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;

namespace {

World proven(World world) {
  return world.change([](dns::Fact& fact) { fact.security = dns::Security::secure; });
}
World with_ad(World world) {
  return world.change([](dns::Fact& fact) { fact.authenticated = true; });
}

}  // namespace

TEST_CASE("resolver-not-validating: no AD on anything, though another vantage proved the same names") {
  const auto said = report(good_estate(), {walk(proven(good_world())), resolver("office", good_world())});
  const auto& finding = said.finding("resolver-not-validating", "office");
  CHECK(finding.severity == Severity::info);
  CHECK(finding.message().starts_with("office never set the AD flag, not even on "));
  CHECK(said.lines().size() == 1);
}

TEST_CASE(
    "resolver-not-validating: silent where nothing is secure, AD was seen, or the server holds the zone") {
  CHECK(
      report(good_estate(), {walk(good_world()), resolver("office", good_world())}).result.findings.empty());
  CHECK(report(good_estate(), {walk(proven(good_world())), resolver("quad", with_ad(good_world()))})
            .result.findings.empty());
  auto primary = good_world();
  primary.change([](dns::Fact& fact) { fact.authoritative = true; });
  CHECK(report(good_estate(), {walk(proven(good_world())), resolver("primary", primary)})
            .result.findings.empty());
  CHECK(report(good_estate(), {resolver("office", good_world()), resolver("quad", with_ad(good_world()))})
            .result.findings.empty());
}

TEST_CASE("resolver-not-validating: one that keeps back bogus answers validates") {
  auto world = good_world();
  world.fail_ptr("185.9.2.11", dns::Outcome::bogus);
  CHECK(report(good_estate(), {walk(proven(good_world())), resolver("quad", world)})
            .silent_about("resolver-not-validating"));
}
