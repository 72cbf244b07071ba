// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/model/classless.h"

#include <charconv>

namespace rdnsgate::inventory {

std::optional<unsigned> octet_of(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value > 255) return std::nullopt;
  return value;
}

std::optional<ClasslessBlock> classless_block(std::string_view label) {
  const auto separator = label.find_first_of("/-");
  if (separator == std::string_view::npos) return std::nullopt;
  const auto first = octet_of(label.substr(0, separator)), second = octet_of(label.substr(separator + 1));
  if (!first || !second) return std::nullopt;
  const auto is_block = [&](unsigned size) { return (size & (size - 1)) == 0 && *first % size == 0; };
  if (label[separator] == '-' && *second > *first && is_block(*second - *first + 1))
    return ClasslessBlock{*first, *second};
  if (*second < 25 || *second > 30 || !is_block(1u << (32 - *second))) return std::nullopt;
  return ClasslessBlock{*first, *first + (1u << (32 - *second)) - 1};
}

const Zone* classless_zone_of(const Inventory& inventory, const dns::Name& reverse) {
  const auto octet = octet_of(reverse.first_label());
  const auto parent = reverse.parent();
  if (!octet || parent.label_count() != 5) return nullptr;
  for (const auto& zone : inventory.zones) {
    if (zone.name.label_count() != 6 || zone.name.parent() != parent) continue;
    const auto block = classless_block(zone.name.first_label());
    if (block && block->holds(*octet)) return &zone;
  }
  return nullptr;
}

}  // namespace rdnsgate::inventory
