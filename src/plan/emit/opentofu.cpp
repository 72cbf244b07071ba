// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// Resources of the provider hashicorp/dns, which sends dynamic updates. It replaces a resource by deleting
// and creating it, in two updates, and sends no prerequisites: the nsupdate scripts are the safer way.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/ascii.h"
#include "base/text/escape.h"
#include "base/text/text.h"
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

std::string label_of_phase(const Plan& plan, std::size_t index) {
  return fmt::format("phase {} {}", index, plan.phases[index].id);
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

/// Why the provider has no resource for it; empty where it has.
std::string_view unfit(const Step& step, const Version& version) {
  if (step.type == RrType::PTR && version.rdata.size() > 1) return "the resource has one target";
  if (step.type == RrType::NS && step.owner == step.zone)
    return "the resource has to have a name below the zone's";
  return {};
}

std::string resource(const Step& step, const Version& version) {
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
  for (const auto& rdata : version.rdata) data.push_back(hcl_string(plain_data(step.type, rdata)));
  const auto list = fmt::format("{}", fmt::join(data, ", "));
  const bool single = step.type == RrType::PTR || step.type == RrType::CNAME;
  set(values, single ? list : "[" + list + "]");
  set("ttl", std::to_string(version.ttl));
  return out + "}\n";
}

/// One record set of a plan, on its way through the phases.
struct RecordSet {
  const Step* step;
  MaybeVersion now;
};
using RecordSets = std::map<std::pair<Name, RrType>, RecordSet>;  // a name lies in one zone

void follow(const std::vector<Step>& steps, bool done, RecordSets& sets) {
  for (const auto& step : steps) {
    if (step.managed_by == ManagedBy::ticket) continue;
    auto& set = sets.try_emplace({step.owner, step.type}, RecordSet{&step, step.before}).first->second;
    if (done) set.now = step.after;
  }
}

std::string import_of(const Step& step) {
  return fmt::format("import {{\n  to = {}.{}\n  id = {}\n}}\n", resource_of(step.type).type, label_of(step),
                     hcl_string(step.owner.fqdn()));
}

}  // namespace

std::string opentofu_file(const Plan& plan, const OpentofuState& state) {
  RecordSets sets;
  for (std::size_t i = 0; i < plan.phases.size(); ++i) follow(plan.phases[i].steps, state.done[i], sets);
  if (state.undone) follow(plan.phases[*state.undone].rollback, true, sets);
  if (sets.empty()) return "";
  const auto last = std::find(state.done.rbegin(), state.done.rend(), true);
  const auto index = static_cast<std::size_t>(state.done.rend() - last);
  std::string out =
      escape_terminal(state.undone ? fmt::format("# rdnsgate plan {}, with {} rolled back", plan.id,
                                                 label_of_phase(plan, *state.undone))
                      : index == 0 ? fmt::format("# rdnsgate plan {}, before its first change", plan.id)
                                   : fmt::format("# rdnsgate plan {}, with all phases done up to {}", plan.id,
                                                 label_of_phase(plan, index - 1)));
  out +=
      "\n# Every record set that the plan changes, as it is then. Copy this over the file of the phase "
      "before, and run\n"
      "# tofu plan and tofu apply: they make the changes of one phase and no other.\n";
  if (state.with_import)
    out += "# Of this first file they only take over what is there: nothing is to be changed.\n";
  out +=
      "# The provider (hashicorp/dns) replaces a resource by deleting and creating it: caches may take the "
      "gap for\n"
      "# absence.\n";
  std::string resources;
  for (const auto& [key, set] : sets) {
    if (!set.now) continue;
    const auto& step = *set.step;
    const auto why = step.type == RrType::SOA || !step.by_hand.empty()
                         ? std::string_view("the provider has no resource for it")
                     : !is_plain_text(step.type, *set.now) ? std::string_view("text that is not ASCII")
                                                           : unfit(step, *set.now);
    if (!why.empty()) {
      out += fmt::format("# by hand: {} {} ({})\n", escape_terminal(step.owner.fqdn()),
                         dns::to_string(step.type), why);
    } else {
      if (state.with_import) resources += import_of(step);
      resources += resource(step, *set.now);
    }
  }
  return out + resources;
}

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
    } else if (!unfit(step, *step.after).empty()) {
      by_hand.push_back(step);
    } else {
      resources += resource(step, *step.after);
    }
  }
  for (const auto& step : by_hand)
    out += fmt::format("# by hand: {} {}\n", escape_terminal(step.owner.fqdn()), dns::to_string(step.type));
  return out + resources;
}

}  // namespace rdnsgate::plan
