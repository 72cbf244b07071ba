// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/ldns_record.h"

#include "dns/octets.h"

namespace rdnsgate::dns {
LdnsRecord ldns_record(const Name& owner, RrType type, std::uint32_t ttl, const std::string& rdata) {
  std::string wire = owner.wire();
  append16(wire, static_cast<std::uint16_t>(type));
  append16(wire, 1);
  append16(wire, ttl >> 16);
  append16(wire, ttl & 0xffff);
  append16(wire, rdata.size());
  wire += rdata;
  ldns_rr* raw = nullptr;
  std::size_t at = 0;
  const auto status = ldns_wire2rr(&raw, reinterpret_cast<const std::uint8_t*>(wire.data()), wire.size(), &at,
                                   LDNS_SECTION_ANSWER);
  LdnsRecord record(raw, &ldns_rr_free);
  return status == LDNS_STATUS_OK ? std::move(record) : LdnsRecord(nullptr, &ldns_rr_free);
}

std::string ldns_rdata(const ldns_rr& record) {
  std::string rdata;
  for (std::size_t i = 0; i < ldns_rr_rd_count(&record); ++i) {
    const ldns_rdf* field = ldns_rr_rdf(&record, i);
    rdata.append(reinterpret_cast<const char*>(ldns_rdf_data(field)), ldns_rdf_size(field));
  }
  return rdata;
}

std::string ldns_library_version() { return ldns_version(); }

}  // namespace rdnsgate::dns
