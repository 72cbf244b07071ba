// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <span>
#include <vector>

#include "audit/policy/rule.h"

namespace rdnsgate::audit {

/// The registry as one inventory wants it: which rules are on, and how much each weighs.
class Policy {
 public:
  Policy(std::span<const Rule> rules, const Inventory& inventory);

  std::span<const Rule> rules() const { return rules_; }
  bool is_on(RuleIndex rule) const { return severities_[rule] != Severity::off; }
  /// The weight of a finding: the inventory's setting, else what the judgement said, else the rule's default.
  Severity severity(RuleIndex rule, const Args& args) const;
  /// A rule that is on has this duty.
  bool is_done(Duty duty) const;
  /// Index of a rule by name; the size of the registry where there is none.
  RuleIndex index_of(std::string_view id) const;

 private:
  std::span<const Rule> rules_;
  std::vector<Severity> severities_;
  std::vector<bool> set_;  // by the inventory
};

}  // namespace rdnsgate::audit
