// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/resolver/rules.h"

namespace rdnsgate::rules {

void judge_resolver_unreachable(const audit::SilentVantageCase& c, audit::Findings& findings) {
  audit::Args args{.values = {{"unanswered", c.stats.unanswered},
                              {"questions", c.stats.questions},
                              {"failure", c.stats.first_failure}}};
  if (c.stats.outside == c.stats.questions) args.wording = "outside";
  if (c.missed)
    findings.leave_open(std::move(args));
  else
    findings.add_settled(std::move(args));
}

}  // namespace rdnsgate::rules
