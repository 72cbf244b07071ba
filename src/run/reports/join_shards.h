// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <vector>

#include "base/result.h"
#include "inventory/model/model.h"
#include "run/reports/join_networks.h"

namespace rdnsgate::run {

/// Whether the reports are all shards of one run, each once. Fails on what is missing, doubled or of another run.
Result<void> check_shards(const std::vector<NamedReport>& reports);

/// The report that one run would have written, but for its times. `sources` hold the inventory.
report::Document join_shards(std::vector<NamedReport>&& reports, const inventory::Inventory& inventory,
                             const Sources& sources, bool coverage);

}  // namespace rdnsgate::run
