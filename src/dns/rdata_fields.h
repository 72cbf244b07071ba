// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.h"

namespace rdnsgate::dns {

/// Looks at the data of a record in presentation format, field by field: numbers that their field cannot hold
/// (ldns takes them modulo its size), addresses, names, and how many fields there are. What it lets pass need
/// not be right: base64, bit maps and the like are left to whoever reads them. `type` is an IANA number,
/// `mnemonic` how messages call it; `wrong`
/// gets the position of the word that an error is about, which may be behind the last.
Result<void> check_rdata_fields(std::uint16_t type, std::string_view mnemonic, std::string_view data,
                                std::size_t& wrong);

/// The seconds of a TTL or of a timer in an SOA record: digits, or numbers with units in any order, such as
/// 1h30m. Nullopt for anything else, and for more than `most`.
std::optional<std::uint32_t> parse_zone_time(std::string_view text, std::uint32_t most);

}  // namespace rdnsgate::dns
