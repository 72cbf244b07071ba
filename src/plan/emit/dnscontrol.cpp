// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// JavaScript for DNSControl's dnsconfig.js: D_EXTEND adds records to a zone that is declared elsewhere. It
// takes nothing away, so what has to go is said in comments beside it.
#include <fmt/format.h>

#include "base/text/escape.h"
#include "plan/emit/zone_blocks.h"

namespace rdnsgate::plan {
namespace {

std::vector<std::string> records(const Step& step, const MaybeVersion& version) {
  std::vector<std::string> all;
  if (!version) return all;
  for (const auto& rdata : version->rdata) {
    all.push_back(fmt::format("{}({}, {}, TTL({}))", dns::to_string(step.type),
                              quoted_text(relative_name(step.owner, step.zone, "@")),
                              quoted_text(plain_data(step.type, rdata)), version->ttl));
  }
  return all;
}

}  // namespace

std::string dnscontrol_block(const ZoneBlock& block) {
  std::vector<Step> by_hand;
  std::string out = "// " + block.title() + "\n", added;
  for (const auto& step : block.steps(by_hand)) {
    if (step.type == RrType::NS && step.owner == step.zone) {
      by_hand.push_back(step);  // NAMESERVER() in the zone's D(), which nothing outside of it can change
      continue;
    }
    for (const auto& record : records(step, step.before)) out += "// take out: " + record + "\n";
    for (const auto& record : records(step, step.after)) added += (added.empty() ? "  " : ",\n  ") + record;
  }
  for (const auto& step : by_hand)
    out += fmt::format("// by hand: {} {}\n", escape_terminal(step.owner.fqdn()), dns::to_string(step.type));
  if (added.empty()) return out;
  return out + fmt::format("D_EXTEND({},\n{}\n);\n", quoted_text(block.zone.text()), added);
}

}  // namespace rdnsgate::plan
