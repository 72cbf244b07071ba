// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string_view>

#include "base/result.h"

namespace rdnsgate {

/// Whether a version such as `0.1.0` is within a range such as `>= 0.1, < 2`: comparisons (>=, >, <=, <, =,
/// !=) that hold together. Parts that a version does not name are 0. Fails where the range is none.
Result<bool> version_within(std::string_view version, std::string_view range);

}  // namespace rdnsgate
