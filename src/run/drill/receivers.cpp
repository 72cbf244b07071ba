// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/drill/receivers.h"

#include <map>
#include <utility>

#include "run/paths/receivers.h"

namespace rdnsgate::run {
namespace {

using Verdict = report::PathRow::Verdict;

report::DrillReceivers::Count count_of(const report::PathsDocument& document) {
  return {document.count(Verdict::accepted), document.count(Verdict::refused),
          document.count(Verdict::unknown)};
}

/// By rule and path, for how many addresses it is broken.
std::map<std::pair<std::string_view, std::string>, std::uint64_t> broken_in(
    const report::PathsDocument& document) {
  std::map<std::pair<std::string_view, std::string>, std::uint64_t> all;
  for (const auto& row : document.rows) {
    for (const auto* rule : row.broken) all[{rule->id, row.path}] += row.count;
  }
  return all;
}

}  // namespace

report::DrillReceivers compare_receivers(const report::PathsDocument& before,
                                         const report::PathsDocument& during) {
  report::DrillReceivers result;
  result.before = count_of(before);
  result.during = count_of(during);
  auto broken = broken_in(before);
  std::map<std::string_view, report::DrillReceivers::Rule> more;
  for (const auto& [of, count] : broken_in(during)) {
    const auto was = broken[of];
    if (count <= was) continue;
    auto& rule = more[of.first];
    rule.addresses += count - was;
    rule.paths.push_back(of.second);
  }
  for (const auto* rule : receiver_rules()) {
    const auto found = more.find(rule->id);
    if (found == more.end()) continue;
    found->second.rule = rule;
    result.rules.push_back(std::move(found->second));
  }
  return result;
}

}  // namespace rdnsgate::run
