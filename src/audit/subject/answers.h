// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string_view>
#include <vector>

#include "audit/subject/kind.h"

namespace rdnsgate::audit {

/// What a vantage has of one question.
struct VantageAnswer {
  std::string_view vantage;
  dns::Fact fact;
};

/// One question that vantages answered differently.
struct DifferenceCase {
  static constexpr Seen seen = Seen::target;

  const RunContext& run;
  const Inventory& inventory;
  VantageAnswer reference;            ///< what the others are held against
  std::vector<VantageAnswer> others;  ///< in the inventory's order
};

/// Caches have other records than who holds the zone.
struct CacheDiffersCase : DifferenceCase {};
/// Caches have the records of who holds the zone, and keep them for longer than it allows.
struct CacheOutlastsCase : DifferenceCase {};
/// Vantages that may stand beside each other have different records.
struct VantagesDifferCase : DifferenceCase {};
/// Internal views have other records than the world sees.
struct ViewDiffersCase : DifferenceCase {};

/// What vantages say of one question, beside each other.
struct AnswersKind {
  using Cases = CaseList<const CacheDiffersCase, const CacheOutlastsCase, const VantagesDifferCase,
                         const ViewDiffersCase>;
};

}  // namespace rdnsgate::audit
