// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "report/document.h"

namespace rdnsgate::report {

/// What became of the findings of one report in another. It points into both.
struct Comparison {
  /// One property of a finding, in the words of the JSON report.
  struct Property {
    std::string_view name;
    std::string before, now;
  };
  struct Changed {
    const Document::Finding *before, *now;
    std::vector<Property> properties;  ///< severity, status, certainty, observed: those that differ
  };
  const Document *before, *now;
  std::vector<const Document::Finding*> came, went;  ///< in the order of their reports
  std::vector<Changed> changed;                      ///< in that of the later one
  std::size_t same = 0;

  bool differs() const { return !came.empty() || !went.empty() || !changed.empty(); }
  bool same_inventory() const { return before->inventory_sha256 == now->inventory_sha256; }
};

/// Findings are one where rule, target and expectation are: their fingerprint.
Comparison compare(const Document& before, const Document& now);

/// One line each, then the counts.
std::string render_comparison_text(const Comparison& comparison);
/// schemas/report-diff.schema.json.
std::string render_comparison_json(const Comparison& comparison);
/// Tables for a comment; what is beyond its size is counted.
std::string render_comparison_markdown(const Comparison& comparison);

}  // namespace rdnsgate::report
