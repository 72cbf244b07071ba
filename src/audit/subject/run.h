// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string_view>

#include "audit/subject/kind.h"

namespace rdnsgate::audit {

/// The run as a whole, when it is over.
struct RunCase {
  static constexpr Seen seen = Seen::answers;

  const RunContext& run;
  const Inventory& inventory;
  std::size_t unjudged;  ///< subjects that the deadline cut off
};

/// A subject whose answers led to more questions than are asked at one vantage.
struct LimitedCase {
  static constexpr Seen seen = Seen::answers;

  const RunContext& run;
  const Inventory& inventory;
  std::string_view limit;  ///< `3 not asked, after 100 for one subject`
};

struct RunKind {
  using Cases = CaseList<const RunCase, const LimitedCase>;
};

}  // namespace rdnsgate::audit
