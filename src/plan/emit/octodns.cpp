// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// What octoDNS's YamlProvider reads (octodns/provider/yaml.py): owners relative to the zone, one mapping or a
// list of them, `value` or `values`, keys in natural order, and semicolons in TXT behind a backslash.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text/escape.h"
#include "base/text/natural_order.h"
#include "inventory/octodns/octodns_style.h"
#include "plan/emit/zone_blocks.h"
#include "yaml/emitter.h"

namespace rdnsgate::plan {
namespace {

bool is_ambiguous(const Step& step) {
  return step.after &&
         std::any_of(step.after->rdata.begin(), step.after->rdata.end(), [&](const std::string& rdata) {
           return inventory::is_ambiguous_text(step.type, rdata);
         });
}

/// As octoDNS wants keys (`enforce_order`).
struct NaturalOrder {
  bool operator()(const std::string& a, const std::string& b) const {
    const auto order = natural_compare(a, b);
    return order != 0 ? order < 0 : a < b;
  }
};
using Owners = std::map<std::string, std::vector<Step>, NaturalOrder>;

void put_record(yaml::Emitter& out, const Step& step) {
  const auto& after = *step.after;
  out.begin_map().key("ttl").number(after.ttl).member("type", dns::to_string(step.type));
  if (after.rdata.size() == 1) {
    out.key("value").quoted(inventory::octodns_value(step.type, after.rdata.front()));
  } else {
    out.key("values").begin_list();
    for (const auto& rdata : after.rdata) out.quoted(inventory::octodns_value(step.type, rdata));
    out.end_list();
  }
  out.end_map();
}

/// The records by their owners.
std::string records_of(const Owners& owners) {
  yaml::Emitter out;
  out.begin_map();
  for (const auto& [owner, steps] : owners) {
    out.quoted_key(owner).begin_list();
    for (const auto& step : steps) put_record(out, step);
    out.end_list();
  }
  return out.end_map().take();
}

}  // namespace

std::string octodns_block(const ZoneBlock& block) {
  std::vector<Step> by_hand;
  Owners owners;
  std::string out = "# " + block.title() + "\n";
  out += fmt::format("# Replace the records of the same name and type in {}yaml with these.\n",
                     escape_terminal(block.zone.fqdn()));
  for (const auto& step : block.steps(by_hand)) {
    if (is_ambiguous(step)) {
      by_hand.push_back(step);
    } else if (step.after) {
      owners[relative_name(step.owner, block.zone, "")].push_back(step);
    } else {
      out += fmt::format("# take out: {} {}\n", quoted_text(relative_name(step.owner, block.zone, "")),
                         dns::to_string(step.type));
    }
  }
  for (const auto& step : by_hand)
    out += fmt::format("# by hand: {} {}\n", escape_terminal(step.owner.fqdn()), dns::to_string(step.type));
  return owners.empty() ? out : out + "---\n" + records_of(owners);
}

}  // namespace rdnsgate::plan
