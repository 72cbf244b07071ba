// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string_view>

#include "inventory/model.h"

namespace rdnsgate::rules {

/// Where a name comes from. A name that the DNS gave may be made to keep a pattern busy for ever.
enum class Origin { inventory, dns };

/// True where one of the patterns is found in the name's text, or there is none. In time linear in the name,
/// but for a pattern with a back-reference: it is tried on names of the inventory only, and taken to match
/// those of the DNS.
bool meets_standard(const inventory::Standards& standards, std::string_view name, Origin origin);

}  // namespace rdnsgate::rules
