// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <functional>
#include <tuple>
#include <vector>

#include "plan/plan.h"
#include "plan/simulate/cache_crowd.h"

namespace rdnsgate::plan {

/// An RRset with all that it is in the course of a plan. One that nothing happens to has one version.
struct Track {
  std::vector<MaybeVersion> versions;
  Timeline timeline;
  Held held;
};

/// Which RRset: of the same name and type the NS records of a zone and those of its delegation.
struct TrackKey {
  Name owner;
  RrType type{};
  bool delegation = false;
  bool operator==(const TrackKey&) const = default;
  bool operator<(const TrackKey& other) const {
    return std::tie(owner, type, delegation) < std::tie(other.owner, other.type, other.delegation);
  }
};

/// Not noexcept: so it counts as slow, and tables keep what it found for each key.
struct TrackKeyHash {
  std::size_t operator()(const TrackKey& key) const {
    return std::hash<Name>{}(key.owner) * 31 + static_cast<std::size_t>(key.type) * 2 +
           (key.delegation ? 1 : 0);
  }
};

}  // namespace rdnsgate::plan
