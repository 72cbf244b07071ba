// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string_view>

#include "base/result.h"
#include "plan/plan.h"

namespace rdnsgate::plan {

/// Reads a plan document. Refuses one of another version, one that does not follow schemas/plan.schema.json,
/// one without a checksum, and one that was edited since it was made. An error names `path`.
Result<Plan> read_plan(std::string_view text, std::string_view path);

}  // namespace rdnsgate::plan
