// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "inventory/model/model.h"
#include "report/evidence/redaction.h"

namespace rdnsgate::run {

/// What the inventory itself has for internal views alone, and what was named with --redact.
Result<report::Redaction> make_redaction(const inventory::Inventory& inventory,
                                         const std::vector<std::string>& named);

}  // namespace rdnsgate::run
