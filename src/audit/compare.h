// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <span>
#include <vector>

#include "audit/findings.h"
#include "audit/result.h"

namespace rdnsgate::audit {

/// What one vantage said of one subject.
struct Judgement {
  std::vector<Draft> drafts;
  /// Every answer came from who holds the zone: an own walk from the root, zone files, or AA on each.
  bool authoritative = false;
  /// Every question that matters was answered, one way or the other. Not every rule says that one was not: another
  /// may say it of another subject.
  bool complete = true;
  /// When the last of the answers, as a cache has them, runs out.
  Time expires_at{};
};

/// A draft after the vantages were compared.
struct Compared {
  Draft draft;
  std::vector<dns::VantageIndex> vantages;  ///< that said it, rising
  Certainty certainty = Certainty::confirmed;
  Scope scope = Scope::universal;
  std::optional<Time> clears_at;
  /// Inconclusive, and nobody else could answer in its place.
  bool unanswered_everywhere = false;
};

/// Joins what the vantages said of one subject; `judgements` and `vantages` stand side by side. A finding is
/// confirmed by an authoritative answer or by two operators that agree. One that only caches show, while who
/// holds the zone is right already, is transient.
std::vector<Compared> compare(std::span<Judgement> judgements, std::span<const dns::VantageInfo> vantages);

}  // namespace rdnsgate::audit
