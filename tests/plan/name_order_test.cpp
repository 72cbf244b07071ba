// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/name_order.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace rdnsgate;
using namespace rdnsgate::plan;

namespace {

dns::Name name(std::string_view text) { return dns::Name::parse(text).value(); }

std::vector<std::string> sorted(const std::vector<std::string>& texts) {
  std::vector<dns::Name> names;
  for (const auto& text : texts) names.push_back(name(text));
  std::stable_sort(names.begin(), names.end(),
                   [](const auto& a, const auto& b) { return compare_for_people(a, b) < 0; });
  std::vector<std::string> all;
  for (const auto& one : names) all.push_back(one.text());
  return all;
}

}  // namespace

TEST_CASE("names stand as people count") {
  const std::vector<std::string> right{"9", "10", "a2b9", "a2b10", "a10", "mx", "mx9", "mx10"};
  CHECK(sorted({"mx10", "mx9", "mx", "a2b10", "a2b9", "a10", "10", "9"}) == right);
  CHECK(compare_for_people(name("mx09"), name("mx9")) == 0);
  CHECK(compare_for_people(name("99999999999999999999999"), name("100000000000000000000000")) < 0);
}

TEST_CASE("names of one subdomain stand together, behind the name that they are below") {
  const std::vector<std::string> right{"example",   "mx2.example", "mx10.example",
                                       "z.example", "a.z.example", "mx1.other"};
  CHECK(sorted({"mx1.other", "a.z.example", "mx10.example", "z.example", "mx2.example", "example"}) == right);
  CHECK(compare_for_people(name("."), name("example")) < 0);
}
