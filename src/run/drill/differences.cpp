// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/drill/differences.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>

namespace rdnsgate::run {
namespace {

using report::DrillFinding;
using Finding = report::Document::Finding;

bool is_the_same(const Finding& a, const Finding& b) {
  return a.severity == b.severity && a.certainty == b.certainty && a.observed == b.observed &&
         a.status == b.status;
}

/// What a finding of a report and one of a watch have in common.
template <typename Found>
DrillFinding entry_of(const Found& found) {
  DrillFinding entry;
  entry.rule = found.rule;
  entry.severity = found.severity;
  entry.certainty = found.certainty;
  entry.target = found.target;
  entry.vantages = found.vantages;
  entry.fingerprint = found.fingerprint;
  return entry;
}

DrillFinding entry_of_report(const Finding& finding, bool changed) {
  auto entry = entry_of(finding);
  entry.message = finding.message();
  entry.clears_at = finding.clears_at;
  entry.changed = changed;
  return entry;
}

DrillFinding entry_of_watch(const history::Seen& seen) {
  auto entry = entry_of(seen);
  entry.message = seen.message;
  entry.watch_only = true;
  return entry;
}

void add_watched(const Sight& seen_before, const Sight& seen_during, std::vector<DrillFinding>& all) {
  std::set<std::string_view> known;
  for (const auto& seen : seen_before.watched) known.insert(seen.fingerprint);
  for (const auto& seen : seen_during.watched) {
    if (!known.contains(seen.fingerprint)) all.push_back(entry_of_watch(seen));
  }
}

auto rank_of(const DrillFinding& one) {
  const int certainty = one.certainty == audit::Certainty::confirmed   ? 0
                        : one.certainty == audit::Certainty::transient ? 1
                                                                       : 2;
  return std::tuple(-static_cast<int>(one.severity), certainty, one.watch_only, one.rule, one.target,
                    one.fingerprint);
}

}  // namespace

std::vector<DrillFinding> differences(const report::Document& before, const report::Document& during,
                                      const Sight& seen_before, const Sight& seen_during,
                                      const std::map<std::string, seconds>& told) {
  std::unordered_map<std::string_view, const Finding*> known;
  for (const auto& finding : before.findings) known.emplace(finding.fingerprint, &finding);
  std::vector<DrillFinding> all;
  for (const auto& finding : during.findings) {
    if (finding.status != audit::Status::open) continue;
    const auto was = known.find(finding.fingerprint);
    if (was == known.end() || !is_the_same(*was->second, finding))
      all.push_back(entry_of_report(finding, was != known.end()));
  }
  add_watched(seen_before, seen_during, all);
  for (auto& one : all) {
    const auto found = told.find(one.fingerprint);
    if (found != told.end()) one.told_after = found->second;
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return rank_of(a) < rank_of(b); });
  return all;
}

}  // namespace rdnsgate::run
