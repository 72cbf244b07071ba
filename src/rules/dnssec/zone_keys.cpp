// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/dnssec/zone_keys.h"

#include "dns/dnssec/dnssec_records.h"

namespace rdnsgate::rules {

const std::vector<std::string>& records_of(const dns::Exchange& exchange) {
  static const std::vector<std::string> none;
  const auto& reply = exchange.reply;
  return reply.kind == dns::ReplyKind::answer && reply.authoritative ? reply.rrset->rdata : none;
}

std::set<std::string> keys_of(const dns::Cut& cut) {
  std::set<std::string> keys;
  for (const auto& server : cut.servers) {
    for (const auto& report : server.addresses) {
      for (const auto& rdata : keys_of(report)) {
        const auto key = dns::dnskey_in(rdata);
        if (key && key->is_zone_key() && !key->is_revoked()) keys.insert(rdata);
      }
    }
  }
  return keys;
}

bool has_keys(const dns::Cut& cut) {
  for (const auto& server : cut.servers) {
    for (const auto& report : server.addresses) {
      if (!keys_of(report).empty()) return true;
    }
  }
  return false;
}

std::set<std::string> ds_of(const dns::Cut& cut) {
  std::set<std::string> all;
  for (const auto& view : cut.parents) {
    const auto& records = records_of(view.ds);
    all.insert(records.begin(), records.end());
  }
  return all;
}

}  // namespace rdnsgate::rules
