// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>

#include "dns/facts/fact_store.h"
#include "dns/facts/vantage.h"

namespace rdnsgate::dns {

/// Asks through one vantage until `reader` finds every fact that it wants in the store: `reader` is run, what
/// was missing is asked, and it is run again. What it was handed out stays until the end. Returns false when `deadline`
/// passed first.
bool collect(Panel& panel, VantageIndex vantage, FactStore& store,
             const std::function<void(FactDesk&)>& reader, milliseconds deadline);

}  // namespace rdnsgate::dns
