// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/ip.h"
#include "dns/snapshot/snapshot.h"
#include "inventory/model/model.h"

namespace rdnsgate::run {

/// By declared address, the mail hosts of declared domains that are there, as a snapshot of `check` has it: by what
/// the vantage that is nearest says of MX, A and AAAA records. What it does not know is left out.
std::map<IpAddress, std::vector<std::string>> mail_hosts_in(const dns::Snapshot& snapshot,
                                                            const inventory::Inventory& inventory);

}  // namespace rdnsgate::run
