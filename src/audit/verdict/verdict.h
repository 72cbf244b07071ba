// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <vector>

#include "audit/baseline.h"
#include "audit/engine/compare.h"
#include "audit/engine/engine.h"
#include "audit/engine/offline.h"
#include "audit/policy/policy.h"
#include "audit/result.h"

namespace rdnsgate::audit {

/// What the command line says of a verdict.
struct VerdictOptions {
  Severity fail_on = Severity::error;  ///< `off`: findings never fail the run
  bool transient_fails = false;
  enum class Inconclusive : std::uint8_t { report, pass, fail } inconclusive = Inconclusive::report;
  const Baseline* baseline = nullptr;  ///< outlives the call
  // Of a run that is put together from its shards, which have judged the subjects:
  bool of_whole = false;  ///< waivers and entries that accept nothing are known already
  bool missed = false;    ///< something that a silent vantage was asked nobody else answered either
};

/// Turns judgements into a result: severities, waivers, the baseline, sentences, fingerprints, order, counts,
/// verdict. `offline` may be empty; `live` is nullptr where no DNS was asked.
AuditResult conclude(const RunContext& run, const Policy& policy, const Portions& offline, LiveResult* live,
                     const VerdictOptions& options);

/// SHA-256 over rule, target and expectation: the same on every machine and whatever the line or the time is.
std::string fingerprint(std::string_view rule, const Target& target, std::string_view expected);

}  // namespace rdnsgate::audit
