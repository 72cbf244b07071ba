// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>

#include "audit/verdict/verdict.h"
#include "base/result.h"
#include "base/text/source.h"
#include "base/timestamp.h"
#include "draft/estate.h"
#include "inventory/model/model.h"

namespace rdnsgate::run {

/// A first inventory, as it is read again.
struct FirstInventory {
  std::string text;
  Sources sources;  ///< the text, that `inventory` points into
  inventory::Inventory inventory;
  audit::AuditResult judgement;  ///< without the DNS; it has no errors
};

/// The estate as an inventory that passes `lint`: what would be an error in it is a comment. `path` is what it will be
/// called. Fails where nothing is left to declare.
Result<FirstInventory> declare(draft::Estate& estate, const std::string& path, Time now);

}  // namespace rdnsgate::run
