// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <optional>

namespace rdnsgate::plan {

/// How much of one zone a plan may change; nullopt for as much as it likes.
struct Limits {
  std::optional<std::size_t> changes;  ///< record sets
  std::optional<unsigned> percent;     ///< of those that the plan knows of the zone
  /// Of fewer, one is a large share already.
  static constexpr std::size_t fewest = 10;
};

}  // namespace rdnsgate::plan
