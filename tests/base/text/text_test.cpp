// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/text.h"

#include <doctest/doctest.h>

#include <array>

using namespace rdnsgate;

TEST_CASE("did you mean") {
  constexpr std::array<std::string_view, 3> keys{"senders", "relays", "zones"};
  CHECK(closest("sendrs", keys) == "senders");
  CHECK(closest("snederes", keys) == "senders");
  CHECK(closest("zoens", keys) == "zones");
  CHECK(closest("completely", keys).empty());
}

TEST_CASE("globs") {
  CHECK(glob_match("*.relay.example", "a.b.relay.EXAMPLE"));
  CHECK_FALSE(glob_match("*.relay.example", "relay.example"));
  CHECK(glob_match("192.0.2.?", "192.0.2.4"));
  CHECK_FALSE(glob_match("192.0.2.?", "192.0.2.40"));
  CHECK(glob_match("*", ""));
  CHECK(glob_match("a*b*c", "aXbYbZc"));
}
