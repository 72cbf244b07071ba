// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/several.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using audit::Certainty;

namespace {

constexpr auto mx1 = "185.9.2.10";

World stale(World world, std::uint16_t ede = 3) {
  return world.change("10.2.9.185.in-addr.arpa", dns::RrType::PTR,
                      [ede](dns::Fact& fact) { fact.ede = ede; });
}
World old_name() { return good_world().ptr(mx1, {"old.corp-mail.net"}, 30).a("old.corp-mail.net", {mx1}); }

}  // namespace

TEST_CASE("resolver-stale: errors 3 and 19, once for the vantage, as information") {
  for (const auto ede : {std::uint16_t{3}, std::uint16_t{19}}) {
    const auto said = report(good_estate(), {walk(good_world()), resolver("quad", stale(good_world(), ede))});
    const auto& finding = said.finding("resolver-stale", "quad");
    CHECK(finding.severity == Severity::info);
    CHECK(finding.certainty == Certainty::confirmed);
    CHECK(finding.message() ==
          "quad gave 1 stale answer, such as PTR 10.2.9.185.in-addr.arpa: mx1.corp-mail.net");
    CHECK(said.lines().size() == 1);
  }
  CHECK(report(good_estate(), {walk(good_world()), resolver("quad", stale(good_world(), 22))})
            .result.findings.empty());
}

TEST_CASE("resolver-stale: a stale answer is no second operator") {
  const auto said =
      report(good_estate(), {resolver("quad", old_name()), resolver("nine", stale(old_name()))});
  CHECK(said.finding("ptr-mismatch", mx1).certainty == Certainty::inconclusive);
  CHECK(report(good_estate(), {resolver("quad", old_name()), resolver("nine", old_name())})
            .finding("ptr-mismatch", mx1)
            .certainty == Certainty::confirmed);
}

TEST_CASE("resolver-stale: what only a stale answer shows is transient, and nobody knows until when") {
  const auto said = report(good_estate(), {walk(good_world()), resolver("quad", stale(old_name()))});
  CHECK(said.finding("ptr-mismatch", mx1).certainty == Certainty::transient);
  CHECK_FALSE(said.finding("ptr-mismatch", mx1).clears_at);
}
