// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/resolver/rules.h"

namespace rdnsgate::rules {

void judge_resolver_filtered(const audit::VantageCase& c, audit::Findings& findings) {
  const auto& filtered = c.notes.filtered;
  const auto& made_up = c.notes.made_up;
  if (filtered.count == 0 && made_up.empty()) return;
  audit::Args args;
  if (filtered.count > 0) args.values = {{"count", filtered.count}, {"example", filtered.example}};
  if (!made_up.empty()) {
    args.values.emplace_back("addresses", audit::whole_list(made_up));
    args.wording = filtered.count > 0 ? "both" : "made-up";
  }
  findings.add(std::move(args));
}

}  // namespace rdnsgate::rules
