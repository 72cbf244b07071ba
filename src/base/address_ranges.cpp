// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/address_ranges.h"

#include <algorithm>
#include <utility>

namespace rdnsgate {

bool are_neighbours(const IpAddress& first, const IpAddress& second) {
  // plus() wraps at the end of a family, to an address that sorts before.
  return first.is_v4() == second.is_v4() && first < second && first.plus(1) == second;
}

std::string AddressRange::to_string() const {
  return first == last ? first.to_string() : first.to_string() + "-" + last.to_string();
}

std::vector<AddressRange> address_ranges(std::vector<IpAddress> addresses) {
  std::sort(addresses.begin(), addresses.end());
  std::vector<AddressRange> ranges;
  for (const auto& address : addresses) {
    if (!ranges.empty() && address == ranges.back().last) continue;
    if (!ranges.empty() && are_neighbours(ranges.back().last, address))
      ranges.back().last = address;
    else
      ranges.push_back({address, address});
  }
  return ranges;
}

std::string ranges_text(std::vector<IpAddress> addresses, std::size_t most) {
  const auto ranges = address_ranges(std::move(addresses));
  const bool all = ranges.size() <= most;
  std::string text;
  for (std::size_t i = 0; i < (all ? ranges.size() : most - 1); ++i)
    text += (text.empty() ? "" : ", ") + ranges[i].to_string();
  return all ? text : text + " .. " + ranges.back().to_string();
}

}  // namespace rdnsgate
