// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/ip.h"

namespace rdnsgate {

/// The second is the address after the first, of the same family; none comes after the last one of it.
bool are_neighbours(const IpAddress& first, const IpAddress& second);

/// Addresses one behind the other, from the first to the last.
struct AddressRange {
  IpAddress first, last;
  bool operator==(const AddressRange&) const = default;
  /// `192.0.2.10-192.0.2.20`, as `init` reads it, or the one address.
  std::string to_string() const;
};

/// As few ranges as hold these addresses and no other: in numeric order, IPv4 before IPv6, none touching the next.
std::vector<AddressRange> address_ranges(std::vector<IpAddress> addresses);

/// The same for people: `192.0.2.1, 192.0.2.4-192.0.2.9`; of more than `most` the first ones and the last:
/// `192.0.2.1, 192.0.2.3 .. 192.0.2.99`.
std::string ranges_text(std::vector<IpAddress> addresses, std::size_t most = 6);

}  // namespace rdnsgate
