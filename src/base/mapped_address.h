// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string_view>

#include "base/ip.h"

namespace rdnsgate {

/// As IpAddress::parse, where an IPv4-mapped IPv6 address (RFC 4291 §2.5.5.2) is one like any other: the IPv6 address
/// that it is.
Result<IpAddress> parse_with_mapped(std::string_view text);

/// The IPv4 address that a mapped one stands for; any other as it is.
IpAddress unmapped(const IpAddress& address);

}  // namespace rdnsgate
