// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "audit/baseline.h"
#include "audit/engine/engine.h"
#include "audit/policy/policy.h"
#include "audit/result.h"
#include "audit/verdict/waiver_index.h"

namespace rdnsgate::audit {

/// Which findings a team has accepted, by a waiver or in a baseline, and which of those no longer accept
/// anything.
class Acceptance {
 public:
  /// `baseline` may be nullptr.
  Acceptance(const RunContext& run, const Policy& policy, const Baseline* baseline);

  /// Sets the status of a finding that is accepted.
  void apply(Finding& finding);

  /// Waivers that match no finding, and entries of the baseline that are mended; `live` is nullptr where no
  /// DNS was asked. That is known only where everything they may speak of was judged: not of a live rule
  /// because no DNS was asked, or because a question failed whose answer may have been what they accept.
  std::vector<Draft> unused(const LiveResult* live) const { return unused(live, nullptr); }
  /// The same; `which` gets of each judgement which of the waivers it is about, and behind them which of the entries.
  std::vector<Draft> unused(const LiveResult* live, std::vector<std::size_t>* which) const;
  /// Those that accepted something.
  std::vector<std::size_t> used() const;

 private:
  bool was_judged(RuleIndex rule, std::string_view target, const LiveResult* live) const;
  void judge_waivers(const LiveResult* live, Findings& findings, std::vector<std::size_t>& which) const;
  void judge_entries(const LiveResult* live, Findings& findings, std::vector<std::size_t>& which) const;

  const RunContext& run_;
  const Policy& policy_;
  const Baseline* baseline_;
  WaiverIndex waivers_;
  std::vector<bool> waiver_used_, entry_used_;
  std::unordered_map<std::string_view, std::size_t> entries_;  // by fingerprint
  std::unordered_set<std::string> zone_texts_;                 // the origins of the files that are judged
};

}  // namespace rdnsgate::audit
