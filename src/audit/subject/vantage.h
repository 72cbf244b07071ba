// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "audit/notes.h"
#include "audit/result.h"
#include "audit/subject/kind.h"

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

struct VantageSubjectKind {
  using Cases = CaseList<const VantageCase, const SilentVantageCase>;

  static constexpr TargetKind target = TargetKind::vantage;
  static std::span<const inventory::Vantage> items(const RunContext& run) { return run.inventory->vantages; }
  static std::string id(const inventory::Vantage& vantage) { return vantage.name; }
  static Span at(const inventory::Vantage& vantage) { return vantage.at; }
};

}  // namespace rdnsgate::audit
