// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "inventory/classless_block.h"
#include "inventory/model/model.h"

namespace rdnsgate::inventory {

/// The declared zone that is cut for a block with the address of this reverse name in it, beside the name's
/// own branch; nullptr where there is none.
const Zone* classless_zone_of(const Inventory& inventory, const dns::Name& reverse);

}  // namespace rdnsgate::inventory
