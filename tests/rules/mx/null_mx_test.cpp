// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::RrType;

namespace {

constexpr auto corp = "corp-mail.net";

Said said_of(const std::vector<std::pair<unsigned, std::string>>& hosts, bool sends = true) {
  return run(good_estate().domain(corp, sends), good_world().mx(corp, hosts));
}

}  // namespace

TEST_CASE("mx-null-sender: a domain that mail is sent from takes none") {
  auto said = said_of({{0, "."}});
  CHECK(said.sentence("mx-null-sender corp-mail.net") ==
        "mail is sent from corp-mail.net, which takes none: it has a null MX record");
  CHECK(said.silent_about("mx-null-pref"));
  CHECK(said.silent_about("mx-null-with-others"));
  CHECK(said.silent_about("mailfrom-"));
  CHECK(said_of({{0, "."}}, false).silent_about("mx-"));
}

TEST_CASE("mx-null-pref: a null MX record has preference 0") {
  auto said = said_of({{10, "."}}, false);
  CHECK(said.sentence("mx-null-pref corp-mail.net") ==
        "the null MX record of corp-mail.net has preference 10");
  CHECK(said.silent_about("mx-null-sender"));
  said = said_of({{0, "."}, {20, "."}}, false);
  CHECK(said.says("mx-null-pref corp-mail.net"));
  CHECK(said.silent_about("mx-null-with-others"));
  CHECK(given(said_of({{256, "."}}, false).draft("mx-null-pref corp-mail.net"), "preference") == "256");
}

TEST_CASE("mx-null-with-others: a null MX record stands alone") {
  const auto said = said_of({{0, "."}, {10, "mx1.corp-mail.net"}});
  CHECK(said.sentence("mx-null-with-others corp-mail.net") ==
        "corp-mail.net has a null MX record, which says that it takes no mail, beside mx1.corp-mail.net");
  CHECK(said.silent_about("mx-null-sender"));
  CHECK(said.silent_about("mx-null-pref"));
  CHECK(said.silent_about("mx-target-no-addr"));
}

TEST_CASE("null MX records: data that is none, and a question that failed, say nothing") {
  for (const std::string& rdata : std::vector<std::string>{"", "\x01", "ab", {"\0\0\x3f", 3}}) {
    const auto said =
        run(good_estate().domain(corp), good_world().rrset({name(corp), RrType::MX, 3600, {rdata}}));
    CHECK(said.silent_about("mx-"));
  }
  for (const auto outcome : {Outcome::servfail, Outcome::timeout, Outcome::bogus, Outcome::refused}) {
    const auto said =
        run(good_estate().domain(corp), good_world().mx(corp, {{10, "."}}).fail(corp, RrType::MX, outcome));
    CHECK(said.silent_about("mx-null"));
    CHECK(said.says("mx-lookup-failed corp-mail.net (inconclusive)"));
  }
}
