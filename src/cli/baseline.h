// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>

#include "audit/baseline.h"
#include "base/result.h"
#include "base/source.h"

namespace rdnsgate::cli {

/// The baseline that --baseline names; nullopt where it names none.
Result<std::optional<audit::Baseline>> load_baseline(const std::string& path, Sources& sources);

}  // namespace rdnsgate::cli
