// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/compared/comparison.h"

#include <deque>
#include <unordered_map>

namespace rdnsgate::report {
namespace {

using Finding = Document::Finding;

std::vector<Comparison::Property> differences(const Finding& before, const Finding& now) {
  std::vector<Comparison::Property> all;
  const auto add = [&](std::string_view name, std::string_view was, std::string_view is) {
    if (was != is) all.push_back({name, std::string(was), std::string(is)});
  };
  add("severity", to_string(before.severity), to_string(now.severity));
  add("status", audit::to_string(before.status), audit::to_string(now.status));
  add("certainty", audit::to_string(before.certainty), audit::to_string(now.certainty));
  add("observed", before.observed, now.observed);
  return all;
}

}  // namespace

Comparison compare(const Document& before, const Document& now) {
  Comparison comparison{&before, &now, {}, {}, {}};
  // Several findings may have one fingerprint: those that are alike are one, then the first with the first.
  std::unordered_map<std::string_view, std::deque<const Finding*>> known;
  for (const auto& finding : before.findings) known[finding.fingerprint].push_back(&finding);
  std::vector<const Finding*> left;
  for (const auto& finding : now.findings) {
    const auto found = known.find(finding.fingerprint);
    bool is_same = false;
    for (std::size_t i = 0; found != known.end() && !is_same && i < found->second.size(); ++i) {
      is_same = differences(*found->second[i], finding).empty();
      if (is_same) found->second.erase(found->second.begin() + static_cast<std::ptrdiff_t>(i));
    }
    if (is_same)
      ++comparison.same;
    else
      left.push_back(&finding);
  }
  for (const auto* finding : left) {
    const auto found = known.find(finding->fingerprint);
    if (found == known.end() || found->second.empty()) {
      comparison.came.push_back(finding);
      continue;
    }
    const auto* was = found->second.front();
    found->second.pop_front();
    comparison.changed.push_back({was, finding, differences(*was, *finding)});
  }
  std::unordered_map<const Finding*, bool> gone;
  for (const auto& [fingerprint, findings] : known) {
    for (const auto* finding : findings) gone[finding] = true;
  }
  for (const auto& finding : before.findings) {
    if (gone.contains(&finding)) comparison.went.push_back(&finding);
  }
  return comparison;
}

}  // namespace rdnsgate::report
