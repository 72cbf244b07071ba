// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <vector>

#include "audit/result.h"
#include "dns/facts/fact_store.h"
#include "history/history.h"

namespace rdnsgate::run {

/// What the answers of a run say of its vantages, and of the zones whose servers were asked themselves: latency, serials,
/// TTLs. `vantages` are in the order of the facts' indices.
void add_statistics(history::Run& run, const std::vector<audit::VantageStats>& vantages,
                    const dns::FactStore& facts);

}  // namespace rdnsgate::run
