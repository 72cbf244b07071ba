// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "base/timestamp.h"
#include "dns/facts/vantage.h"
#include "inventory/model/model.h"
#include "resolve/adapters/zone_set.h"

namespace rdnsgate::run {

/// The world that these zones describe, as the inventory's vantages would see it where every name server is well and has
/// them: its resolvers, and the name servers that the zones name, with the addresses that they give. A zone with keys is
/// taken to be signed and trusted. Internal vantages are left out. Asks nobody.
Result<std::unique_ptr<dns::Panel>> make_zone_world(const std::vector<resolve::ZoneSource>& zones,
                                                    const inventory::Inventory& inventory, Time now);

}  // namespace rdnsgate::run
