// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "base/ip.h"
#include "base/result.h"

namespace rdnsgate::resolve {

// Of a network that is this process's own (Enclosure).

/// Lets the loopback interface carry packets.
Result<void> raise_loopback();
/// Gives it an address of anybody's.
Result<void> add_address(const IpAddress& address);
/// A firewall that drops what comes over TCP to port 53 of the address, without a word.
Result<void> drop_tcp_to(const IpAddress& address);

}  // namespace rdnsgate::resolve
