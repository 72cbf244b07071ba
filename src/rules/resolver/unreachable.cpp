// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include "base/text.h"
#include "rules/resolver/rules.h"

namespace rdnsgate::rules {

void judge_resolver_unreachable(const audit::SilentVantageCase& c, audit::Findings& findings) {
  audit::Args args{.observed = fmt::format("{} of {} unanswered", c.stats.unanswered,
                                           counted(c.stats.questions, "question", "questions")),
                   .detail = c.stats.first_failure};
  if (c.missed)
    findings.leave_open(std::move(args));
  else
    findings.add_settled(std::move(args));
}

}  // namespace rdnsgate::rules
