// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <vector>

#include "inventory/model/model.h"

namespace rdnsgate::run {

/// The inventory with these addresses alone, as they are sorted, and nothing retired. `with_mail`: with the mail paths that
/// lead through them and those through relays; else without any, and without domains: what is planned is then about the
/// addresses and their names.
inventory::Inventory part_of(const inventory::Inventory& inventory,
                             const std::vector<inventory::AddressIndex>& addresses, bool with_mail);

}  // namespace rdnsgate::run
