// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "dns/name.h"
#include "inventory/model/model.h"

namespace rdnsgate::run {

/// The addresses that senders, addresses or HELO names on the command line mean, in the order of the inventory; all of
/// them where nothing is named. Fails on what the inventory does not declare, and where it declares no address.
Result<std::vector<const inventory::Address*>> chosen_hosts(const inventory::Inventory& inventory,
                                                            const std::vector<std::string>& hosts);

/// Every HELO name of an address; empty where it has none.
std::vector<dns::Name> helo_names(const inventory::Address& address);

}  // namespace rdnsgate::run
