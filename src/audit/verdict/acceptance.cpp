// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/verdict/acceptance.h"

#include <algorithm>

#include "audit/heard/banners.h"
#include "audit/heard/probes.h"
#include "audit/policy/enabled.h"
#include "audit/waiver_target.h"
#include "base/text/text.h"

namespace rdnsgate::audit {
namespace {

bool all_answered(const LiveResult* live) {
  return live != nullptr && live->unjudged == 0 &&
         std::none_of(live->vantages.begin(), live->vantages.end(),
                      [](const auto& vantage) { return vantage.unanswered + vantage.outside > 0; });
}

template <typename Fits>
bool some_vantage(const LiveResult& live, Fits&& fits) {
  return std::any_of(live.vantages.begin(), live.vantages.end(), fits);
}

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

std::vector<Draft> Acceptance::unused(const LiveResult* live, std::vector<std::size_t>* which) const {
  Findings findings;
  findings.begin_subject({TargetKind::inventory, run_.inventory->path}, run_.inventory->top);
  std::vector<std::size_t> about;
  judge_waivers(live, findings, about);
  if (baseline_ != nullptr) judge_entries(live, findings, about);
  if (which != nullptr) *which = std::move(about);
  return findings.take();
}

std::vector<std::size_t> Acceptance::used() const {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < waiver_used_.size(); ++i) {
    if (waiver_used_[i]) all.push_back(i);
  }
  for (std::size_t i = 0; i < entry_used_.size(); ++i) {
    if (entry_used_[i]) all.push_back(waiver_used_.size() + i);
  }
  return all;
}

bool Acceptance::was_judged(RuleIndex rule, std::string_view target, const LiveResult* live) const {
  if (rule == policy_.rules().size()) return false;
  switch (policy_.rules()[rule].seen()) {
    case Seen::offline:
      return true;
    case Seen::earlier:
      return run_.earlier != nullptr;
    case Seen::banners: {
      const auto address = IpAddress::read(target);
      return run_.banners != nullptr && address && run_.banners->find(*address) != nullptr;
    }
    case Seen::probed: {
      const auto address = IpAddress::read(target);
      return run_.probes != nullptr && address && !run_.probes->of(*address).empty();
    }
    case Seen::said:
      return run_.banners != nullptr && all_answered(live);
    case Seen::fetched:
      return run_.sts_policies != nullptr && all_answered(live);
    case Seen::texts:
      if (!is_pattern(target)) return zone_texts_.contains(ascii_lower(target));
      return std::any_of(zone_texts_.begin(), zone_texts_.end(),
                         [&](const auto& origin) { return glob_match(target, origin); });
    case Seen::concluded:
    case Seen::answers:
      return all_answered(live);
    case Seen::holder:
      return all_answered(live) && some_vantage(*live, [](const auto& vantage) {
               return vantage.kind == dns::VantageKind::authoritative;
             });
    case Seen::inside:
      return all_answered(live) && some_vantage(*live, [&](const auto& vantage) {
               const auto& declared = run_.inventory->vantages;
               return std::any_of(declared.begin(), declared.end(), [&](const auto& d) {
                 return d.view == "internal" && d.name == vantage.name;
               });
             });
    case Seen::target:
      return all_answered(live) &&
             some_vantage(*live, [&](const auto& vantage) { return glob_match(target, vantage.name); });
  }
  return false;
}

void Acceptance::judge_waivers(const LiveResult* live, Findings& findings,
                               std::vector<std::size_t>& which) const {
  const auto rules = enabled<const UnusedWaiverCase>(policy_);
  if (rules.empty()) return;
  for (std::size_t i = 0; i < waiver_used_.size(); ++i) {
    const auto& waiver = run_.inventory->waivers[i];
    if (waiver_used_[i] || !was_judged(policy_.index_of(waiver.rule), waiver.target, live)) continue;
    const UnusedWaiverCase c{run_, *run_.inventory, waiver};
    judge_all(rules, c, findings);
    which.resize(findings.drafts().size(), i);
  }
}

void Acceptance::judge_entries(const LiveResult* live, Findings& findings,
                               std::vector<std::size_t>& which) const {
  const auto rules = enabled<const StaleEntryCase>(policy_);
  if (rules.empty()) return;
  for (std::size_t i = 0; i < entry_used_.size(); ++i) {
    const auto& entry = baseline_->entries[i];
    const RuleIndex accepted = policy_.index_of(entry.rule);
    // No id has a * in it; whoever wrote one by hand does not make a pattern of the entry.
    if (entry_used_[i] || is_pattern(entry.target.id) || !was_judged(accepted, entry.target.id, live) ||
        !policy_.is_on(accepted))
      continue;
    const StaleEntryCase c{run_, *run_.inventory, entry};
    judge_all(rules, c, findings);
    which.resize(findings.drafts().size(), waiver_used_.size() + i);
  }
}

}  // namespace rdnsgate::audit
