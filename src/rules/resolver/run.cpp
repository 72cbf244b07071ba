// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/resolver/rules.h"

namespace rdnsgate::rules {

void judge_run_incomplete(const audit::RunCase& c, audit::Findings& findings) {
  if (c.unjudged > 0) findings.leave_open({.values = {{"count", c.unjudged}}});
}

void judge_run_questions_limited(const audit::LimitedCase& c, audit::Findings& findings) {
  findings.leave_open({.values = {{"limit", c.limit}}});
}

}  // namespace rdnsgate::rules
