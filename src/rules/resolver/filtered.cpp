// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include "base/text.h"
#include "rules/resolver/rules.h"

namespace rdnsgate::rules {

void judge_resolver_filtered(const audit::VantageCase& c, audit::Findings& findings) {
  const auto& filtered = c.notes.filtered;
  std::string text;
  if (filtered.count > 0) {
    text = fmt::format("{} filtered, such as {}", counted(filtered.count, "answer is", "answers are"),
                       filtered.example);
  }
  const auto& made_up = c.notes.made_up;
  for (std::size_t i = 0; i < made_up.size(); ++i) {
    text += fmt::format("{}{}",
                        i > 0          ? ", "
                        : text.empty() ? "names that do not exist get "
                                       : "; names that do not exist get ",
                        made_up[i].to_string());
  }
  if (!text.empty()) findings.add({.observed = std::move(text)});
}

}  // namespace rdnsgate::rules
