// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/files/parallel.h"

#include <doctest/doctest.h>

#include <stdexcept>
#include <vector>

using rdnsgate::inventory::for_each_in_parallel;

TEST_CASE("each piece of work is done once, whatever their number") {
  for (const std::size_t count : {0u, 1u, 2u, 17u, 1000u}) {
    std::vector<int> done(count, 0);
    for_each_in_parallel(count, [&](std::size_t i) { ++done[i]; });
    CHECK(done == std::vector<int>(count, 1));
  }
}

TEST_CASE("what a piece of work throws comes out, and no thread is left behind") {
  CHECK_THROWS_AS(for_each_in_parallel(100,
                                       [](std::size_t i) {
                                         if (i == 50) throw std::runtime_error("no");
                                       }),
                  std::runtime_error);
}
