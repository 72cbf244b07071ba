// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/policy/policy.h"

#include <algorithm>

namespace rdnsgate::audit {

Policy::Policy(std::span<const Rule> rules, const Inventory& inventory)
    : rules_(rules), set_(rules.size(), false) {
  severities_.reserve(rules.size());
  for (const auto& rule : rules) severities_.push_back(rule.info.severity);
  for (const auto& setting : inventory.rules) {
    const RuleIndex rule = index_of(setting.rule);
    if (rule == rules_.size()) continue;  // the loader has refused it already
    severities_[rule] = setting.severity;
    set_[rule] = true;
  }
}

Severity Policy::severity(RuleIndex rule, const Args& args) const {
  return set_[rule] ? severities_[rule] : args.severity.value_or(severities_[rule]);
}

bool Policy::is_done(Duty duty) const {
  for (std::size_t i = 0; i < rules_.size(); ++i) {
    if (rules_[i].duty == duty && is_on(static_cast<RuleIndex>(i))) return true;
  }
  return false;
}

RuleIndex Policy::index_of(std::string_view id) const {
  const auto found =
      std::lower_bound(rules_.begin(), rules_.end(), id,
                       [](const Rule& rule, std::string_view wanted) { return rule.info.id < wanted; });
  const bool known = found != rules_.end() && found->info.id == id;
  return static_cast<RuleIndex>(known ? found - rules_.begin() : static_cast<std::ptrdiff_t>(rules_.size()));
}

}  // namespace rdnsgate::audit
