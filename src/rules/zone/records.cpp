// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "dns/record_type.h"
#include "dns/rrset.h"
#include "rules/zone/rules.h"

namespace rdnsgate::rules {
namespace {

using dns::PlacedRecord;

/// Owner and type, as octets that no other pair has.
std::string set_key(const PlacedRecord& record) {
  const auto type = static_cast<unsigned>(record.type);
  std::string key = record.owner.wire();
  key += static_cast<char>(type >> 8);
  key += static_cast<char>(type & 0xff);
  return key;
}

}  // namespace

void judge_zone_record_duplicate(const audit::ZoneTextCase& c, audit::Findings& findings) {
  std::unordered_map<std::string, bool> told;  // by record; false until it is there a second time
  for (const auto& record : c.text.records) {
    const auto [known, is_new] = told.try_emplace(set_key(record) + record.rdata, false);
    if (is_new || known->second) continue;
    known->second = true;
    findings.add({.values = {{"owner", record.owner},
                             {"type", dns::type_mnemonic(record.type)},
                             {"data", dns::rdata_text(record.type, record.rdata)}},
                  .at = c.at(record)});
  }
}

/// RFC 2181 §5.2. Signatures have the TTLs of what they sign, and are no set in this sense (RFC 4034 §3).
void judge_zone_ttl_differs(const audit::ZoneTextCase& c, audit::Findings& findings) {
  std::unordered_map<std::string, std::uint32_t> first;
  std::unordered_set<std::string> told;
  for (const auto& record : c.text.records) {
    if (record.type == dns::RrType::RRSIG) continue;
    auto key = set_key(record);
    const auto [known, is_new] = first.try_emplace(key, record.ttl);
    if (is_new || known->second == record.ttl || !told.insert(std::move(key)).second) continue;
    findings.add({.values = {{"owner", record.owner},
                             {"type", dns::type_mnemonic(record.type)},
                             {"ttl", seconds(known->second)},
                             {"other_ttl", seconds(record.ttl)}},
                  .at = c.at(record, record.ttl_at.value_or(record.all))});
  }
}

}  // namespace rdnsgate::rules
