// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "dns/facts/fact_store.h"

namespace rdnsgate::resolve {

/// Adds what the answers along aliases say of each name on the way, as if that had been asked for: where zone
/// files lead to such a name by another way, it is known.
void add_tails(dns::FactStore& facts);

}  // namespace rdnsgate::resolve
