// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "inventory/document.h"
#include "inventory/problems.h"

namespace rdnsgate::inventory {

/// Validates the document against schemas/inventory.schema.json, through Valijson. Each error becomes a
/// problem at its node, in words of ours. True where the document is valid.
bool check_schema(const Document& document, Problems& problems);

}  // namespace rdnsgate::inventory
