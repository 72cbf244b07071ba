// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <vector>

#include "audit/subject/address.h"

namespace rdnsgate::rules {

/// Several addresses may stand behind one name; the first of those that are declared with it speaks for all.
inline bool speaks_for(const audit::AddressCase& c, const dns::Name& name,
                       const std::vector<IpAddress>& set) {
  for (const auto& ip : set) {
    const auto* declared = c.inventory.find(ip);
    if (declared != nullptr && declared->ptr == name) return declared->ip == c.address.ip;
  }
  return true;
}

}  // namespace rdnsgate::rules
