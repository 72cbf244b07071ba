// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include "rules/hygiene/rules.h"

namespace rdnsgate::rules {

void judge_hygiene_waiver_unused(const audit::UnusedWaiverCase& c, audit::Findings& findings) {
  const auto& waiver = c.waiver;
  findings.add({.values = {{"rule", waiver.rule}, {"subject", waiver.target}},
                .target = audit::Target{audit::TargetKind::inventory,
                                        fmt::format("{} {}", waiver.rule, waiver.target)},
                .at = waiver.at});
}

void judge_hygiene_baseline_stale(const audit::StaleEntryCase& c, audit::Findings& findings) {
  const auto& entry = c.entry;
  findings.add({.values = {{"fingerprint", entry.fingerprint},
                           {"rule", entry.rule},
                           {"kind", to_string(entry.target.kind)},
                           {"subject", entry.target.id}},
                .target = audit::Target{audit::TargetKind::inventory,
                                        fmt::format("{} {}", entry.rule, entry.target.id)},
                .at = entry.at});
}

}  // namespace rdnsgate::rules
