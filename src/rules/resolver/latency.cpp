// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/resolver/rules.h"

namespace rdnsgate::rules {

/// The standard is held against the 95th percentile of what was certainly no cache's answer.
void judge_resolver_latency(const audit::VantageCase& c, audit::Findings& findings) {
  const auto& standards = c.inventory.standards;
  const auto& cold = c.notes.cold_us;
  if (cold.empty()) return;
  const auto p95 = std::chrono::microseconds(audit::percentile(cold, 95));
  const bool fails = standards.latency_fail && p95 > *standards.latency_fail;
  const bool warns = standards.latency_warn && p95 > *standards.latency_warn;
  if (!fails && !warns) return;
  const milliseconds limit = fails ? *standards.latency_fail : *standards.latency_warn;
  findings.add(
      {.values = {{"limit", limit}, {"p95", std::chrono::ceil<milliseconds>(p95)}, {"count", cold.size()}},
       .severity = fails ? Severity::error : Severity::warning});
}

}  // namespace rdnsgate::rules
