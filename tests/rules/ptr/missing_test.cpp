// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;

TEST_CASE("ptr-missing: NODATA and NXDOMAIN, each vouched for by an SOA") {
  auto said = run(good_estate(), good_world().erase_ptr("185.9.2.10"));
  CHECK(said.says("ptr-missing 185.9.2.10"));
  CHECK(said.sentence("ptr-missing 185.9.2.10") ==
        "185.9.2.10 has no PTR record: NODATA for 10.2.9.185.in-addr.arpa");
  CHECK(said.draft("ptr-missing 185.9.2.10").expected == "mx1.corp-mail.net");
  CHECK(said.silent_about("ptr-lookup-failed"));
  CHECK_FALSE(said.says("ptr-missing 185.9.2.11"));

  said = run(good_estate(), good_world().nxdomain("10.2.9.185.in-addr.arpa"));
  CHECK(said.sentence("ptr-missing 185.9.2.10") ==
        "185.9.2.10 has no PTR record: NXDOMAIN for 10.2.9.185.in-addr.arpa");
}

TEST_CASE("ptr-missing: an alias that leads to a name without a PTR") {
  const auto said = run(
      good_estate(),
      good_world().erase_ptr("185.9.2.10").cname("10.2.9.185.in-addr.arpa", "10.0-63.2.9.185.in-addr.arpa"));
  CHECK(said.says("ptr-missing 185.9.2.10"));
}

TEST_CASE("ptr-lookup-failed: a failure is never read as missing") {
  const auto said = run(good_estate(), good_world().fail_ptr("185.9.2.10", dns::Outcome::timeout));
  CHECK(said.lines == std::vector<std::string>{"ptr-lookup-failed 185.9.2.10 (inconclusive)"});
  CHECK(said.sentence("ptr-lookup-failed 185.9.2.10") ==
        "whether 185.9.2.10 has a PTR record could not be determined: PTR 10.2.9.185.in-addr.arpa: timeout "
        "(127.0.0.1#53)");
  CHECK(given(said.draft("ptr-lookup-failed 185.9.2.10"), "outcome") == "timeout");
  CHECK(given(said.draft("ptr-lookup-failed 185.9.2.10"), "server") == "127.0.0.1#53");
}

TEST_CASE("ptr-lookup-failed: a denial without an SOA proves nothing") {
  const auto said = run(good_estate(), good_world().erase_ptr("185.9.2.10").without_soa());
  CHECK(said.says("ptr-lookup-failed 185.9.2.10 (inconclusive)"));
  CHECK(said.silent_about("ptr-missing"));
}
