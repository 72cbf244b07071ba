// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dns/name.h"

namespace rdnsgate::dns {

/// What the DS records of a parent and the DNSKEY records of the child say about each other. Digests are
/// compared; no signature is verified.
enum class DsMatch : std::uint8_t {
  unsigned_zone,  ///< neither
  island,         ///< keys, and no DS: validators take the zone for unsigned (RFC 4035 §5.2)
  matches,        ///< a DS is the digest of a key
  no_key,         ///< a DS, and no keys
  mismatch,       ///< no DS is the digest of a key
  unsupported,    ///< only digests that cannot be computed here
};

std::string_view to_string(DsMatch match);

/// `ds` and `keys` are record data as it stands in a message.
DsMatch match_ds(const Name& zone, const std::vector<std::string>& ds, const std::vector<std::string>& keys);

}  // namespace rdnsgate::dns
