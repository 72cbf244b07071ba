// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/reports/join_shards.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "audit/engine/join_parts.h"
#include "audit/verdict/coverage.h"
#include "audit/verdict/verdict.h"
#include "rules/registry.h"

namespace rdnsgate::run {
namespace {

using Finding = report::Document::Finding;
using Location = report::Document::Location;
using Part = report::Document::Part;

class Joiner {
 public:
  Joiner(std::vector<NamedReport>&& reports, const inventory::Inventory& inventory, const Sources& sources)
      : reports_(std::move(reports)),
        inventory_(inventory),
        sources_(sources),
        policy_(rules::registry(), inventory) {
    for (std::size_t i = 0; i < first_part().files.size(); ++i) files_.emplace(first_part().files[i], i);
    for (const auto& one : reports_) {
      const auto& document = one.document;
      started_at_ = std::min(started_at_.value_or(document.started_at), document.started_at);
      finished_at_ = std::max(finished_at_.value_or(document.finished_at), document.finished_at);
    }
    context_ = {&inventory_, *started_at_};
  }

  report::Document join(bool coverage) {
    live_ = join_live();
    take_findings();
    auto joined = judge_whole();
    keep_first_told();
    std::move(joined.findings.begin(), joined.findings.end(), std::back_inserter(findings_));
    take_unused();
    leave_places();
    sort();
    auto& head = reports_.front().document;
    joined.findings = std::move(findings_);
    joined.tool_version = head.tool_version;
    joined.place = head.place;
    count_again(joined);
    if (coverage) joined.coverage = audit::coverage(context_, policy_, joined.vantages);
    return joined;
  }

 private:
  const Part& first_part() const { return *reports_.front().document.part; }

  audit::LiveResult join_live() {
    std::vector<std::vector<audit::VantagePart>> parts;
    for (auto& one : reports_) parts.push_back(std::move(one.document.part->vantages));
    auto& vantages = reports_.front().document.vantages;
    asked_ = !parts.front().empty();
    auto live = audit::join_parts(parts, std::span(vantages).first(parts.front().size()));
    std::set<std::string> zones;
    for (const auto& one : reports_) {
      live.unjudged += one.document.part->unjudged;
      live.not_in_gate.further_addresses += one.document.not_in_gate.further_addresses;
      zones.insert(one.document.not_in_gate.zones.begin(), one.document.not_in_gate.zones.end());
    }
    live.not_in_gate.zones.assign(zones.begin(), zones.end());
    for (const auto& vantage : live.vantages) live.not_in_gate.questions += vantage.outside;
    return live;
  }

  /// Those of the subjects. What a vantage did not answer in one shard is said unless it answered nothing in any.
  void take_findings() {
    std::set<std::string_view> silent;
    for (const auto& vantage : live_.vantages) {
      if (vantage.questions > 0 && vantage.unanswered + vantage.outside == vantage.questions)
        silent.insert(vantage.name);
    }
    // Zone files that are laid over others are named beside them, and are nobody who was asked.
    if (live_.vantages.size() > live_.notes.size()) silent.insert(audit::zone_files_name);
    for (auto& one : reports_) {
      for (auto& finding : one.document.findings) {
        if (!finding.provisional) findings_.push_back(std::move(finding));
      }
      for (auto& finding : one.document.part->hidden) {
        const bool stays = std::all_of(finding.vantages.begin(), finding.vantages.end(),
                                       [&](const auto& name) { return silent.contains(name); });
        if (stays)
          missed_ = missed_ || finding.blocks_verdict;
        else
          findings_.push_back(std::move(finding));
      }
      one.document.findings = {};
    }
  }

  /// What is said of the run as a whole, with all counts but those of findings.
  report::Document judge_whole() {
    audit::Baseline baseline;
    for (const auto& entry : first_part().entries) baseline.entries.push_back(entry.entry);
    using Inconclusive = audit::VerdictOptions::Inconclusive;
    audit::VerdictOptions options;
    options.fail_on = first_part().fail_on;
    options.transient_fails = first_part().transient_fails;
    options.inconclusive = first_part().inconclusive == "pass"   ? Inconclusive::pass
                           : first_part().inconclusive == "fail" ? Inconclusive::fail
                                                                 : Inconclusive::report;
    options.baseline = &baseline;
    options.of_whole = true;
    options.missed = missed_;
    auto result = audit::conclude(context_, policy_, {}, asked_ ? &live_ : nullptr, options);
    for (const auto which : result.used) {
      const auto waivers = inventory_.waivers.size();
      used_.insert(which < waivers ? which : first_part().entries[which - waivers].which);
    }
    const auto& head = reports_.front().document;
    report::RunInfo info{head.inventory_path, head.inventory_sha256, *started_at_, *finished_at_};
    info.config_path = head.config_path;
    info.command = head.command;
    return report::make_document(info, std::move(result), sources_);
  }

  /// A difference between vantages is told of the first subject that met it.
  void keep_first_told() {
    std::map<std::pair<std::string_view, std::uint64_t>, std::uint64_t> told;
    for (const auto& finding : findings_) {
      if (!finding.told) continue;
      const auto place =
          told.try_emplace({finding.rule, finding.told->question}, finding.told->subject).first;
      place->second = std::min(place->second, finding.told->subject);
    }
    if (told.empty()) return;
    // The names that it is looked up by move with the findings.
    std::vector<bool> later(findings_.size());
    for (std::size_t i = 0; i < findings_.size(); ++i) {
      const auto& finding = findings_[i];
      later[i] = finding.told && told.at({finding.rule, finding.told->question}) != finding.told->subject;
    }
    std::size_t i = 0;
    std::erase_if(findings_, [&](const Finding&) { return later[i++]; });
    for (auto& finding : findings_) finding.told = {};
  }

  /// What accepts nothing in any shard, nor in what is said of the whole.
  void take_unused() {
    std::map<std::size_t, std::size_t> shards;
    for (const auto& one : reports_) {
      for (const auto& unused : one.document.part->unused) ++shards[unused.which];
    }
    for (auto& unused : reports_.front().document.part->unused) {
      if (shards[unused.which] == reports_.size() && !used_.contains(unused.which))
        findings_.push_back(std::move(unused.finding));
    }
  }

  /// Takes out what others have said at the same place, of rules that leave it to them.
  void leave_places() {
    using Spoken =
        std::tuple<std::string_view, std::string_view, std::size_t, std::size_t, std::size_t, std::size_t>;
    const auto at = [](std::string_view rule, const Location& at) {
      return Spoken{rule, at.path, at.line, at.column, at.end_line, at.end_column};
    };
    std::map<std::string_view, std::string_view> leaving;
    std::set<std::string_view> heeded;
    for (const auto& rule : policy_.rules()) {
      if (rule.unless.empty()) continue;
      leaving.emplace(rule.info.id, rule.unless);
      heeded.insert(rule.unless);
    }
    std::set<Spoken> spoken;
    for (const auto& finding : findings_) {
      if (heeded.contains(finding.rule)) spoken.insert(at(*heeded.find(finding.rule), finding.location));
    }
    if (spoken.empty()) return;
    std::vector<bool> left(findings_.size());
    for (std::size_t i = 0; i < findings_.size(); ++i) {
      const auto found = leaving.find(findings_[i].rule);
      left[i] = found != leaving.end() && spoken.contains(at(found->second, findings_[i].location));
    }
    std::size_t i = 0;
    std::erase_if(findings_, [&](const Finding&) { return left[i++]; });
  }

  std::size_t file_of(const Finding& finding) const {
    const auto found = files_.find(finding.location.path);
    return found != files_.end() ? found->second : files_.size();
  }

  void sort() {
    const auto key = [&](const Finding& finding) {
      const auto& at = finding.location;
      return std::tuple(file_of(finding), at.line, at.column, at.end_line, at.end_column);
    };
    std::sort(findings_.begin(), findings_.end(), [&](const Finding& a, const Finding& b) {
      const auto place = key(a), other = key(b);
      if (place != other) return place < other;
      return audit::is_before(a, b);
    });
  }

  std::vector<NamedReport> reports_;
  const inventory::Inventory& inventory_;
  const Sources& sources_;
  audit::Policy policy_;
  std::map<std::string_view, std::size_t> files_;
  std::optional<Time> started_at_, finished_at_;
  audit::RunContext context_;
  audit::LiveResult live_;
  bool asked_ = false, missed_ = false;
  std::set<std::size_t> used_;
  std::vector<Finding> findings_;
};

}  // namespace

report::Document join_shards(std::vector<NamedReport>&& reports, const inventory::Inventory& inventory,
                             const Sources& sources, bool coverage) {
  return Joiner(std::move(reports), inventory, sources).join(coverage);
}

}  // namespace rdnsgate::run
