// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/address_ranges.h"

#include <algorithm>

namespace rdnsgate {

std::string AddressRange::to_string() const {
  return first == last ? first.to_string() : first.to_string() + "-" + last.to_string();
}

std::vector<AddressRange> address_ranges(std::vector<IpAddress> addresses) {
  std::sort(addresses.begin(), addresses.end());
  std::vector<AddressRange> ranges;
  for (const auto& address : addresses) {
    if (!ranges.empty() && address == ranges.back().last) continue;
    // plus() wraps at the end of a family, to an address that sorts before.
    const bool follows = !ranges.empty() && ranges.back().last.is_v4() == address.is_v4() &&
                         ranges.back().last.plus(1) == address;
    if (follows)
      ranges.back().last = address;
    else
      ranges.push_back({address, address});
  }
  return ranges;
}

}  // namespace rdnsgate
