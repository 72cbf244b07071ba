// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <span>
#include <string_view>

#include "base/text/diagnostic.h"
#include "inventory/model/model.h"

namespace rdnsgate::inventory {

/// Adds the waivers that stand as comments in a file of the inventory,
///
///     # rdnsgate: allow RULE[, RULE...] until YYYY-MM-DD, REASON
///
/// on the line of what they are about, or alone on the line above. One that is not whole is a problem: a
/// misspelt waiver that silently waives nothing would be looked for in the wrong place. What looks like one and is none,
/// as without the colon, is kept as that.
void add_inline_waivers(FileId file, const Sources& sources, std::span<const std::string_view> rule_names,
                        Inventory& inventory, Diagnostics& problems);

}  // namespace rdnsgate::inventory
