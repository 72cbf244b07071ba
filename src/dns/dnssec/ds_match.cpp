// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/dnssec/ds_match.h"

#include "dns/ldns_record.h"

namespace rdnsgate::dns {
namespace {

/// The rdata of the DS that belongs to a key.
std::string ds_of(const ldns_rr* key, ldns_hash hash) {
  const LdnsRecord ds(ldns_key_rr2ds(key, hash), &ldns_rr_free);
  return ds ? ldns_rdata(*ds) : std::string();
}

/// RFC 4034 §5.1: key tag, algorithm, digest type, digest.
bool can_compute(const std::string& ds) {
  return ds.size() > 4 && (ds[3] == LDNS_SHA1 || ds[3] == LDNS_SHA256 || ds[3] == LDNS_SHA384);
}

}  // namespace

std::string_view to_string(DsMatch match) {
  switch (match) {
    case DsMatch::unsigned_zone:
      return "unsigned";
    case DsMatch::island:
      return "island";
    case DsMatch::matches:
      return "matches";
    case DsMatch::no_key:
      return "no_key";
    case DsMatch::mismatch:
      return "mismatch";
    case DsMatch::unsupported:
      return "unsupported";
  }
  return "unsupported";
}

DsMatch match_ds(const Name& zone, const std::vector<std::string>& ds, const std::vector<std::string>& keys) {
  if (ds.empty()) return keys.empty() ? DsMatch::unsigned_zone : DsMatch::island;
  if (keys.empty()) return DsMatch::no_key;
  bool computed = false;
  for (const auto& rdata : keys) {
    const auto key = ldns_record(zone, RrType::DNSKEY, 0, rdata);
    if (!key) continue;
    for (const auto& wanted : ds) {
      if (!can_compute(wanted)) continue;
      computed = true;
      if (ds_of(key.get(), static_cast<ldns_hash>(wanted[3])) == wanted) return DsMatch::matches;
    }
  }
  return computed ? DsMatch::mismatch : DsMatch::unsupported;
}

}  // namespace rdnsgate::dns
