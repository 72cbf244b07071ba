// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/logs/log_findings.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>

#include "inventory/files/read_file.h"
#include "report/baseline.h"
#include "run/files/baseline.h"

namespace rdnsgate::run {
namespace {

using report::LogFinding;

/// The sender or relay of `example.com via mx1`.
std::string_view last_hop(std::string_view path) {
  constexpr std::string_view via = " via ";
  const auto at = path.rfind(via);
  return at == std::string_view::npos ? path : path.substr(at + via.size());
}

}  // namespace

Result<std::vector<LogFinding>> read_findings(const std::vector<std::string>& reports) {
  std::map<std::string, std::size_t> known;  // by fingerprint
  std::vector<LogFinding> all;
  Time latest{};
  for (const auto& path : reports) {
    const auto text = inventory::read_file(path, largest_baseline);
    if (!text) return fail(text.error().message, text.error().hint);
    auto read = report::findings_of_report(path == "-" ? "<stdin>" : path, *text);
    if (!read) return tl::unexpected(read.error());
    latest = std::max(latest, read->finished_at);
    for (auto& one : read->findings) {
      const auto [place, is_new] = known.emplace(std::move(one.fingerprint), all.size());
      if (is_new) {
        all.push_back({std::move(one.rule), std::move(one.certainty), std::move(one.message),
                       std::move(one.target), read->finished_at, read->finished_at, false});
        continue;
      }
      auto& seen = all[place->second];
      seen.first = std::min(seen.first, read->finished_at);
      if (seen.last > read->finished_at) continue;
      seen.last = read->finished_at;  // what the latest says of it is how it is
      seen.certainty = std::move(one.certainty);
      seen.message = std::move(one.message);
    }
  }
  for (auto& finding : all) finding.is_there = finding.last == latest;
  return all;
}

void join_findings(std::vector<LogFinding> findings, report::LogsDocument& document) {
  using audit::TargetKind;
  std::unordered_map<std::string, std::vector<std::size_t>> by_target;
  const auto key = [](TargetKind kind, std::string_view id) {
    return std::string(audit::to_string(kind)) + " " + std::string(id);
  };
  for (std::size_t i = 0; i < findings.size(); ++i)
    by_target[key(findings[i].target.kind, findings[i].target.id)].push_back(i);
  for (auto& group : document.groups) {
    const auto add = [&](TargetKind kind, std::string_view id) {
      const auto found = by_target.find(key(kind, id));
      if (found != by_target.end())
        group.findings.insert(group.findings.end(), found->second.begin(), found->second.end());
    };
    if (group.ip) add(TargetKind::address, group.ip->to_string());
    if (group.path.empty()) continue;
    add(TargetKind::path, group.path);
    add(TargetKind::sender, last_hop(group.path));
    add(TargetKind::relay, last_hop(group.path));
  }
  document.findings = std::move(findings);
}

}  // namespace rdnsgate::run
