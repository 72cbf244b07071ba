// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <vector>

#include "audit/policy.h"

namespace rdnsgate::audit {

/// A rule that is on, by what it is judged on. Whoever judges many subjects looks the rules up once.
template <typename Case>
struct Enabled {
  RuleIndex index;
  Basis basis;
  void (*judge)(Case&, Findings&);
};

/// The rules of one signature that are on, in the registry's order.
template <typename Case>
std::vector<Enabled<Case>> enabled(const Policy& policy) {
  std::vector<Enabled<Case>> found;
  for (std::size_t i = 0; i < policy.rules().size(); ++i) {
    const auto index = static_cast<RuleIndex>(i);
    const auto& rule = policy.rules()[i];
    const auto* judge = std::get_if<void (*)(Case&, Findings&)>(&rule.judge);
    if (judge != nullptr && policy.is_on(index))
      found.push_back({index, rule.basis.value_or(Basis::everything), *judge});
  }
  return found;
}

template <typename Case>
void judge_all(const std::vector<Enabled<Case>>& rules, Case& subject, Findings& findings) {
  for (const auto& rule : rules) {
    findings.begin_rule(rule.index);
    rule.judge(subject, findings);
  }
}

}  // namespace rdnsgate::audit
