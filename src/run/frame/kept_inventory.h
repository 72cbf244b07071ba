// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "base/text/source.h"
#include "inventory/model/model.h"

namespace rdnsgate::run {

/// An inventory that was read before.
struct KeptInventory {
  inventory::Inventory inventory;
  Sources sources;  ///< its files alone
};

}  // namespace rdnsgate::run
