// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/emit/zone_blocks.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text/escape.h"

namespace rdnsgate::plan {
namespace {

bool is_plain(const Step& step) {
  return (!step.before || is_plain_text(step.type, *step.before)) &&
         (!step.after || is_plain_text(step.type, *step.after));
}

}  // namespace

bool is_plain_text(RrType type, const Version& version) {
  return type != RrType::TXT ||
         std::all_of(version.rdata.begin(), version.rdata.end(), [](const std::string& rdata) {
           const auto text = dns::txt_joined(rdata);
           return std::none_of(text.begin(), text.end(), [](char c) { return c < 0x20 || c > 0x7e; });
         });
}

std::vector<Step> ZoneBlock::steps(std::vector<Step>& by_hand) const {
  const auto& one = plan.phases[phase];
  std::vector<Step> all;
  for (const auto& step : rollback ? one.rollback : one.steps) {
    if (step.zone != zone) continue;
    const bool carried = step.type != RrType::SOA && step.by_hand.empty() && is_plain(step);
    (carried ? all : by_hand).push_back(step);
  }
  return all;
}

std::string ZoneBlock::title() const {
  return escape_terminal(fmt::format("rdnsgate plan {}, phase {} {}{}, zone {}", plan.id, phase,
                                     plan.phases[phase].id, rollback ? " (roll-back)" : "", zone.fqdn()));
}

std::string all_blocks(const Plan& plan, std::string_view comment, const BlockEmitter& emitter) {
  std::string out;
  for (std::size_t i = 0; i < plan.phases.size(); ++i) {
    for (const auto& zone : zones_of(plan.phases[i])) {
      if (!out.empty()) out += '\n';
      out += emitter({plan, i, zone, false});
    }
  }
  return out.empty() ? fmt::format("{} rdnsgate plan {}: nothing to do\n", comment, plan.id) : out;
}

std::vector<Name> zones_of(const Phase& phase) {
  std::set<Name> zones;
  for (const auto& step : phase.steps) zones.insert(step.zone);
  return {zones.begin(), zones.end()};
}

std::string plain_data(RrType type, const std::string& rdata) {
  return type == RrType::TXT ? dns::txt_joined(rdata) : dns::rdata_text(type, rdata);
}

}  // namespace rdnsgate::plan
