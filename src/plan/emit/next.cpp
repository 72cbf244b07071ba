// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>

#include "base/escape.h"
#include "dns/serial.h"
#include "plan/emit/emit.h"
#include "plan/emit/soa_update.h"
#include "plan/emit/zone_blocks.h"
#include "plan/rollout/sightings.h"

namespace rdnsgate::plan {
namespace {

std::string zone_step(const ZoneBlock& block, ManagedBy managed_by, const CurrentSoas& soas) {
  switch (managed_by) {
    case ManagedBy::nsupdate: {
      const auto soa = soas.find(block.zone);
      return nsupdate_script_with(block.plan, block.phase, block.zone, block.rollback,
                                  soa == soas.end() ? nullptr : &soa->second);
    }
    case ManagedBy::octodns:
      return octodns_block(block);
    case ManagedBy::dnscontrol:
      return dnscontrol_block(block);
    default:
      return zonefile_block(block);
  }
}

}  // namespace

CurrentSoas current_soas(const Plan& plan, const std::vector<std::size_t>& phases,
                         const dns::FactStore& facts, dns::VantageIndex vantage,
                         const dns::VantageInfo& info) {
  CurrentSoas soas;
  for (const auto phase : phases) {
    for (const auto& step : plan.phases[phase].steps) {
      if (step.type != RrType::SOA) continue;
      for (const auto& one : sightings({facts, vantage, info}, step.zone, {step.zone, RrType::SOA})) {
        if (!one.known || !one.version || one.version->rdata.size() != 1) continue;
        const auto& rdata = one.version->rdata.front();
        const auto soa = dns::soa_in(rdata);
        if (!soa) continue;
        const auto [known, fresh] = soas.emplace(step.zone, rdata);
        if (!fresh && dns::is_newer_serial(soa->serial, dns::soa_in(known->second).value().serial))
          known->second = rdata;
      }
    }
  }
  return soas;
}

std::string emit_next(const Plan& plan, const std::vector<std::size_t>& phases, const Name* only, Time now) {
  return emit_next_with(plan, phases, only, now, {});
}

std::string emit_next_with(const Plan& plan, const std::vector<std::size_t>& phases, const Name* only,
                           Time now, const CurrentSoas& soas) {
  std::string out;
  for (const auto index : phases) {
    const Phase& phase = plan.phases[index];
    for (const auto& zone : zones_of(phase)) {
      if (only != nullptr && *only != zone) continue;
      const auto step = std::find_if(phase.steps.begin(), phase.steps.end(),
                                     [&](const Step& one) { return one.zone == zone; });
      if (step->managed_by != ManagedBy::ticket)
        out += zone_step({plan, index, zone, false}, step->managed_by, soas);
    }
    if (only != nullptr) continue;
    out += emit_ticket_steps(plan, {index}, now);
    // A comment for nsupdate and in zone files alike.
    for (const auto& manual : phase.manual)
      out += escape_terminal("; " + manual.sender + ": " + manual.text) + "\n";
  }
  return out;
}

}  // namespace rdnsgate::plan
