// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/model/classless.h"

namespace rdnsgate::inventory {

const Zone* classless_zone_of(const Inventory& inventory, const dns::Name& reverse) {
  if (inventory.classless_index.empty()) return nullptr;
  const auto octet = octet_of(reverse.first_label());
  if (!octet || reverse.label_count() != 6) return nullptr;
  const auto blocks = inventory.classless_index.find(reverse.parent().wire());
  if (blocks == inventory.classless_index.end()) return nullptr;
  for (const auto index : blocks->second) {
    const auto& zone = inventory.zones[index];
    if (classless_block(zone.name.first_label())->holds(*octet)) return &zone;
  }
  return nullptr;
}

}  // namespace rdnsgate::inventory
