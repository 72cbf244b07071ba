// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;

namespace {

inventory::Zone& zone_called(Estate& estate, std::string_view text) {
  auto& zones = estate.inventory.zones;
  return zones[estate.inventory.zone_index.at(name(text).wire())];
}

}  // namespace

TEST_CASE("ttl-outside-zone-limits: below what the provider of the PTR record allows") {
  auto estate = good_estate();  // a day for all
  auto& zone = zone_called(estate, "2.9.185.in-addr.arpa");
  zone.min_ttl = seconds(86400);
  zone.max_ttl = seconds(86400);
  CHECK(lint(estate).silent_about("ttl-outside-zone-limits"));
  zone.max_ttl = seconds(100'000);
  zone.min_ttl = seconds(86401);
  const auto said = lint(estate);
  CHECK(said.sentence("ttl-outside-zone-limits 2.9.185.in-addr.arpa") ==
        "the TTL 1d is declared for 185.9.2.10 and 3 other addresses, and 2.9.185.in-addr.arpa allows at "
        "least 1d1s");
  CHECK_FALSE(said.says("ttl-outside-zone-limits corp-mail.net"));
  CHECK_FALSE(said.says("ttl-outside-zone-limits 2.9.a.2.ip6.arpa"));
}

TEST_CASE("ttl-outside-zone-limits: above what the zone of the name allows, once for each TTL") {
  auto estate = good_estate();
  zone_called(estate, "corp-mail.net").max_ttl = seconds(3600);
  for (auto& address : estate.inventory.addresses) address.ttl = address.ip.is_v6() ? 7200 : 3600;
  const auto said = lint(estate);
  CHECK(said.sentence("ttl-outside-zone-limits corp-mail.net") ==
        "the TTL 2h is declared for 2a92::10 and 1 other address, and corp-mail.net allows at most 1h");
}

TEST_CASE("ttl-outside-zone-limits: a zone cut for a part of a /24 holds the record, not the /24") {
  auto estate = good_estate();
  zone_called(estate, "2.9.185.in-addr.arpa").min_ttl = seconds(604800);
  estate.zone("0/26.2.9.185.in-addr.arpa");  // 185.9.2.0 to .63: all of them
  CHECK(lint(estate).silent_about("ttl-outside-zone-limits"));
  zone_called(estate, "0/26.2.9.185.in-addr.arpa").max_ttl = seconds(60);
  CHECK(lint(estate).says("ttl-outside-zone-limits 0/26.2.9.185.in-addr.arpa"));
}
