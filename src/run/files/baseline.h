// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "audit/baseline.h"
#include "base/result.h"
#include "base/text/source.h"

namespace rdnsgate::run {

/// Octets of a report or a baseline: that of a fleet on a bad day, and not a disk image.
inline constexpr std::size_t largest_baseline = std::size_t{1} << 30;

/// The baseline that --baseline names; nullopt where it names none.
Result<std::optional<audit::Baseline>> load_baseline(const std::string& path, Sources& sources);

}  // namespace rdnsgate::run
