// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "rules/deleg/cut_words.h"
#include "rules/deleg/data_differs.h"
#include "rules/deleg/rules.h"
#include "rules/deleg/words.h"
#include "rules/listing.h"

namespace rdnsgate::rules {
namespace {

/// What one server says of the very name, without TTLs. Where an alias leads is another zone's matter: one
/// server may hold that as well, and another not.
std::string records_for(const dns::ServerAnswer& said, const dns::Name& name, dns::RrType type) {
  if (said.outcome == dns::Outcome::nxdomain && said.answer.empty()) return "NXDOMAIN";
  std::vector<std::string> records;
  for (const auto& set : said.answer) {
    if (set.owner != name) continue;
    for (const auto& rdata : set.rdata) {
      records.push_back(set.type == type ? dns::rdata_text(set.type, rdata)
                                         : fmt::format("{} {}", dns::to_string(set.type),
                                                       dns::rdata_text(set.type, rdata)));
    }
  }
  return records.empty() ? "no such record" : listed(records);
}

/// The serial that each address has of the zone; nullopt while it is not known yet, or cannot be.
std::optional<std::map<IpAddress, std::uint32_t>> serials_of(const dns::Fact* soa) {
  if (soa == nullptr || soa->delegation == nullptr) return std::nullopt;
  std::map<IpAddress, std::uint32_t> serials;
  each_authority(soa->delegation->cut, [&](const dns::NameServer&, const dns::AddressReport& report) {
    serials[report.address] = *report.serial();
  });
  return serials;
}

std::vector<std::string> differences(const audit::AddressCase& c, const dns::Fact& fact) {
  const auto* zone = fact.servers.size() > 1 ? c.inventory.zone_of(fact.question.name) : nullptr;
  return zone != nullptr ? rules::differences(fact, c.ask(zone->name, dns::RrType::SOA))
                         : std::vector<std::string>();
}

}  // namespace

std::vector<std::string> differences(const dns::Fact& fact, const dns::Fact* apex) {
  const auto serials = serials_of(apex);
  if (!serials) return {};
  std::map<std::uint32_t, std::map<std::string, std::vector<std::string>>> versions;
  for (const auto& said : fact.servers) {
    const auto serial = serials->find(said.address);
    if (serial == serials->end() || !dns::is_definite(said.outcome)) continue;
    versions[serial->second][records_for(said, fact.question.name, fact.question.type)].push_back(
        who(said.server, said.address));
  }
  std::vector<std::string> items;
  for (const auto& [serial, answers] : versions) {
    if (answers.size() < 2) continue;
    for (const auto& [text, at] : answers) {
      items.push_back(fmt::format(words::answer_at, dns::to_string(fact.question.type),
                                  fact.question.name.text(), text, listed(at)));
    }
  }
  return items;
}

void judge_deleg_data_differs(audit::AddressCase& c, audit::Findings& findings) {
  auto items = differences(c, c.ptr);
  for (const auto& forward : c.forward) {
    const auto more = differences(c, *forward.fact);
    items.insert(items.end(), more.begin(), more.end());
  }
  say(findings, "answers", items);
}

}  // namespace rdnsgate::rules
