// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string_view>

#include "base/ip.h"

namespace rdnsgate::rules {

/// The part of a host name (lower-case text) that spells out this very address: four decimal octets in any
/// order with `.`, `-`, `_` or `x` between them (one may stand apart), or run together; eight hexadecimal
/// digits; one decimal number; for IPv6 all 32 nibbles, six of the eight groups in their places, or the RFC
/// 5952 form with dashes. Empty where it does not.
std::string_view address_in_name(std::string_view text, const IpAddress& address);

/// The part that spells out the last two octets of an IPv4 address, side by side, in either order.
std::string_view last_octets_in_name(std::string_view text, const IpAddress& address);

}  // namespace rdnsgate::rules
