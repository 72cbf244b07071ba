// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::RrType;

namespace {

World with_flaw(std::string_view owner, RrType type, bool dns::Fact::*flaw) {
  return good_world().change(owner, type,
                             [flaw](dns::Fact& fact) { fact.*flaw = fact.authoritative = true; });
}

}  // namespace

TEST_CASE("ttl-rrset-differs, ttl-out-of-range: of the PTR record, and of the addresses of its name") {
  auto said = run(good_estate(), with_flaw("10.2.9.185.in-addr.arpa", RrType::PTR, &dns::Fact::ttl_differs));
  CHECK(said.sentence("ttl-rrset-differs 185.9.2.10") ==
        "records of one name and type have different TTLs: PTR");
  CHECK(said.lines.size() == 1);
  said = run(good_estate(), with_flaw("mx1.corp-mail.net", RrType::A, &dns::Fact::ttl_differs));
  CHECK(said.sentence("ttl-rrset-differs 185.9.2.10") ==
        "records of one name and type have different TTLs: A at mx1.corp-mail.net");
  said = run(good_estate(), with_flaw("mx1.corp-mail.net", RrType::A, &dns::Fact::ttl_out_of_range));
  CHECK(said.sentence("ttl-out-of-range 185.9.2.10") ==
        "a TTL is above 2147483647 and counts as 0: A at mx1.corp-mail.net");
  CHECK(said.lines.size() == 1);
  CHECK(run(good_estate(), good_world()).silent_about("ttl-"));
  // From a cache.
  auto world = with_flaw("mx1.corp-mail.net", RrType::A, &dns::Fact::ttl_out_of_range);
  CHECK(run(good_estate(), world.change([](dns::Fact& fact) {
          fact.authoritative = false;
        })).silent_about("ttl-"));
}

TEST_CASE("ttl-rrset-differs, ttl-out-of-range: a failed look-up says nothing of TTLs") {
  for (const auto flaw : {&dns::Fact::ttl_differs, &dns::Fact::ttl_out_of_range}) {
    auto world = with_flaw("10.2.9.185.in-addr.arpa", RrType::PTR, flaw);
    for (const auto outcome : {dns::Outcome::timeout, dns::Outcome::servfail, dns::Outcome::refused,
                               dns::Outcome::bogus, dns::Outcome::malformed})
      CHECK(run(good_estate(), world.fail_ptr("185.9.2.10", outcome)).silent_about("ttl-"));
  }
}
