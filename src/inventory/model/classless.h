// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "inventory/model/model.h"

namespace rdnsgate::inventory {

/// A decimal number up to 255 and nothing else.
std::optional<unsigned> octet_of(std::string_view text);

/// The last octets that a label stands for which names a part of a /24 (RFC 2317 §4).
struct ClasslessBlock {
  unsigned first = 0, last = 0;
  bool holds(unsigned octet) const { return first <= octet && octet <= last; }
};

/// `0/26` and `0-26` by first octet and prefix length (the second is RFC 4183's way), `0-63` by first and
/// last. nullopt for any other label, and for what is no block.
std::optional<ClasslessBlock> classless_block(std::string_view label);

/// The declared zone that is cut for a block with the address of this reverse name in it, beside the name's
/// own branch; nullptr where there is none.
const Zone* classless_zone_of(const Inventory& inventory, const dns::Name& reverse);

}  // namespace rdnsgate::inventory
