// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <span>

#include "audit/subject/address.h"
#include "audit/subject/sender.h"

namespace rdnsgate::rules {

inline bool has_family(std::span<const inventory::Address> addresses, bool v4) {
  return std::any_of(addresses.begin(), addresses.end(),
                     [&](const auto& address) { return address.ip.is_v4() == v4; });
}

/// A sender small enough to be a host, with addresses of both families.
inline bool is_dual_stack_host(std::span<const inventory::Address> addresses) {
  return addresses.size() <= audit::SenderCase::max_addresses && has_family(addresses, true) &&
         has_family(addresses, false);
}

inline bool is_dual_stack_host(const audit::DeclaredAddress& c) {
  return is_dual_stack_host(
      std::span(c.inventory.addresses).subspan(c.sender.first_address, c.sender.address_count));
}

}  // namespace rdnsgate::rules
