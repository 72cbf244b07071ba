// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "plan/plan.h"

namespace rdnsgate::plan {

/// A phase, or the waves of one kind that follow each other.
struct Stage {
  std::vector<const Phase*> phases;  ///< of the plan; never empty
  bool has_waves() const { return phases.size() > 1; }
  const Phase& first() const { return *phases.front(); }
  const Phase& last() const { return *phases.back(); }
  /// `swap-ptr in 11 waves`; of a single phase as label_of().
  std::string label() const;
  std::vector<const Step*> steps() const;
  std::vector<const Manual*> manual() const;
};

std::vector<Stage> stages_of(const Plan& plan);

}  // namespace rdnsgate::plan
