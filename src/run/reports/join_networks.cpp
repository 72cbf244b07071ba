// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/reports/join_networks.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <tuple>

namespace rdnsgate::run {
namespace {

using Finding = report::Document::Finding;

/// What makes two findings one.
using Same = std::tuple<std::string, audit::Target, std::string, std::string, std::string>;

Same same_of(const Finding& finding) {
  return {finding.fingerprint, finding.target, finding.rule, finding.observed, finding.message()};
}

/// It says that something accepts nothing, which holds where it holds everywhere.
bool is_of_acceptance(const Finding& finding) {
  return finding.rule == "hygiene-waiver-unused" || finding.rule == "hygiene-baseline-stale";
}

/// The network could judge the target: none of its lookups failed.
bool could_judge(const report::Document& document, const std::set<audit::Target>& unclear,
                 const audit::Target& target) {
  const auto& all = document.vantages;
  const bool asked =
      std::any_of(all.begin(), all.end(), [](const auto& one) { return one.unanswered < one.questions; });
  return asked && !unclear.contains(target);
}

struct Joined {
  Finding finding;
  std::vector<std::size_t> seen_by;  ///< reports, rising
};

void join(Joined& all, Finding&& more, std::size_t report) {
  auto& finding = all.finding;
  all.seen_by.push_back(report);
  for (auto& vantage : more.vantages) {
    if (std::find(finding.vantages.begin(), finding.vantages.end(), vantage) == finding.vantages.end())
      finding.vantages.push_back(std::move(vantage));
  }
  // Confirmed, transient, inconclusive, in this order.
  if (more.certainty < finding.certainty) {
    finding.certainty = more.certainty;
    finding.clears_at = more.clears_at;
  } else if (more.certainty == finding.certainty && more.clears_at && finding.clears_at) {
    finding.clears_at = std::max(finding.clears_at, more.clears_at);
  }
  if (more.scope == audit::Scope::isolated) finding.scope = audit::Scope::isolated;
  finding.effect = std::max(finding.effect, more.effect);
  finding.blocks_verdict = finding.blocks_verdict || more.blocks_verdict;
}

Result<void> check_vantages(const std::vector<NamedReport>& reports) {
  std::map<std::string, const NamedReport*> known;
  for (const auto& one : reports) {
    for (const auto& vantage : one.document.vantages) {
      if (vantage.name == audit::zone_files_name) continue;
      const auto [found, is_new] = known.emplace(vantage.name, &one);
      if (!is_new)
        return fail(
            fmt::format("{} and {} both have a vantage \"{}\"", found->second->path, one.path, vantage.name),
            "ask from vantages of different names, or record snapshots (--record) and judge them together: "
            "rdnsgate facts merge, rdnsgate check --replay");
    }
  }
  return {};
}

void judge_scope(Joined& all, const std::vector<NamedReport>& reports,
                 const std::vector<std::set<audit::Target>>& unclear) {
  auto& finding = all.finding;
  if (finding.vantages.empty() || finding.certainty == audit::Certainty::inconclusive) return;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    const bool has_it = std::binary_search(all.seen_by.begin(), all.seen_by.end(), i);
    if (!has_it && could_judge(reports[i].document, unclear[i], finding.target))
      finding.scope = audit::Scope::isolated;
  }
}

}  // namespace

void count_again(report::Document& document) {
  auto& summary = document.summary;
  summary.errors = summary.warnings = summary.infos = summary.waived = summary.inconclusive =
      summary.baseline = 0;
  auto effect = audit::Effect::none;
  for (const auto& finding : document.findings) {
    effect = std::max(effect, finding.effect);
    auto& count = finding.status == audit::Status::waived               ? summary.waived
                  : finding.status == audit::Status::baseline           ? summary.baseline
                  : finding.certainty == audit::Certainty::inconclusive ? summary.inconclusive
                  : finding.severity == Severity::error                 ? summary.errors
                  : finding.severity == Severity::warning               ? summary.warnings
                                                                        : summary.infos;
    ++count;
  }
  document.verdict = effect == audit::Effect::fails         ? audit::Verdict::fail
                     : effect == audit::Effect::leaves_open ? audit::Verdict::inconclusive
                                                            : audit::Verdict::pass;
}

Result<report::Document> join_networks(std::vector<NamedReport>&& reports) {
  if (const auto checked = check_vantages(reports); !checked) return tl::unexpected(checked.error());
  std::vector<std::set<audit::Target>> unclear(reports.size());
  std::map<Same, std::size_t> places;
  std::vector<Joined> all;
  for (std::size_t i = 0; i < reports.size(); ++i) {
    for (auto& finding : reports[i].document.findings) {
      if (finding.certainty == audit::Certainty::inconclusive) unclear[i].insert(finding.target);
      const auto [place, is_new] = places.try_emplace(same_of(finding), all.size());
      if (is_new)
        all.push_back({std::move(finding), {i}});
      else
        join(all[place->second], std::move(finding), i);
    }
  }
  std::erase_if(all, [&](const Joined& one) {
    return is_of_acceptance(one.finding) && one.seen_by.size() < reports.size();
  });
  for (auto& one : all) judge_scope(one, reports, unclear);
  auto joined = std::move(reports.front().document);
  joined.findings.clear();
  for (auto& one : all) joined.findings.push_back(std::move(one.finding));
  for (std::size_t i = 1; i < reports.size(); ++i) {
    auto& more = reports[i].document;
    joined.started_at = std::min(joined.started_at, more.started_at);
    joined.finished_at = std::max(joined.finished_at, more.finished_at);
    joined.summary.questions += more.summary.questions;
    joined.summary.unanswered += more.summary.unanswered;
    joined.vantages.insert(joined.vantages.end(), more.vantages.begin(), more.vantages.end());
  }
  std::stable_sort(joined.findings.begin(), joined.findings.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.location.path, a.location.line, a.location.column, a.rule, a.target) <
           std::tie(b.location.path, b.location.line, b.location.column, b.rule, b.target);
  });
  count_again(joined);
  return joined;
}

}  // namespace rdnsgate::run
