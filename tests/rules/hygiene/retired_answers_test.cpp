// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/several.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::RrType;

namespace {

constexpr auto forward = "hygiene-retired-answers corp-mail.net";
constexpr auto reverse = "hygiene-retired-answers 2.9.185.in-addr.arpa";

Estate retiring(const std::vector<std::string>& addresses, const std::vector<std::string>& names) {
  auto estate = good_estate();
  estate.zone("corp-mail.net").zone("2.9.185.in-addr.arpa");
  for (const auto& address : addresses) estate.inventory.retired_addresses.push_back({ip(address), {}});
  for (const auto& text : names) estate.inventory.retired_names.push_back({name(text), {}});
  return estate;
}

World world() { return good_world().zone("corp-mail.net").zone("2.9.185.in-addr.arpa"); }

}  // namespace

TEST_CASE("hygiene-retired-answers: names that still resolve") {
  const auto estate = retiring({"2a92::99"}, {"old.corp-mail.net", "gone.corp-mail.net"});
  CHECK(run(estate, world()).silent_about("hygiene-"));
  const auto said =
      run(estate, world().a("old.corp-mail.net", {"185.9.2.10"}).aaaa("gone.corp-mail.net", {"2a92::99"}));
  CHECK(said.says(forward));
  CHECK(said.sentence(forward) ==
        "corp-mail.net still has records of what is retired: AAAA gone.corp-mail.net, A old.corp-mail.net");
  CHECK(said.silent_about(reverse));
  // A name that leads elsewhere is somebody's new host.
  CHECK(run(estate, world().a("old.corp-mail.net", {"203.0.113.7"})).silent_about("hygiene-"));
  // In nobody's zone nobody looks.
  CHECK(run(retiring({}, {"old.else.net"}), world().a("old.else.net", {"185.9.2.10"}))
            .silent_about("hygiene-"));
}

TEST_CASE("hygiene-retired-answers: PTR records that still give names of ours") {
  const auto estate = retiring({"185.9.2.99", "203.0.113.9"}, {"old.else.net"});
  CHECK(run(estate, world()).silent_about("hygiene-"));
  CHECK(run(estate, world().ptr("185.9.2.99", {"mx9.corp-mail.net"})).sentence(reverse) ==
        "2.9.185.in-addr.arpa still has records of what is retired: PTR 99.2.9.185.in-addr.arpa");
  CHECK(run(estate, world().ptr("185.9.2.99", {"old.else.net"})).says(reverse));
  CHECK(run(estate, world().ptr("185.9.2.99", {"host-99.isp.net"})).silent_about("hygiene-"));
  CHECK(run(estate, world().ptr("203.0.113.9", {"mx9.corp-mail.net"})).silent_about("hygiene-"));
}

TEST_CASE("hygiene-retired-lookup-failed: what gets no answer is inconclusive") {
  const auto estate = retiring({"185.9.2.99"}, {"old.corp-mail.net"});
  for (const auto outcome : {Outcome::timeout, Outcome::servfail, Outcome::refused, Outcome::bogus}) {
    const auto failing = world().fail("old.corp-mail.net", RrType::A, outcome);
    CHECK(run(estate, failing).silent_about("hygiene-retired-answers"));
    const auto reported = report(estate, {walk(failing)});
    CHECK(reported.says("hygiene-retired-lookup-failed corp-mail.net inconclusive"));
    CHECK(reported.silent_about("hygiene-retired-answers"));
    CHECK_MESSAGE(reported.result.verdict == audit::Verdict::inconclusive, text_of(reported));
  }
}
