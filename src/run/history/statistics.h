// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "history/history.h"
#include "run/audit/audit_run.h"

namespace rdnsgate::run {

/// What the answers of a run say of its vantages, of the declared zones, and of their servers where these were asked
/// themselves: latency, serials, TTLs.
void add_statistics(history::Run& run, const AuditRun& ran);

}  // namespace rdnsgate::run
