// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/evidence/milestones.h"

#include <fmt/format.h>

#include <algorithm>

#include "dns/facts/collect.h"
#include "run/frame/open_panel.h"
#include "run/paths/first_answer.h"
#include "run/paths/hosts.h"
#include "run/paths/receivers.h"

namespace rdnsgate::run {
namespace {

using report::Milestone;
using report::MilestoneKind;
using report::PathPart;
using report::PathState;

Milestone milestone(MilestoneKind kind, const PathPart& part) {
  return {kind, part.state, std::string(part.word), part.detail};
}

/// That other hosts say the same name is no matter of this address: its name leads to it.
Milestone helo_milestone(const inventory::Inventory& inventory, const inventory::Address& address,
                         const PathPart& part) {
  if (address.helo.is_root() && inventory.sender_of(address).helo_text.empty())
    return {MilestoneKind::helo, PathState::unjudged, "not-judged", "no HELO name is declared"};
  auto one = milestone(MilestoneKind::helo, part);
  if (one.word == "inconsistent") one.state = PathState::good;
  return one;
}

/// As far as reverse DNS and the HELO name decide: what mail says of itself is taken to be well.
Milestone delivery_milestone(Signs signs) {
  signs.spf_pass = signs.dkim = signs.dmarc_record = Tri::yes;
  signs.spf_fail = Tri::no;
  signs.policy = mailauth::DmarcPolicy::none;
  const auto received = receive(signs, true);
  Milestone one{MilestoneKind::delivery, PathState::good, "accepted",
                "as far as their published rules say; no mail was sent"};
  std::vector<std::string> refusing;
  for (const auto* rule : received.broken) {
    if (rule->effect == report::PathEffect::refused)
      refusing.push_back(rule->reply.empty() ? std::string(rule->receiver)
                                             : fmt::format("{} ({})", rule->receiver, rule->reply));
  }
  if (received.verdict == report::PathRow::Verdict::refused) {
    one.state = PathState::bad;
    one.word = "refused";
    one.detail = fmt::format("refused by {}", fmt::join(refusing, ", "));
  } else if (received.verdict == report::PathRow::Verdict::unknown) {
    one.state = PathState::unknown;
    one.word = "unknown";
    one.detail = "it depends on what could not be determined";
  }
  return one;
}

}  // namespace

std::vector<report::AddressMilestones> judge_milestones(dns::Panel& vantages,
                                                        const inventory::Inventory& inventory,
                                                        const std::vector<inventory::AddressIndex>& addresses,
                                                        milliseconds deadline,
                                                        std::vector<std::string>* asked) {
  const auto& all = vantages.vantages();
  if (all.empty()) return {};
  const auto order = asking_order(all, nearest_vantage(all));
  if (asked != nullptr) {
    for (const auto one : order) asked->push_back(all[one].name);
  }
  dns::FactStore kept, facts;
  FirstAnswerPanel panel(vantages, order, kept);
  const HostJudge judge(inventory);
  std::vector<std::pair<HostIdentity, Signs>> judged;
  const bool in_time = dns::collect(
      panel, 0, facts,
      [&](dns::FactDesk& desk) {
        judged.assign(addresses.size(), {});
        for (std::size_t i = 0; i < addresses.size(); ++i)
          judged[i].first = judge.judge(inventory.addresses[addresses[i]], desk, judged[i].second);
      },
      deadline);
  std::vector<report::AddressMilestones> out;
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    const auto& address = inventory.addresses[addresses[i]];
    report::AddressMilestones one;
    one.ip = address.ip;
    one.sender = inventory.sender_of(address).name;
    if (!address.ptr.is_root()) one.ptr = address.ptr.text();
    if (!address.helo.is_root()) one.helo = address.helo.text();
    if (in_time) {
      const auto& [host, signs] = judged[i];
      one.names = host.ptr.names;
      one.milestones = {milestone(MilestoneKind::ptr, host.ptr),
                        milestone(MilestoneKind::forward, host.fcrdns),
                        helo_milestone(inventory, address, host.helo), delivery_milestone(signs)};
    } else {
      for (const auto kind :
           {MilestoneKind::ptr, MilestoneKind::forward, MilestoneKind::helo, MilestoneKind::delivery})
        one.milestones.push_back(
            {kind, PathState::unknown, "unknown", "the deadline passed before it was asked"});
    }
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace rdnsgate::run
