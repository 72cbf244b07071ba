// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.h"

namespace rdnsgate::dns {

using RdataWords = std::span<const std::string_view>;

/// The words behind \# (RFC 3597 §5): a length, and as many octets in hexadecimal.
Result<void> check_generic(RdataWords words);
/// The last field of a DS, SSHFP, TLSA or like record: whole octets in hexadecimal, in one word or in
/// several; `octets` of them, where that is not 0.
Result<void> check_hex(RdataWords words, std::size_t octets);
/// The octets of a digest that the fields before it name; 0 where nothing is known of it. `type` is an IANA
/// number.
std::size_t digest_octets(std::uint16_t type, RdataWords words);
/// The types that an NSEC or CSYNC record lists.
Result<void> check_types(RdataWords words);
/// The whole data of a LOC record (RFC 1876 §3), as far as degrees, minutes, seconds and the altitude.
Result<void> check_location(RdataWords words);
/// The parameters of an SVCB or HTTPS record (RFC 9460 §2.1): each once, ports, and what is mandatory.
Result<void> check_parameters(RdataWords words);

}  // namespace rdnsgate::dns
