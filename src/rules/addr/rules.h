// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>

#include "audit/rule.h"

namespace rdnsgate::rules {

/// In any order: the registry sorts.
inline constexpr std::array<audit::Rule, 0> addr_rules{};

}  // namespace rdnsgate::rules
