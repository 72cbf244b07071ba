// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text.h"
#include "rules/resolver/rules.h"

namespace rdnsgate::rules {

void judge_resolver_stale(const audit::VantageCase& c, audit::Findings& findings) {
  const auto& stale = c.notes.stale;
  if (stale.count == 0) return;
  findings.add({.observed = counted(stale.count, "stale answer", "stale answers"), .detail = stale.example});
}

void judge_resolver_not_validating(const audit::VantageCase& c, audit::Findings& findings) {
  if (c.notes.secure == 0 || c.notes.validates) return;
  findings.add({.observed = counted(c.notes.secure, "answer that is", "answers that are")});
}

}  // namespace rdnsgate::rules
