// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/natural_order.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace rdnsgate;

TEST_CASE("numbers inside texts count as numbers") {
  // In the order that natsort 8.0 gives them.
  const std::vector<std::string> sorted = {"",    "0",  "2",   "10",      "10-11", "10.1",   "10.02",  "10a",
                                           "*",   "-",  "_d",  "_d._tcp", "a",     "a2",     "a2b",    "a2b3",
                                           "a10", "a-", "a-1", "a.1",     "b",     "mx1.a2", "mx1.a10"};
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    for (std::size_t j = 0; j < sorted.size(); ++j) {
      CAPTURE(sorted[i]);
      CAPTURE(sorted[j]);
      CHECK((natural_compare(sorted[i], sorted[j]) < 0) == (i < j));
    }
  }
  CHECK(natural_compare("a01", "a1") == 0);
  CHECK(natural_compare("184467440737095516160", "184467440737095516161") < 0);
}
