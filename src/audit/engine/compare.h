// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>
#include <span>
#include <vector>

#include "audit/findings.h"
#include "audit/glance.h"
#include "audit/result.h"
#include "inventory/model/model.h"

namespace rdnsgate::audit {

/// Vantages that see what the world sees; where there are none, the internal ones are all there is.
bool has_outside(std::span<const dns::VantageInfo> vantages);

using inventory::Quorum;

/// What one vantage said of one subject.
struct Judgement {
  std::vector<Draft> drafts;
  std::array<Grounds, basis_count> grounds{};  ///< of the subject, by Basis
  std::vector<RuleIndex> hindered;             ///< rules that asked for something and got no answer
  std::vector<Glance> glances;                 ///< only where there are vantages to compare

  /// The rule had what it needs here, so that its silence means something.
  bool could_judge(RuleIndex rule, Basis basis) const;
};

/// A draft after the vantages were compared.
struct Compared {
  Draft draft;
  std::vector<dns::VantageIndex> vantages;  ///< that said it, rising
  Certainty certainty = Certainty::confirmed;
  Scope scope = Scope::universal;
  std::optional<Time> clears_at;  ///< of a transient one; nullopt where the cache cannot refresh what it has
  /// Inconclusive, and nobody else could answer in its place.
  bool unanswered_everywhere = false;
  std::optional<Told> told{};
};

/// Joins what the vantages said of one subject; `judgements` and `vantages` stand side by side. A finding is
/// confirmed by an authoritative answer or by two operators that agree; stale answers and internal views
/// confirm nothing. One that only caches show, while who holds the zone is right already, is transient, until
/// the last of the facts that it stands on has run out. One about what the inventory expects of an internal
/// view is confirmed by whoever sees it. `quorum` says whose answers make up for one that failed.
std::vector<Compared> compare(std::span<Judgement> judgements, std::span<const dns::VantageInfo> vantages,
                              Quorum quorum);

}  // namespace rdnsgate::audit
