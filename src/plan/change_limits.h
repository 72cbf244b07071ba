// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace rdnsgate::plan {

struct Picture;
struct Goals;

/// How much of one zone a plan may change; nullopt for as much as it likes.
struct Limits {
  std::optional<std::size_t> changes;  ///< record sets
  std::optional<unsigned> percent;     ///< of those that the plan knows of the zone
  /// Of fewer, one is a large share already.
  static constexpr std::size_t fewest = 10;
};

/// The zones of which more would change: `2.0.192.in-addr.arpa: 12 of 14 record sets would change, which is
/// more than 30%`. Record sets that only get another TTL do not count.
std::vector<std::string> beyond_limits(const Picture& picture, const Goals& goals, const Limits& limits);

}  // namespace rdnsgate::plan
