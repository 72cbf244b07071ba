// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// What octoDNS's YamlProvider reads (octodns/provider/yaml.py): owners relative to the zone, one mapping or a
// list of them, `value` or `values`, and semicolons in TXT behind a backslash.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/escape.h"
#include "plan/emit/zone_blocks.h"
#include "yaml/emitter.h"

namespace rdnsgate::plan {
namespace {

std::string value_of(RrType type, const std::string& rdata) {
  std::string out;
  for (const char c : plain_data(type, rdata)) {
    if (type == RrType::TXT && c == ';') out += '\\';
    out += c;
  }
  return out;
}

/// Providers behind octoDNS take quotation marks and backslashes in TXT differently: some as they are, some
/// as in zone files.
bool is_ambiguous(const Step& step) {
  return step.type == RrType::TXT && step.after &&
         std::any_of(step.after->rdata.begin(), step.after->rdata.end(), [](const std::string& rdata) {
           return dns::txt_joined(rdata).find_first_of("\\\"") != std::string::npos;
         });
}

void put_record(yaml::Emitter& out, const Step& step) {
  const auto& after = *step.after;
  out.begin_map().key("ttl").number(after.ttl).member("type", dns::to_string(step.type));
  if (after.rdata.size() == 1) {
    out.key("value").quoted(value_of(step.type, after.rdata.front()));
  } else {
    out.key("values").begin_list();
    for (const auto& rdata : after.rdata) out.quoted(value_of(step.type, rdata));
    out.end_list();
  }
  out.end_map();
}

/// The records by their owners.
std::string records_of(const std::map<Name, std::vector<Step>>& owners, const Name& zone) {
  yaml::Emitter out;
  out.begin_map();
  for (const auto& [owner, steps] : owners) {
    out.quoted_key(relative_name(owner, zone, "")).begin_list();
    for (const auto& step : steps) put_record(out, step);
    out.end_list();
  }
  return out.end_map().take();
}

}  // namespace

std::string octodns_block(const ZoneBlock& block) {
  std::vector<Step> by_hand;
  std::map<Name, std::vector<Step>> owners;
  std::string out = "# " + block.title() + "\n";
  out += fmt::format("# Replace the records of the same name and type in {}yaml with these.\n",
                     escape_terminal(block.zone.fqdn()));
  for (const auto& step : block.steps(by_hand)) {
    if (is_ambiguous(step)) {
      by_hand.push_back(step);
    } else if (step.after) {
      owners[step.owner].push_back(step);
    } else {
      out += fmt::format("# take out: {} {}\n", quoted_text(relative_name(step.owner, block.zone, "")),
                         dns::to_string(step.type));
    }
  }
  for (const auto& step : by_hand)
    out += fmt::format("# by hand: {} {}\n", escape_terminal(step.owner.fqdn()), dns::to_string(step.type));
  return owners.empty() ? out : out + "---\n" + records_of(owners, block.zone);
}

}  // namespace rdnsgate::plan
