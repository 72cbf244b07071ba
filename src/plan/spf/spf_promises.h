// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "mailauth/spf/spf_evaluate.h"
#include "plan/operation/goals.h"
#include "plan/world/spf_world.h"

namespace rdnsgate::plan {

/// Finds what SPF records let through and are to go on with, or are to let through before its first use:
/// Goals::spf, and Goals::spf_leaves. The last thing that goals are derived of.
void derive_spf_promises(const Inventory& now, const Picture& picture, Goals& goals);

/// Whether the promises hold, for whatever versions are about.
class SpfPromises {
 public:
  SpfPromises(const Picture& picture, const Goals& goals);

  /// Indices into Goals::spf of promises that rest on this RRset.
  const std::vector<std::size_t>& resting_on(std::size_t set) const { return by_set_[set]; }
  const std::vector<std::size_t>& of_path(std::size_t path) const { return by_path_[path]; }
  /// Everybody who sees some of these versions lets the path's mail through. `helo` is the name that it says.
  bool holds(std::size_t promise, const Name& helo, const SpfVersions& versions) const;

 private:
  const Picture& picture_;
  const Goals& goals_;
  std::vector<std::vector<std::size_t>> by_set_, by_path_;
  /// Records are read once; what it asks changes from call to call.
  mutable SpfVersions versions_;
  mutable mailauth::SpfEvaluator evaluator_;
};

}  // namespace rdnsgate::plan
