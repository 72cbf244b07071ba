// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/leak/rules.h"

namespace rdnsgate::rules {

void judge_leak_1918_reverse_upstream(const audit::VantageCase& c, audit::Findings& findings) {
  if (c.notes.leaks.empty()) return;
  findings.add({.values = {{"zones", audit::whole_list(c.notes.leaks)}}});
}

}  // namespace rdnsgate::rules
