// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "plan/emit.h"
#include "plan/zone_blocks.h"

namespace rdnsgate::plan {
namespace {

/// The change as lines of a zone file: what goes, as comments, and what stands there then.
std::string zone_lines(const ZoneBlock& block) {
  std::vector<Step> by_hand;
  std::string out = "; " + block.title() + "\n";
  const auto line = [&out](const Step& step, const Version& version, std::string_view before) {
    for (const auto& rdata : version.rdata)
      out += fmt::format("{}{} {} IN {} {}\n", before, step.owner.fqdn(), version.ttl,
                         dns::to_string(step.type), dns::rdata_text(step.type, rdata));
  };
  for (auto steps = block.steps(by_hand); const auto& step : steps) {
    if (step.before) line(step, *step.before, "; take out: ");
    if (step.after) line(step, *step.after, "");
  }
  for (const auto& step : by_hand) {
    if (step.before) line(step, *step.before, "; by hand, in place of: ");
    if (step.after) line(step, *step.after, "; by hand: ");
  }
  return out + "; and the serial of the SOA is to rise\n";
}

std::string zone_step(const ZoneBlock& block, ManagedBy managed_by) {
  switch (managed_by) {
    case ManagedBy::nsupdate:
      return nsupdate_script(block.plan, block.phase, block.zone, block.rollback);
    case ManagedBy::octodns:
      return octodns_block(block);
    case ManagedBy::dnscontrol:
      return dnscontrol_block(block);
    default:
      return zone_lines(block);
  }
}

}  // namespace

std::string emit_next(const Plan& plan, const std::vector<std::size_t>& phases, const Name* only,
                      Time start) {
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
    for (const auto& contact : ticket_contacts(plan)) out += ticket_step(plan, contact, index, false, start);
    // A comment for nsupdate and in zone files alike.
    for (const auto& manual : phase.manual)
      out += escape_terminal("; " + manual.sender + ": " + manual.text) + "\n";
  }
  return out;
}

}  // namespace rdnsgate::plan
