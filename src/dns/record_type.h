// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dns/types.h"

namespace rdnsgate::dns {

/// The type that a mnemonic or TYPE65280 (RFC 3597 §5) names; nullopt where it names none that a zone can
/// hold: those from 249 to 255, and OPT, are for questions and transfers only (RFC 6895 §3.1).
std::optional<RrType> record_type(std::string_view mnemonic);

/// The number of a record type; 0 where it is none. What is written as TYPE65280 is not left to ldns, which
/// takes a number of any size.
std::uint16_t type_number(std::string_view mnemonic);

/// The mnemonic in capitals, `SRV`; `TYPE65280` of what has none.
std::string type_mnemonic(RrType type);

}  // namespace rdnsgate::dns
