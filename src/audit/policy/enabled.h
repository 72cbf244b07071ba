// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <vector>

#include "audit/policy/policy.h"

namespace rdnsgate::audit {

/// A rule that is on, by what it is judged on. Whoever judges many subjects looks the rules up once.
template <typename Case>
struct Enabled {
  RuleIndex index;
  Basis basis;
  void (*judge)(Case&, Findings&);
  const RuleInfo* info;
};

/// Which rules are looked for.
enum class Which : std::uint8_t {
  all,
  each_helo,  ///< those that are judged for each HELO name
};

/// The rules of one signature that are on, in the registry's order, and behind them those that say as much of
/// what is declared, or of zone files, as of answers.
template <typename Case>
std::vector<Enabled<Case>> enabled(const Policy& policy, Which which = Which::all) {
  const auto is_meant = [&](const Rule& rule) { return which == Which::all || rule.each_helo; };
  std::vector<Enabled<Case>> found;
  for (std::size_t i = 0; i < policy.rules().size(); ++i) {
    const auto index = static_cast<RuleIndex>(i);
    const auto& rule = policy.rules()[i];
    const auto* judge = std::get_if<void (*)(Case&, Findings&)>(&rule.judge);
    if (judge != nullptr && policy.is_on(index) && is_meant(rule))
      found.push_back({index, rule.basis.value_or(Basis::everything), *judge, &rule.info});
  }
  for (std::size_t i = 0; i < policy.rules().size(); ++i) {
    const auto index = static_cast<RuleIndex>(i);
    const auto judge = policy.rules()[i].also<Case>();
    if (judge != nullptr && policy.is_on(index) && is_meant(policy.rules()[i]))
      found.push_back({index, Basis::everything, judge, &policy.rules()[i].info});
  }
  return found;
}

template <typename Case>
void judge_all(const std::vector<Enabled<Case>>& rules, Case& subject, Findings& findings) {
  for (const auto& rule : rules) {
    findings.begin_rule(rule.index, *rule.info);
    rule.judge(subject, findings);
  }
}

/// The rules of a kind that are on, in a table for each of its cases.
template <typename List>
class RulesOf;
template <typename... Case>
class RulesOf<CaseList<Case...>> {
 public:
  explicit RulesOf(const Policy& policy, Which which = Which::all)
      : tables_{enabled<Case>(policy, which)...} {}

  /// The table for a case of this type.
  template <typename One>
  const std::vector<Enabled<One>>& of(One&) const {
    return std::get<std::vector<Enabled<One>>>(tables_);
  }
  bool has_live() const {
    return ((needs_dns(Case::seen) && !std::get<std::vector<Enabled<Case>>>(tables_).empty()) || ...);
  }

 private:
  std::tuple<std::vector<Enabled<Case>>...> tables_;
};

/// Those that are judged on the items of a kind.
template <typename Kind>
RulesOf<JudgedCases<Kind>> rules_of(const Policy& policy) {
  return RulesOf<JudgedCases<Kind>>(policy, Borrowing<Kind> ? Which::each_helo : Which::all);
}

}  // namespace rdnsgate::audit
