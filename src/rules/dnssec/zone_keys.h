// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <set>
#include <string>
#include <vector>

#include "audit/subject/zone.h"
#include "dns/delegation/delegation.h"

namespace rdnsgate::rules {

/// The data of the records that an exchange brought, from a server that is authoritative; empty for none.
const std::vector<std::string>& records_of(const dns::Exchange& exchange);

/// The DNSKEY records that one address gives.
inline const std::vector<std::string>& keys_of(const dns::AddressReport& report) {
  return records_of(report.dnskey);
}

/// All that any server gives; those that are revoked or no keys of the zone are left out.
std::set<std::string> keys_of(const dns::Cut& cut);
/// Any server gives DNSKEY records.
bool has_keys(const dns::Cut& cut);

/// Validators of this vantage have a chain of trust to the zone, or one that is broken: where its parent has
/// no DS record, by a trust anchor (RFC 4035 §4.4).
inline bool is_anchored(const audit::ZoneCase& c) {
  return c.soa.security == dns::Security::secure || c.soa.security == dns::Security::bogus;
}

/// All DS records that any server of the parent gives.
std::set<std::string> ds_of(const dns::Cut& cut);

}  // namespace rdnsgate::rules
