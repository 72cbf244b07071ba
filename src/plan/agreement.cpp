// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/agreement.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "dns/delegation.h"

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

}  // namespace

Disagreement disagreement_about(const Picture& picture, const Goals& goals) {
  std::set<std::pair<Name, RrType>> sets;
  std::set<Name> zones;
  for (const auto& operation : goals.operations) {
    if (operation.set == none) continue;
    const auto& set = picture.sets[operation.set];
    sets.emplace(set.owner, set.type);
    if (operation.alias != none) sets.emplace(picture.sets[operation.alias].owner, RrType::PTR);
    if (set.zone != none) zones.insert(picture.zones[set.zone].name);
  }
  Disagreement found;
  for (const auto* fact : picture.facts) {
    const auto& name = fact->question.name;
    const auto type = fact->question.type;
    if (type == RrType::SOA) {
      if (fact->delegation == nullptr || zones.count(name) == 0) continue;
      const auto versions = serials_of(fact->delegation->cut);
      if (versions.size() > 1) found.serials.push_back(listed(name.text(), versions));
    } else if (sets.count({name, type}) != 0) {
      const auto versions = versions_of(*fact);
      if (versions.size() > 1)
        found.records.push_back(listed(fmt::format("{} {}", name.text(), dns::to_string(type)), versions));
    }
  }
  return found;
}

}  // namespace rdnsgate::plan
