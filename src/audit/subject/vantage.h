// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "audit/cases.h"
#include "audit/notes.h"
#include "audit/result.h"

namespace rdnsgate::audit {

/// A vantage that was asked, and what the run saw of its own ways.
struct VantageCase {
  static constexpr Seen seen = Seen::target;

  const RunContext& run;
  const Inventory& inventory;
  const VantageStats& stats;
  const VantageNotes& notes;
};

/// A vantage that answered none of its questions.
struct SilentVantageCase {
  static constexpr Seen seen = Seen::target;

  const RunContext& run;
  const Inventory& inventory;
  const VantageStats& stats;
  bool missed;  ///< something that it was asked nobody else answered either
};

}  // namespace rdnsgate::audit
