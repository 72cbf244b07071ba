// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "yaml/dialect.h"

namespace rdnsgate::inventory {

inline constexpr yaml::Dialect inventory_dialect{"an inventory"};

}  // namespace rdnsgate::inventory
