// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "dns/facts/vantage.h"
#include "plan/world/picture.h"

namespace rdnsgate::plan {

/// Draws the picture as far as `ask` answers. `info` is the vantage's: a cache's TTLs count down.
Picture draw(const Inventory& now, const Inventory* base, const dns::VantageInfo& info, const Asker& ask);

}  // namespace rdnsgate::plan
