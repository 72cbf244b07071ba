// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/acceptance.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"

namespace rdnsgate::audit {
namespace {

/// It begins on the line. What is said of a file as a whole begins on its first and is not about that; and
/// what stands nowhere is a span without extent too.
bool is_within(Span at, Span line) {
  return at.file == line.file && at.begin >= line.begin && at.begin < line.end && at.end > 0;
}

template <typename Things, typename IdOf>
Span place_of(const Things& things, std::string_view id, IdOf id_of) {
  for (const auto& thing : things) {
    if (id_of(thing) == id) return thing.at;
  }
  return {};
}

/// Where the inventory declares what a finding is about; a span without extent where it does not.
Span declared_at(const Inventory& inventory, const Target& target) {
  const auto by_name = [](const auto& thing) -> std::string_view { return thing.name; };
  const auto by_dns_name = [](const auto& thing) { return thing.name.text(); };
  switch (target.kind) {
    case TargetKind::address: {
      const auto ip = IpAddress::parse(target.id);
      const auto* address = ip ? inventory.find(*ip) : nullptr;
      return address != nullptr ? address->at : Span{};
    }
    case TargetKind::sender:
      return place_of(inventory.senders, target.id, by_name);
    case TargetKind::relay:
      return place_of(inventory.relays, target.id, by_name);
    case TargetKind::domain:
      return place_of(inventory.domains, target.id, by_dns_name);
    case TargetKind::zone:
      return place_of(inventory.zones, target.id, by_dns_name);
    case TargetKind::vantage:
      return place_of(inventory.vantages, target.id, by_name);
    case TargetKind::inventory:
      return {};
  }
  return {};
}

/// Whether a waiver of the finding's rule covers it. One that stands in a comment is for what is declared on
/// its line, and for findings that point to the line.
class Coverer {
 public:
  Coverer(const Inventory& inventory, const Finding& finding) : inventory_(inventory), finding_(finding) {}

  bool operator()(const inventory::Waiver& waiver) {
    if (!waiver.line) return glob_match(waiver.target, finding_.target.id);
    if (is_within(finding_.at, *waiver.line)) return true;
    if (!looked_up_) declared_ = declared_at(inventory_, finding_.target);
    looked_up_ = true;
    return is_within(declared_, *waiver.line);
  }

 private:
  const Inventory& inventory_;
  const Finding& finding_;
  bool looked_up_ = false;
  Span declared_{};
};

}  // namespace

Acceptance::Acceptance(const RunContext& run, const Policy& policy, const Baseline* baseline)
    : run_(run), policy_(policy), baseline_(baseline), waiver_used_(run.inventory->waivers.size(), false) {
  if (baseline == nullptr) return;
  entry_used_.resize(baseline->entries.size(), false);
  for (std::size_t i = 0; i < baseline->entries.size(); ++i)
    entries_.emplace(baseline->entries[i].fingerprint, i);
}

void Acceptance::apply(Finding& finding) {
  const auto& waivers = run_.inventory->waivers;
  Coverer covered_by(*run_.inventory, finding);
  for (std::size_t i = 0; i < waivers.size(); ++i) {
    const auto& waiver = waivers[i];
    if (waiver.rule != finding.rule || !covered_by(waiver)) continue;
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
  if (judge.index() < 3) return true;
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
  if (std::holds_alternative<std::monostate>(judge) && policy_.rules()[rule].info.id.starts_with("resolver-"))
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
    if (entry_used_[i] || !was_judged(accepted, entry.target.id, live) || !policy_.is_on(accepted)) continue;
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
