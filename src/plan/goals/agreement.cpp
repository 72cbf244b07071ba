// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/goals/agreement.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "dns/delegation/delegation.h"

namespace rdnsgate::plan {
namespace {

/// What is said, and which servers say it.
using Versions = std::map<std::string, std::vector<std::string>>;

std::string who(const Name& server, const IpAddress& address) {
  return fmt::format("{} ({})", server.text(), address.to_string());
}

std::string records_of(const dns::ServerAnswer& said, RrType type) {
  std::vector<std::string> records;
  for (const auto& set : said.answer) {
    if (set.type != type) continue;
    for (const auto& rdata : set.rdata) records.push_back(dns::rdata_text(type, rdata));
  }
  std::sort(records.begin(), records.end());
  return records.empty() ? "none" : fmt::format("{}", fmt::join(records, " "));
}

std::string listed(std::string_view about, const Versions& versions) {
  std::string text(about);
  for (const auto& [said, servers] : versions)
    text += fmt::format("{} {} at {}", &said == &versions.begin()->first ? ":" : ",", said,
                        fmt::join(servers, " and "));
  return text;
}

Versions versions_of(const Fact& fact) {
  Versions versions;
  for (const auto& said : fact.servers) {
    if (dns::is_definite(said.outcome))
      versions[records_of(said, fact.question.type)].push_back(who(said.server, said.address));
  }
  return versions;
}

Versions serials_of(const dns::Cut& cut) {
  Versions versions;
  for (const auto& server : cut.servers) {
    for (const auto& report : server.addresses) {
      if (const auto serial = report.serial())
        versions[fmt::format("serial {}", *serial)].push_back(who(server.name, report.address));
    }
  }
  return versions;
}

/// The PTR record of each address that something changes for, and the addresses of its names, old and new: a
/// record that stays is what the next step stands on, at whichever server it is met.
std::set<std::size_t> sets_rested_on(const Picture& picture, const Goals& goals) {
  std::set<std::size_t> sets;
  for (const auto& operation : goals.operations) {
    if (operation.set != none) sets.insert(operation.set);
    for (const auto index : operation.paths) {
      const auto& path = picture.paths[index];
      for (const auto set : {path.ptr_set, path.alias_set, path.block_set}) sets.insert(set);
      std::vector<Name> names = path.live_ptr;
      for (const auto* declared : {path.now, path.base}) {
        if (declared == nullptr) continue;
        inventory::for_each_name(*declared, [&](const Name& name) { names.push_back(name); });
      }
      for (const auto& name : names) sets.insert(picture.find(name, forward_type(path.ip)));
    }
  }
  sets.erase(none);
  return sets;
}

}  // namespace

Disagreement disagreement_about(const Picture& picture, const Goals& goals) {
  // Where no server was asked beside another one, none can differ.
  if (std::none_of(picture.facts.begin(), picture.facts.end(),
                   [](const Fact* fact) { return !fact->servers.empty() || fact->delegation != nullptr; }))
    return {};
  std::set<std::pair<Name, RrType>> sets;
  std::set<Name> zones;
  for (const auto& operation : goals.operations) {
    if (operation.set == none) continue;
    const auto& set = picture.sets[operation.set];
    sets.emplace(set.owner, set.type);
    if (operation.alias != none) sets.emplace(picture.sets[operation.alias].owner, RrType::PTR);
    if (set.zone != none) zones.insert(picture.zones[set.zone].name);
  }
  const auto rested_on = sets_rested_on(picture, goals);
  Disagreement found;
  for (const auto* fact : picture.facts) {
    const auto& name = fact->question.name;
    const auto type = fact->question.type;
    if (type == RrType::SOA) {
      if (fact->delegation == nullptr || zones.count(name) == 0) continue;
      const auto versions = serials_of(fact->delegation->cut);
      if (versions.size() > 1) found.serials.push_back(listed(name.text(), versions));
    } else if (sets.count({name, type}) != 0 || rested_on.count(picture.find(name, type)) != 0) {
      const auto versions = versions_of(*fact);
      if (versions.size() > 1)
        found.records.push_back(listed(fmt::format("{} {}", name.text(), dns::to_string(type)), versions));
    }
  }
  return found;
}

}  // namespace rdnsgate::plan
