// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// Resources of the provider hashicorp/dns, which sends dynamic updates. It replaces a resource by deleting
// and creating it, in two updates, and sends no prerequisites: the nsupdate scripts are the safer way.
#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"
#include "base/escape.h"
#include "base/text.h"
#include "plan/emit/zone_blocks.h"

namespace rdnsgate::plan {
namespace {

/// An identifier of letters, digits and underscores that no other RRset has.
std::string label_of(const Step& step) {
  std::string out = "rdns_";
  for (const char c : step.owner.text()) {
    const bool plain = is_lower(c) || is_digit(c);
    out += plain      ? std::string(1, c)
           : c == '.' ? "_"
                      : fmt::format("-{:02x}-", static_cast<unsigned char>(c));
  }
  return out;
}

struct Resource {
  std::string_view type, values;
};
Resource resource_of(RrType type) {
  if (type == RrType::A) return {"dns_a_record_set", "addresses"};
  if (type == RrType::AAAA) return {"dns_aaaa_record_set", "addresses"};
  if (type == RrType::TXT) return {"dns_txt_record_set", "txt"};
  if (type == RrType::CNAME) return {"dns_cname_record", "cname"};
  if (type == RrType::NS) return {"dns_ns_record_set", "nameservers"};
  return {"dns_ptr_record", "ptr"};
}

std::string resource(const Step& step) {
  const auto [type, values] = resource_of(step.type);
  auto out = fmt::format("resource \"{}\" \"{}\" {{\n", type, label_of(step));
  // As `tofu fmt` lays it out.
  const std::size_t width = std::max<std::size_t>(4, values.size());
  const auto set = [&out, width](std::string_view name, const std::string& value) {
    out += fmt::format("  {:{}} = {}\n", name, width, value);
  };
  set("zone", hcl_string(step.zone.fqdn()));
  if (step.owner != step.zone) set("name", hcl_string(relative_name(step.owner, step.zone, "")));
  std::vector<std::string> data;
  for (const auto& rdata : step.after->rdata) data.push_back(hcl_string(plain_data(step.type, rdata)));
  const auto list = fmt::format("{}", fmt::join(data, ", "));
  const bool single = step.type == RrType::PTR || step.type == RrType::CNAME;
  set(values, single ? list : "[" + list + "]");
  set("ttl", std::to_string(step.after->ttl));
  return out + "}\n";
}

}  // namespace

std::string opentofu_block(const ZoneBlock& block) {
  std::vector<Step> by_hand;
  std::string out = "# " + block.title() + "\n";
  out +=
      "# The provider replaces a resource by deleting and creating it: caches may take the gap for "
      "absence.\n";
  std::string resources;
  for (const auto& step : block.steps(by_hand)) {
    if (!step.after) {
      out += fmt::format("# take out: resource \"{}\" \"{}\"\n", resource_of(step.type).type, label_of(step));
    } else if (step.type == RrType::PTR && step.after->rdata.size() > 1) {
      by_hand.push_back(step);  // the resource has one target
    } else if (step.type == RrType::NS && step.owner == step.zone) {
      by_hand.push_back(step);  // the resource has to have a name below the zone's
    } else {
      resources += resource(step);
    }
  }
  for (const auto& step : by_hand)
    out += fmt::format("# by hand: {} {}\n", escape_terminal(step.owner.fqdn()), dns::to_string(step.type));
  return out + resources;
}

}  // namespace rdnsgate::plan
