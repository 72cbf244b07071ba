// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/ip.h"

namespace rdnsgate {

/// Addresses one behind the other, from the first to the last.
struct AddressRange {
  IpAddress first, last;
  bool operator==(const AddressRange&) const = default;
  /// `192.0.2.10-192.0.2.20`, as `init` reads it, or the one address.
  std::string to_string() const;
};

/// As few ranges as hold these addresses and no other: in numeric order, IPv4 before IPv6, none touching the next.
std::vector<AddressRange> address_ranges(std::vector<IpAddress> addresses);

}  // namespace rdnsgate
