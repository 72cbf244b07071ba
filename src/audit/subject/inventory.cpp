// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/subject/inventory.h"

namespace rdnsgate::audit {

bool InventoryNames::contains(const dns::Name& name) {
  if (!names_.empty()) return names_.contains(name);
  for (const auto& address : inventory_.addresses) {
    names_.insert(dns::reverse_name(address.ip));
    inventory::for_each_name(address, [&](const dns::Name& name) { names_.insert(name); });
  }
  for (const auto& retired : inventory_.retired_addresses) names_.insert(dns::reverse_name(retired.ip));
  for (const auto& retired : inventory_.retired_names) names_.insert(retired.name);
  for (const auto& zone : inventory_.zones) names_.insert(zone.name);
  return names_.contains(name);
}

}  // namespace rdnsgate::audit
