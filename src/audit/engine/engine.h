// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <vector>

#include "audit/engine/allowance.h"
#include "audit/engine/compare.h"
#include "audit/engine/part.h"
#include "audit/notes.h"
#include "audit/policy/policy.h"
#include "dns/facts/fact_store.h"
#include "dns/facts/vantage.h"

namespace rdnsgate::audit {

struct Progress {
  std::size_t done = 0, total = 0;  ///< subjects judged at every vantage, of all
  std::size_t in_flight = 0;        ///< questions
};

struct LiveOptions {
  milliseconds deadline{std::chrono::minutes(30)};
  /// Subjects being judged at a time: with the vantages' own windows, what bounds memory.
  std::size_t active_subjects = 4096;
  Quorum quorum = Quorum::any;
  QuestionLimits limits;                          ///< of what answers lead to
  /// True ends it as the deadline would; asked ten times a second while answers are waited for. May be empty.
  std::function<bool()> stop;
  std::function<void(const Progress&)> progress;  ///< may be empty; called a few times a second at most
};

struct LiveResult {
  std::vector<Compared> findings;
  std::vector<VantageStats> vantages;
  std::size_t unjudged = 0;         ///< subjects that the deadline cut off
  std::vector<VantageNotes> notes;  ///< beside `vantages`, but for the zone files that others stand on as well
  std::vector<VantagePart> parts{};  ///< of a shard, beside `notes`
  NotInGate not_in_gate;
};

/// Judges every subject at every vantage: asks each question once, runs a rule again when the fact that it
/// lacked is there, and compares the vantages when all have spoken. A subject whose answers lead to more
/// questions than `limits` allow is judged without their answers, and left open by `run-questions-limited`.
/// All facts end up in `store`.
LiveResult judge_live(const RunContext& run, const Policy& policy, dns::Panel& panel, dns::FactStore& store,
                      const LiveOptions& options);

}  // namespace rdnsgate::audit
