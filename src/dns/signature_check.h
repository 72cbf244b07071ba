// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/timestamp.h"
#include "dns/rrset.h"

namespace rdnsgate::dns {

/// What a validator that trusts these keys makes of a signed RRset (RFC 4035 §5.3).
enum class SignatureCheck : std::uint8_t {
  holds,
  missing,        ///< there is no signature
  expired,        ///< it was right once
  not_yet_valid,  ///< it will be right
  no_key,         ///< none is by a key of the zone
  broken,         ///< it does not fit the records
  unsupported,    ///< an algorithm that cannot be computed here
};

/// `signatures` and `keys` are data of RRSIG and DNSKEY records as it stands in a message; `zone` owns the
/// keys. One signature that holds is enough; else the verdict is that on the one that comes nearest to it.
SignatureCheck check_signatures(const RRset& set, const std::vector<std::string>& signatures,
                                const Name& zone, const std::vector<std::string>& keys, Time now);

}  // namespace rdnsgate::dns
