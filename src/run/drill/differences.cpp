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

DrillFinding entry_of(const Finding& finding, bool changed) {
  DrillFinding entry;
  entry.rule = finding.rule;
  entry.severity = finding.severity;
  entry.certainty = finding.certainty;
  entry.target = finding.target;
  entry.message = finding.message;
  entry.vantages = finding.vantages;
  entry.fingerprint = finding.fingerprint;
  entry.clears_at = finding.clears_at;
  entry.changed = changed;
  return entry;
}

DrillFinding entry_of(const history::Seen& seen) {
  DrillFinding entry;
  entry.rule = seen.rule;
  entry.severity = seen.severity;
  entry.certainty = seen.certainty;
  entry.target = seen.target;
  entry.message = seen.message;
  entry.vantages = seen.vantages;
  entry.fingerprint = seen.fingerprint;
  entry.watch_only = true;
  return entry;
}

/// Those that no report has: what a watch alone finds.
void add_watched(const report::Document& during, const Sight& seen_before, const Sight& seen_during,
                 std::vector<DrillFinding>& all) {
  std::set<std::string_view> known;
  for (const auto& finding : during.findings) known.insert(finding.fingerprint);
  for (const auto& seen : seen_before.seen) known.insert(seen.fingerprint);
  for (const auto& seen : seen_during.seen) {
    if (!known.contains(seen.fingerprint)) all.push_back(entry_of(seen));
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
      all.push_back(entry_of(finding, was != known.end()));
  }
  add_watched(during, seen_before, seen_during, all);
  for (auto& one : all) {
    const auto found = told.find(one.fingerprint);
    if (found != told.end()) one.told_after = found->second;
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return rank_of(a) < rank_of(b); });
  return all;
}

}  // namespace rdnsgate::run
