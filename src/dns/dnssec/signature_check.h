// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>

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

}  // namespace rdnsgate::dns
