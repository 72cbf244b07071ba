// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// What octoDNS's YamlProvider reads (octodns/provider/yaml.py): owners relative to the zone, one mapping or a
// list of them, `value` or `values`, and semicolons in TXT behind a backslash.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "plan/emit/zone_blocks.h"
#include "base/escape.h"

namespace rdnsgate::plan {
namespace {

std::string value_of(RrType type, const std::string& rdata) {
  std::string out;
  for (const char c : plain_data(type, rdata)) {
    if (type == RrType::TXT && c == ';') out += '\\';
    out += c;
  }
  return quoted_text(out);
}

/// Providers behind octoDNS take quotation marks and backslashes in TXT differently: some as they are, some
/// as in zone files.
bool is_ambiguous(const Step& step) {
  return step.type == RrType::TXT && step.after &&
         std::any_of(step.after->rdata.begin(), step.after->rdata.end(), [](const std::string& rdata) {
           return dns::txt_joined(rdata).find_first_of("\\\"") != std::string::npos;
         });
}

std::string record(const Step& step) {
  const auto& after = *step.after;
  auto out = fmt::format("  - ttl: {}\n    type: {}\n", after.ttl, dns::to_string(step.type));
  if (after.rdata.size() == 1) return out + "    value: " + value_of(step.type, after.rdata.front()) + "\n";
  out += "    values:\n";
  for (const auto& rdata : after.rdata) out += "      - " + value_of(step.type, rdata) + "\n";
  return out;
}

}  // namespace

std::string octodns_block(const ZoneBlock& block) {
  std::vector<Step> by_hand;
  std::map<Name, std::string> owners;
  std::string out = "# " + block.title() + "\n";
  out += fmt::format("# Replace the records of the same name and type in {}yaml with these.\n",
                     escape_terminal(block.zone.fqdn()));
  for (const auto& step : block.steps(by_hand)) {
    if (is_ambiguous(step)) {
      by_hand.push_back(step);
    } else if (step.after) {
      owners[step.owner] += record(step);
    } else {
      out += fmt::format("# take out: {} {}\n", quoted_text(relative_name(step.owner, block.zone, "")),
                         dns::to_string(step.type));
    }
  }
  for (const auto& step : by_hand)
    out += fmt::format("# by hand: {} {}\n", escape_terminal(step.owner.fqdn()), dns::to_string(step.type));
  if (owners.empty()) return out;
  out += "---\n";
  for (const auto& [owner, records] : owners)
    out += quoted_text(relative_name(owner, block.zone, "")) + ":\n" + records;
  return out;
}

}  // namespace rdnsgate::plan
