// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/subjects.h"

#include <algorithm>

#include "audit/touched.h"

namespace rdnsgate::audit {
namespace {

bool has_internal_view(const Inventory& inventory, const Sender& sender) {
  const auto addresses = std::span(inventory.addresses).subspan(sender.first_address, sender.address_count);
  return std::any_of(addresses.begin(), addresses.end(),
                     [&](const Address& address) { return inventory.internal_view_of(address) != nullptr; });
}

bool names(const Address& address, const dns::Name& name) {
  return name == address.ptr || name == address.helo || name == dns::reverse_name(address.ip);
}

}  // namespace

Subjects::Subjects(const RunContext& run, const Policy& policy)
    : run_(run),
      address_rules_(enabled<AddressCase>(policy)),
      internal_rules_(enabled<InternalCase>(policy)),
      sender_rules_(enabled<SenderCase>(policy)),
      zone_rules_(enabled<ZoneCase>(policy)) {
  const auto& senders = run.inventory->senders;
  for (inventory::SenderIndex i = 0; i < senders.size() && !sender_rules_.empty(); ++i) {
    const auto count = senders[i].address_count;
    if (count > 1 && count <= SenderCase::max_addresses) senders_.push_back(i);
  }
  if (run.touched != nullptr) choose();
}

void Subjects::choose() {
  const auto& touched = *run_.touched;
  for (std::size_t i = 0; i < first_zone() + zones(); ++i) {
    const bool is_touched = i < first_sender() ? touched.addresses[i] != 0
                            : i < first_zone() ? touched.senders[senders_[i - first_sender()]] != 0
                                               : touched.zones[i - first_zone()] != 0;
    if (is_touched) chosen_.push_back(i);
  }
}

template <typename Case>
Judgement Subjects::run(const std::vector<Enabled<Case>>& rules, Case& subject, bool own_walk,
                        Findings& findings) {
  Judgement judgement;
  for (std::size_t i = 0; i < basis_count; ++i)
    judgement.grounds[i] = grounds_of(subject, static_cast<Basis>(i), own_walk);
  for (const auto& rule : rules) {
    const std::size_t before = findings.drafts().size();
    subject.desk.begin_part();
    findings.begin_rule(rule.index);
    rule.judge(subject, findings);
    Grounds asked;
    for (const auto* fact : subject.desk.part()) asked.add(*fact, own_walk);
    if (!asked.answered) judgement.hindered.push_back(rule.index);
    if (findings.drafts().size() == before) continue;
    findings.ground(before, rule.basis, grounds_of_part(subject, rule.basis, own_walk), own_walk);
  }
  judgement.drafts = findings.take();
  return judgement;
}

bool Subjects::is_own(std::size_t chosen, const dns::Name& name) {
  const Inventory& inventory = *run_.inventory;
  const std::size_t subject = among_all(chosen);
  if (subject < first_sender()) return names(inventory.addresses[subject], name);
  if (subject >= first_zone())
    return name == inventory.zones[subject - first_zone()].name || names_of_inventory().contains(name);
  const auto& sender = inventory.senders[senders_[subject - first_sender()]];
  const auto addresses = std::span(inventory.addresses).subspan(sender.first_address, sender.address_count);
  return std::any_of(addresses.begin(), addresses.end(),
                     [&](const Address& address) { return names(address, name); });
}

/// Made late: few zones are asked about anything but themselves, and it costs as much as the inventory.
const std::unordered_set<dns::Name>& Subjects::names_of_inventory() {
  if (!names_.empty()) return names_;
  const Inventory& inventory = *run_.inventory;
  for (const auto& address : inventory.addresses)
    names_.insert({address.ptr, address.helo, dns::reverse_name(address.ip)});
  for (const auto& retired : inventory.retired_addresses) names_.insert(dns::reverse_name(retired.ip));
  for (const auto& retired : inventory.retired_names) names_.insert(retired.name);
  for (const auto& zone : inventory.zones) names_.insert(zone.name);
  return names_;
}

Target Subjects::target(std::size_t chosen) const {
  const Inventory& inventory = *run_.inventory;
  const std::size_t subject = among_all(chosen);
  if (subject < first_sender()) return {TargetKind::address, inventory.addresses[subject].ip.to_string()};
  if (subject < first_zone())
    return {TargetKind::sender, inventory.senders[senders_[subject - first_sender()]].name};
  return {TargetKind::zone, inventory.zones[subject - first_zone()].name.text()};
}

Span Subjects::at(std::size_t chosen) const {
  const Inventory& inventory = *run_.inventory;
  const std::size_t subject = among_all(chosen);
  if (subject < first_sender()) return inventory.addresses[subject].at;
  if (subject < first_zone()) return inventory.senders[senders_[subject - first_sender()]].at;
  return inventory.zones[subject - first_zone()].at;
}

/// Without glances: what differs from the outside is declared.
Judgement Subjects::judge_inside(const inventory::InternalView& view, AddressCase&& outside, bool own_walk,
                                 Findings& findings) const {
  InternalCase inside{std::move(outside), view};
  auto judgement = run(internal_rules_, inside, own_walk, findings);
  for (auto& draft : judgement.drafts) draft.internal = true;
  return judgement;
}

Judgement Subjects::judge(std::size_t chosen, bool own_walk, bool internal, dns::FactDesk& desk) const {
  const Inventory& inventory = *run_.inventory;
  const std::size_t subject = among_all(chosen);
  Findings findings;
  findings.begin_subject(target(chosen), at(chosen));
  const auto judged = [&](const auto& rules, auto found) {
    return found ? run(rules, *found, own_walk, findings) : Judgement{};
  };
  if (subject >= first_zone())
    return judged(zone_rules_, read_zone(run_, inventory.zones[subject - first_zone()], desk));
  if (subject >= first_sender()) {
    const auto& sender = inventory.senders[senders_[subject - first_sender()]];
    // Its addresses are compared by what the world sees of them.
    if (internal && has_internal_view(inventory, sender)) return {};
    return judged(sender_rules_, read_sender(run_, sender, desk));
  }
  auto found = read_address(run_, inventory.addresses[subject], desk);
  if (!found) return {};
  const auto* view = internal ? inventory.internal_view_of(inventory.addresses[subject]) : nullptr;
  if (view != nullptr) return judge_inside(*view, std::move(*found), own_walk, findings);
  auto judgement = run(address_rules_, *found, own_walk, findings);
  if (glances_) judgement.glances = glances_of(*found, own_walk);
  return judgement;
}

}  // namespace rdnsgate::audit
