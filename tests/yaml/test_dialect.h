// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "yaml/dialect.h"

namespace rdnsgate::yaml {

inline constexpr Dialect test_dialect{"an inventory"};

}  // namespace rdnsgate::yaml
