// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "plan/operation/goals.h"

namespace rdnsgate::plan {

/// What the name servers of a zone do not agree on; only an authoritative vantage shows it.
struct Disagreement {
  /// RRsets that are to change, and those of the same addresses that stay: a plan would stand on one of two
  /// versions.
  std::vector<std::string> records;
  std::vector<std::string>
      serials;  ///< zones that are to change; of an RRset that is the same it breaks nothing
};

Disagreement disagreement_about(const Picture& picture, const Goals& goals);

}  // namespace rdnsgate::plan
