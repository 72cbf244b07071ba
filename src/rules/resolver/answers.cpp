// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/resolver/rules.h"

namespace rdnsgate::rules {

void judge_resolver_stale(const audit::VantageCase& c, audit::Findings& findings) {
  const auto& stale = c.notes.stale;
  if (stale.count == 0) return;
  findings.add({.values = {{"count", stale.count}, {"example", stale.example}}});
}

void judge_resolver_not_validating(const audit::VantageCase& c, audit::Findings& findings) {
  if (c.notes.secure == 0 || c.notes.validates) return;
  findings.add({.values = {{"count", c.notes.secure}}});
}

}  // namespace rdnsgate::rules
