// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/several.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::RrType;

namespace {

constexpr auto corp = "corp-mail.net";

Estate estate() { return good_estate().domain(corp); }
World world() { return good_world().mx(corp, {{10, "mx1.corp-mail.net"}, {20, "mx2.corp-mail.net"}}); }

}  // namespace

TEST_CASE("a domain whose MX records lead to addresses has nothing wrong with it") {
  const auto said = run(estate(), world());
  CAPTURE(text_of(said));
  CHECK(said.silent_about("mx-"));
  CHECK(said.silent_about("mailfrom-"));
}

TEST_CASE("mailfrom-no-mx: no MX record and no address, or no such name") {
  auto said = run(estate(), good_world());
  CHECK(said.sentence("mailfrom-no-mx corp-mail.net") ==
        "mail from corp-mail.net cannot be answered: no MX, A or AAAA record");
  CHECK(said.silent_about("mx-"));
  said = run(good_estate().domain("gone.corp-mail.net"), good_world().nxdomain("gone.corp-mail.net"));
  CHECK(said.sentence("mailfrom-no-mx gone.corp-mail.net") ==
        "mail from gone.corp-mail.net cannot be answered: NXDOMAIN");
  CHECK_FALSE(said.questions.contains({name("gone.corp-mail.net"), RrType::A}));
}

TEST_CASE("mailfrom-no-mx: an address of either family takes mail, an alias is followed, nothing is sent") {
  for (const auto& it : {good_world().a(corp, {"185.9.2.10"}), good_world().aaaa(corp, {"2a92::10"}),
                         good_world().cname(corp, "mx1.corp-mail.net")}) {
    const auto said = run(estate(), it);
    CAPTURE(text_of(said));
    CHECK(said.silent_about("mailfrom-"));
    CHECK(said.silent_about("mx-"));
  }
  CHECK(run(good_estate().domain(corp, false), good_world()).silent_about("mailfrom-"));
}

TEST_CASE("mx-lookup-failed: a question that failed says nothing, and is said once") {
  for (const auto outcome : {Outcome::servfail, Outcome::refused, Outcome::timeout, Outcome::bogus,
                             Outcome::malformed, Outcome::unreachable, Outcome::unanswered}) {
    CAPTURE(dns::to_string(outcome));
    for (const auto& bad :
         {good_world().fail(corp, RrType::MX, outcome), good_world().fail(corp, RrType::A, outcome),
          good_world().fail(corp, RrType::AAAA, outcome)}) {
      const auto said = run(estate(), bad);
      CAPTURE(text_of(said));
      CHECK(said.says("mx-lookup-failed corp-mail.net (inconclusive)"));
      CHECK(said.silent_about("mailfrom-no-mx"));
    }
  }
  const auto said = run(estate(), good_world().without_soa());
  CHECK(said.says("mx-lookup-failed corp-mail.net (inconclusive)"));
  CHECK(said.silent_about("mailfrom-no-mx"));
}

TEST_CASE("mx-lookup-failed: of a mail host; an unvouched denial in the second family is none") {
  auto said = run(estate(), world().fail("mx2.corp-mail.net", RrType::A, Outcome::timeout));
  CHECK(said.says("mx-lookup-failed corp-mail.net (inconclusive)"));
  said = run(estate(),
             good_world().mx(corp, {{10, "mx.other.net"}}).a("mx.other.net", {"185.9.9.9"}).without_soa());
  CHECK(said.silent_about("mx-lookup-failed"));
}

TEST_CASE(
    "mailfrom-no-mx: it is confirmed by who holds the zone, and left open where only one resolver says so") {
  auto said = report(estate(), {walk(good_world())});
  CAPTURE(text_of(said));
  CHECK(said.says("mailfrom-no-mx corp-mail.net confirmed"));
  said = report(estate(), {walk(good_world().fail(corp, RrType::MX, Outcome::timeout))});
  CHECK(said.says("mx-lookup-failed corp-mail.net inconclusive"));
  CHECK(said.silent_about("mailfrom-no-mx"));
}
