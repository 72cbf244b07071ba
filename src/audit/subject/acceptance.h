// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "audit/baseline.h"
#include "audit/subject/kind.h"

namespace rdnsgate::audit {

/// A waiver that matched nothing, though all that it may speak of was judged.
struct UnusedWaiverCase {
  static constexpr Seen seen = Seen::concluded;

  const RunContext& run;
  const Inventory& inventory;
  const inventory::Waiver& waiver;
};

/// An entry of the baseline that is not found any more, though all that it may speak of was judged.
struct StaleEntryCase {
  static constexpr Seen seen = Seen::concluded;

  const RunContext& run;
  const Inventory& inventory;
  const Baseline::Entry& entry;
};

/// What a team has accepted: waivers, and the baseline.
struct AcceptanceKind {
  using Cases = CaseList<const UnusedWaiverCase, const StaleEntryCase>;
};

}  // namespace rdnsgate::audit
