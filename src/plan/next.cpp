// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "plan/emit.h"
#include "plan/zone_blocks.h"

namespace rdnsgate::plan {
namespace {

std::string zone_step(const ZoneBlock& block, ManagedBy managed_by) {
  switch (managed_by) {
    case ManagedBy::nsupdate:
      return nsupdate_script(block.plan, block.phase, block.zone, block.rollback);
    case ManagedBy::octodns:
      return octodns_block(block);
    case ManagedBy::dnscontrol:
      return dnscontrol_block(block);
    default:
      return zonefile_block(block);
  }
}

}  // namespace

std::string emit_next(const Plan& plan, const std::vector<std::size_t>& phases, const Name* only, Time now) {
  std::string out;
  for (const auto index : phases) {
    const Phase& phase = plan.phases[index];
    for (const auto& zone : zones_of(phase)) {
      if (only != nullptr && *only != zone) continue;
      const auto step = std::find_if(phase.steps.begin(), phase.steps.end(),
                                     [&](const Step& one) { return one.zone == zone; });
      if (step->managed_by != ManagedBy::ticket)
        out += zone_step({plan, index, zone, false}, step->managed_by);
    }
    if (only != nullptr) continue;
    for (const auto& contact : ticket_contacts(plan)) out += ticket_step(plan, contact, index, false, now);
    // A comment for nsupdate and in zone files alike.
    for (const auto& manual : phase.manual)
      out += escape_terminal("; " + manual.sender + ": " + manual.text) + "\n";
  }
  return out;
}

}  // namespace rdnsgate::plan
