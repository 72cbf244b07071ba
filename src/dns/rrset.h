// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/ip.h"
#include "base/result.h"
#include "dns/name.h"
#include "dns/types.h"

namespace rdnsgate::dns {

/// A resource record set. `rdata` items are in uncompressed wire format, names inside them lower case (as
/// canonical form has it, RFC 4034 §6.2), sorted, each once.
struct RRset {
  Name owner;
  RrType type{};
  std::uint32_t ttl = 0;  ///< seconds, as received
  std::vector<std::string> rdata;
  bool operator==(const RRset&) const = default;
};

std::string rdata_of(const IpAddress& address);          ///< A or AAAA
std::string rdata_of(const Name& name);                  ///< PTR, CNAME, NS
Result<IpAddress> address_in(const std::string& rdata);  ///< 4 octets or 16
Result<Name> name_in(const std::string& rdata);          ///< PTR, CNAME, NS

/// SOA fields (RFC 1035 §3.3.13); times in seconds.
struct Soa {
  Name mname, rname;
  std::uint32_t serial = 0, refresh = 0, retry = 0, expire = 0, minimum = 0;
};
Result<Soa> soa_in(const std::string& rdata);

/// False for octets that cannot be data of that type. Whoever reads a fact relies on it for addresses, single
/// names and SOA; of other types it knows nothing.
bool has_shape(RrType type, const std::string& rdata);

/// Presentation format of one record's data: addresses, names with the final dot, TXT as quoted strings, SOA,
/// MX; anything else in the generic form of RFC 3597 §5 (`\# 4 0a000001`).
std::string rdata_text(RrType type, const std::string& rdata);
/// The generic form, for any data of any type.
std::string rdata_generic(const std::string& rdata);

/// The octets of a TXT record, its strings joined without a space (RFC 7208 §3.3).
std::string txt_joined(const std::string& rdata);

}  // namespace rdnsgate::dns
