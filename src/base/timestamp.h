// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"

namespace rdnsgate {

/// Wall-clock time, to the second. Only `src/cli` reads a clock; everything below is handed the time.
using Time = std::chrono::sys_seconds;

/// `2027-05-31`, a calendar day; the moment is the first second of that day, UTC.
Result<Time> parse_date(std::string_view text);

/// `2027-05-31T08:00:00Z` (RFC 3339).
Result<Time> parse_time(std::string_view text);

/// RFC 3339 in UTC with whole seconds: `2027-05-31T08:00:00Z`.
std::string format_time(Time time);

/// `2027-05-31`.
std::string format_date(Time time);

}  // namespace rdnsgate
