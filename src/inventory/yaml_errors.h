// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string_view>

#include "inventory/problems.h"

namespace rdnsgate::inventory {

/// Puts what yaml-cpp said at an octet offset into words that help: a tab in the indentation, say, it only
/// calls an "illegal map value".
void explain_yaml_error(Problems& problems, std::string_view said, std::size_t at);

}  // namespace rdnsgate::inventory
