// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/ds_match.h"

#include "dns/rrset.h"
// After everything else: g++ cannot read <optional> behind ldns' own idea of bool.
#include <ldns/ldns.h>

#include <memory>

namespace rdnsgate::dns {
namespace {

using OwnedRr = std::unique_ptr<ldns_rr, decltype(&ldns_rr_free)>;

void append16(std::string& out, std::size_t value) {
  out += static_cast<char>((value >> 8) & 0xff);
  out += static_cast<char>(value & 0xff);
}

/// The DNSKEY as a record of ldns; nullptr where it cannot be read.
OwnedRr read_key(const Name& zone, const std::string& rdata) {
  std::string wire = zone.wire();
  append16(wire, static_cast<std::uint16_t>(RrType::DNSKEY));
  append16(wire, 1);
  wire.append(4, '\0');  // TTL
  append16(wire, rdata.size());
  wire += rdata;
  ldns_rr* raw = nullptr;
  std::size_t at = 0;
  const auto status = ldns_wire2rr(&raw, reinterpret_cast<const std::uint8_t*>(wire.data()), wire.size(), &at,
                                   LDNS_SECTION_ANSWER);
  OwnedRr key(raw, &ldns_rr_free);
  return status == LDNS_STATUS_OK ? std::move(key) : OwnedRr(nullptr, &ldns_rr_free);
}

/// The rdata of the DS that belongs to a key.
std::string ds_of(const ldns_rr* key, ldns_hash hash) {
  const OwnedRr ds(ldns_key_rr2ds(key, hash), &ldns_rr_free);
  std::string rdata;
  for (std::size_t i = 0; ds && i < ldns_rr_rd_count(ds.get()); ++i) {
    const ldns_rdf* field = ldns_rr_rdf(ds.get(), i);
    rdata.append(reinterpret_cast<const char*>(ldns_rdf_data(field)), ldns_rdf_size(field));
  }
  return rdata;
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
    const auto key = read_key(zone, rdata);
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
