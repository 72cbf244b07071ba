// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "audit/verdict/verdict.h"
#include "rules/scenario.h"

namespace rdnsgate::scenario {

/// A vantage and what it sees of the DNS.
struct View {
  dns::VantageInfo info;
  World world;
  bool is_late = false;  ///< its answers come when nothing else is waited for
};

/// An own walk from the root; a resolver of the operator of its own name.
View walk(World world);
View resolver(std::string name, World world);

/// A report over several vantages, made by the real engine and the real verdict.
struct Report {
  audit::AuditResult result;

  /// `ptr-missing 185.9.2.10 confirmed`, one for each finding, sorted.
  std::vector<std::string> lines() const;
  bool says(std::string_view line) const;
  /// No finding of a rule whose name begins so.
  bool silent_about(std::string_view rule_prefix) const;
  /// The one finding of this rule at this target; the test fails where there is none.
  const audit::Finding& finding(std::string_view rule, std::string_view target) const;
};

Report report(const Estate& estate, const std::vector<View>& views);
std::string text_of(const Report& report);

}  // namespace rdnsgate::scenario
