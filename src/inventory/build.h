// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "inventory/document.h"
#include "inventory/load.h"
#include "inventory/problems.h"

namespace rdnsgate::inventory {

/// Fills the model from a document, which may have faults that the schema has reported: what is faulty is
/// left out. Values that the schema cannot judge (addresses, names, dates, patterns) become problems here.
void build(const Document& document, const LoadOptions& options, Problems& problems, Inventory& inventory);

/// The part of it that reads `senders` and expands their addresses, in build_senders.cpp.
void build_senders(const Value& list, const LoadOptions& options, Problems& problems, Inventory& inventory);

}  // namespace rdnsgate::inventory
