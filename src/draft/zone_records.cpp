// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "draft/zone_records.h"

#include <algorithm>
#include <utility>

namespace rdnsgate::draft {
namespace {

/// Of `10.0-63.2.0.192.in-addr.arpa` too: RFC 2317 §4 puts a label of the block's between.
Result<IpAddress> address_of(const dns::Name& owner) {
  const auto labels = owner.labels();
  constexpr std::size_t full = 6;  // four octets, in-addr, arpa
  if (labels.size() == full + 1) {
    const auto octet = dns::Name::parse(labels[0]);
    if (!octet) return tl::unexpected(octet.error());
    const auto name = octet->under(owner.parent().parent());
    return name ? dns::address_of_reverse(*name) : tl::unexpected(name.error());
  }
  return dns::address_of_reverse(owner);
}

}  // namespace

void read_zone(const dns::ZoneFile& zone, std::string managed_by, std::string file, Estate& estate) {
  estate.add_zone({zone.origin, std::move(managed_by), std::move(file)});
  for (const auto& rrset : zone.rrsets) {
    if (rrset.type != dns::RrType::PTR) continue;
    const auto ip = address_of(rrset.owner);
    if (!ip) continue;
    Host& host = estate.hosts[*ip];
    host.reverse_zone = zone.origin;
    for (const auto& rdata : rrset.rdata) {
      if (auto name = dns::Name::from_wire(rdata)) host.ptr.push_back(std::move(*name));
    }
    std::sort(host.ptr.begin(), host.ptr.end());
  }
}

}  // namespace rdnsgate::draft
