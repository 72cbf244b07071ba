// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "draft/estate.h"

#include <doctest/doctest.h>

using namespace rdnsgate;
using namespace rdnsgate::draft;

TEST_CASE("the zone of a name is the deepest that is known, in whatever order they came") {
  const auto name = [](std::string_view text) { return dns::Name::parse(text).value(); };
  Estate estate;
  CHECK(estate.zone_of(name("a.example")) == nullptr);
  for (const auto* zone : {"b.example", "example", "a.b.example", "2.0.192.in-addr.arpa", "zz.example"})
    estate.add_zone({name(zone), "", ""});
  const auto zone_of = [&](std::string_view text) {
    const auto* zone = estate.zone_of(name(text));
    return zone == nullptr ? std::string("none") : zone->name.text();
  };
  CHECK(zone_of("a.b.example") == "a.b.example");
  CHECK(zone_of("x.y.a.b.example") == "a.b.example");
  CHECK(zone_of("c.b.example") == "b.example");
  CHECK(zone_of("ab.example") == "example");
  CHECK(zone_of("10.2.0.192.in-addr.arpa") == "2.0.192.in-addr.arpa");
  CHECK(zone_of("10.3.0.192.in-addr.arpa") == "none");
  CHECK(zone_of(".") == "none");
  estate.add_zone({name("."), "", ""});
  CHECK(zone_of("10.3.0.192.in-addr.arpa") == ".");
}
