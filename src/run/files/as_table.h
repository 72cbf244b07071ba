// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>

#include "audit/as_table.h"
#include "audit/policy/policy.h"

namespace rdnsgate::run {

/// The table that `standards.as_data` of the inventory names; nullopt where it names none, and where no rule
/// that is on asks for it. What is wrong with the file is among `problems`.
std::optional<audit::AsTable> load_as_table(const inventory::Inventory& inventory,
                                            const audit::Policy& policy, Sources& sources,
                                            Diagnostics& problems);

}  // namespace rdnsgate::run
