// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/ip.h"
#include "dns/name.h"

namespace rdnsgate::dns {

/// Why a validator refuses what a name server of a signed zone said (RFC 4035 §5).
enum class Flaw : std::uint8_t {
  signature_missing,        ///< a record has no signature
  signature_expired,        ///< its signature was right once
  signature_not_yet_valid,  ///< its signature will be right
  signature_of_no_key,      ///< its signature is by no key of the zone
  signature_broken,         ///< its signature does not fit it
  denial_unproven,     ///< there is no such record, and no NSEC or NSEC3 record proves it (RFC 4035 §5.4)
  expansion_unproven,  ///< a wildcard made it, and nothing proves that nothing closer is there (§5.3.4)
  chain_broken,        ///< no DNSKEY record of the zone can be trusted, and its parent has DS records for it
};

/// What one address of a name server gave that validators refuse.
struct Unproven {
  Name server;
  IpAddress address;
  Flaw flaw{};
  std::string what;  ///< the record or the proof that is meant: `PTR 10.2.0.192.in-addr.arpa`
  bool operator==(const Unproven&) const = default;
};

/// `the signature over PTR 10.2.0.192.in-addr.arpa has expired`; `what` is as in Unproven.
std::string worded(Flaw flaw, const std::string& what);

/// In one sentence without a final dot, server for server: `the signature over PTR 10.2.0.192.in-addr.arpa
/// has expired, at ns2.example (192.0.2.53)`. `proven` other servers give an answer that holds.
std::string worded(const std::vector<Unproven>& unproven, std::size_t proven);

}  // namespace rdnsgate::dns
