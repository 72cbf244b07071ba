// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/document.h"

namespace rdnsgate::report {

/// What there is of one rule.
struct StatisticsRow {
  std::string rule;
  Severity severity{};
  std::string weight;  ///< `error`, `waived`, ...
  std::size_t findings = 0;
  std::string subjects;  ///< `132 addresses`
  std::string summary;   ///< of the rule; empty where there is none
};

/// Of the findings at these indices: a row for each rule and weight, the heaviest and then the most frequent first.
std::vector<StatisticsRow> statistics_of(const Document& document, const std::vector<std::size_t>& shown);

}  // namespace rdnsgate::report
