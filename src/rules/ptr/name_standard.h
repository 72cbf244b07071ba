// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string_view>

#include "inventory/model/model.h"

namespace rdnsgate::rules {

/// True where one of the patterns is found in the name's text, or there is none. In time linear in the name,
/// whatever the patterns are.
bool meets_standard(const inventory::Standards& standards, std::string_view name);

}  // namespace rdnsgate::rules
