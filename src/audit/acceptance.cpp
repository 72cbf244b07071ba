// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/acceptance.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace rdnsgate::audit {
namespace {

bool is_pattern(std::string_view target) { return target.find_first_of("*?") != std::string_view::npos; }

}  // namespace

Acceptance::Acceptance(const RunContext& run, const Policy& policy, const Baseline* baseline)
    : run_(run),
      policy_(policy),
      baseline_(baseline),
      waivers_(*run.inventory),
      waiver_used_(run.inventory->waivers.size(), false) {
  for (const auto& text : run.zone_texts) zone_texts_.insert(ascii_lower(text.zone.origin.text()));
  if (baseline == nullptr) return;
  entry_used_.resize(baseline->entries.size(), false);
  for (std::size_t i = 0; i < baseline->entries.size(); ++i)
    entries_.emplace(baseline->entries[i].fingerprint, i);
}

void Acceptance::apply(Finding& finding) {
  for (const std::size_t i : waivers_.covering(finding)) {
    const auto& waiver = run_.inventory->waivers[i];
    waiver_used_[i] = true;
    if (waiver.expires && run_.now >= *waiver.expires) continue;
    finding.status = Status::waived;
    finding.waiver_reason = waiver.reason;
    finding.waived_inline = waiver.line.has_value();
  }
  if (const auto known = entries_.find(finding.fingerprint); known != entries_.end()) {
    entry_used_[known->second] = true;
    if (finding.status == Status::open) finding.status = Status::baseline;
  }
}

std::vector<Draft> Acceptance::unused(const LiveResult* live) const {
  std::vector<Draft> drafts;
  add_unused_waivers(live, drafts);
  if (baseline_ != nullptr) add_stale_entries(live, drafts);
  return drafts;
}

bool Acceptance::was_judged(RuleIndex rule, std::string_view target, const LiveResult* live) const {
  if (rule == policy_.rules().size()) return false;
  const Judge& judge = policy_.rules()[rule].judge;
  const auto id = policy_.rules()[rule].info.id;
  const bool of_zone_texts =
      std::holds_alternative<void (*)(const ZoneTextCase&, Findings&)>(judge) || id.starts_with("zone-");
  if (judge.index() < 3 && !of_zone_texts) return true;
  if (std::holds_alternative<void (*)(const SuccessionCase&, Findings&)>(judge))
    return run_.earlier != nullptr;
  if (of_zone_texts) {
    if (!is_pattern(target)) return zone_texts_.contains(ascii_lower(target));
    return std::any_of(zone_texts_.begin(), zone_texts_.end(),
                       [&](const auto& origin) { return glob_match(target, origin); });
  }
  if (live == nullptr || live->unjudged > 0) return false;
  const auto& vantages = live->vantages;
  if (std::any_of(vantages.begin(), vantages.end(), [](const auto& v) { return v.unanswered > 0; }))
    return false;
  const auto some = [&](auto&& fits) { return std::any_of(vantages.begin(), vantages.end(), fits); };
  // Who holds a zone, what an internal view shows and how a resolver behaves is seen at some vantages only.
  if (std::holds_alternative<void (*)(ZoneCase&, Findings&)>(judge))
    return some([](const auto& vantage) { return vantage.kind == dns::VantageKind::authoritative; });
  if (std::holds_alternative<void (*)(InternalCase&, Findings&)>(judge)) {
    const auto& declared = run_.inventory->vantages;
    return some([&](const auto& vantage) {
      return std::any_of(declared.begin(), declared.end(),
                         [&](const auto& d) { return d.view == "internal" && d.name == vantage.name; });
    });
  }
  // What the servers of a zone do not agree on is seen only by who asks all of them.
  if (id.ends_with("-servers-differ") || id == "deleg-data-differs" || id == "ttl-differs-between-ns")
    return some([](const auto& vantage) { return vantage.kind == dns::VantageKind::authoritative; });
  if (std::holds_alternative<std::monostate>(judge) &&
      (id.starts_with("resolver-") || id.starts_with("leak-")))
    return some([&](const auto& vantage) { return glob_match(target, vantage.name); });
  return true;
}

void Acceptance::add_unused_waivers(const LiveResult* live, std::vector<Draft>& drafts) const {
  const RuleIndex index = policy_.index_of("hygiene-waiver-unused");
  if (index == policy_.rules().size() || !policy_.is_on(index)) return;
  for (std::size_t i = 0; i < waiver_used_.size(); ++i) {
    const auto& waiver = run_.inventory->waivers[i];
    if (waiver_used_[i] || !was_judged(policy_.index_of(waiver.rule), waiver.target, live)) continue;
    Draft draft;
    draft.rule = index;
    draft.target = {TargetKind::inventory, fmt::format("{} {}", waiver.rule, waiver.target)};
    draft.at = waiver.at;
    draft.args.expected = waiver.rule;
    draft.args.detail = waiver.target;
    drafts.push_back(std::move(draft));
  }
}

void Acceptance::add_stale_entries(const LiveResult* live, std::vector<Draft>& drafts) const {
  const RuleIndex index = policy_.index_of("hygiene-baseline-stale");
  if (index == policy_.rules().size() || !policy_.is_on(index)) return;
  for (std::size_t i = 0; i < entry_used_.size(); ++i) {
    const auto& entry = baseline_->entries[i];
    const RuleIndex accepted = policy_.index_of(entry.rule);
    // No id has a * in it; whoever wrote one by hand does not make a pattern of the entry.
    if (entry_used_[i] || is_pattern(entry.target.id) || !was_judged(accepted, entry.target.id, live) ||
        !policy_.is_on(accepted))
      continue;
    Draft draft;
    draft.rule = index;
    draft.target = {TargetKind::inventory, fmt::format("{} {}", entry.rule, entry.target.id)};
    draft.at = entry.at;
    draft.args.expected = entry.fingerprint;
    draft.args.observed = entry.rule;
    draft.args.detail = fmt::format("{} {}", to_string(entry.target.kind), entry.target.id);
    drafts.push_back(std::move(draft));
  }
}

}  // namespace rdnsgate::audit
