// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"

namespace rdnsgate {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// Reads `90`, `300s`, `5m`, `1h30m`, `1d`, `1w` (a bare number is seconds; units in falling order, each at
/// most once). Up to 2^31-1 seconds, the largest TTL of RFC 2181 §8.
Result<seconds> parse_duration(std::string_view text);

/// As parse_duration, and `ms` too: `500ms`, `2s`, `1s500ms`.
Result<milliseconds> parse_duration_ms(std::string_view text);

/// The shortest text that parse_duration reads back: `1d`, `1h30m`, `45s`, `0s`.
std::string format_duration(seconds value);

}  // namespace rdnsgate
