// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/grouped/statistics.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

#include "report/grouped/subjects.h"

namespace rdnsgate::report {
namespace {

/// What is accepted, and what is not known, stands behind what counts.
using Rank = std::tuple<bool, bool, int>;

Rank rank_of(const Document::Finding& finding) {
  return {finding.status != audit::Status::open, finding.certainty == audit::Certainty::inconclusive,
          -static_cast<int>(finding.severity)};
}

std::string_view weight_of(const Document::Finding& finding) {
  if (finding.status != audit::Status::open) return audit::to_string(finding.status);
  if (finding.certainty == audit::Certainty::inconclusive) return "unknown";
  return to_string(finding.severity);
}

}  // namespace

std::vector<StatisticsRow> statistics_of(const Document& document, const std::vector<std::size_t>& shown) {
  std::map<std::tuple<Rank, std::string_view, std::string_view>, std::vector<std::size_t>> rules;
  for (const auto i : shown) {
    const auto& finding = document.findings[i];
    rules[{rank_of(finding), finding.rule, weight_of(finding)}].push_back(i);
  }
  std::vector<std::pair<Rank, StatisticsRow>> rows;
  for (const auto& [key, members] : rules) {
    const auto& finding = document.findings[members.front()];
    const auto* rule = document.rule(finding.rule);
    rows.push_back(
        {std::get<Rank>(key),
         {finding.rule, finding.severity, std::string(std::get<2>(key)), members.size(),
          subjects_of(document, members, 0).count, rule != nullptr ? rule->summary : std::string()}});
  }
  std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.first, b.second.findings) < std::tuple(b.first, a.second.findings);
  });
  std::vector<StatisticsRow> out;
  for (auto& [order, row] : rows) out.push_back(std::move(row));
  return out;
}

}  // namespace rdnsgate::report
