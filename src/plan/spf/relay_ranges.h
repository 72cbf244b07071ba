// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/address_ranges.h"
#include "plan/world/picture.h"

namespace rdnsgate::plan {

/// The domain of this name; nullptr where the inventory has none, or is none.
const inventory::Domain* domain_in(const Inventory* inventory, const Name& name);

/// The domain sends through it, whatever its mail has in MAIL FROM.
bool names_relay(const inventory::Domain& domain, const std::string& relay);

/// Those that the domain sends through and whose mail has the domain in MAIL FROM.
std::vector<const inventory::Relay*> relays_of(const Inventory& inventory, const inventory::Domain& domain);

/// Where its mail leaves from: as declared, else as its terms say, as far as that was looked at.
std::vector<AddressRange> ranges_of(const Picture& picture, const inventory::Relay& relay);

/// The first of `ranges` that has an address in one of the others; nullptr where none has.
const AddressRange* first_shared(const std::vector<AddressRange>& ranges,
                                 const std::vector<AddressRange>& others);

}  // namespace rdnsgate::plan
