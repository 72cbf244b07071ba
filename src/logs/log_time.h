// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

#include "base/timestamp.h"

namespace rdnsgate::logs {

/// The time that a line of a log begins with: `2027-05-31T08:00:00`, with a `Z` where the line says which time zone it is
/// in. Of a year that is not written, the latest that is not after `now`. Empty where there is none.
std::string log_time(std::string_view line, Time now);

/// The time in a header field of a mail, `Fri, 15 Jan 2027 09:12:01 +0100`, in UTC; empty where it is none.
std::string mail_time(std::string_view value);

/// Of a journal: microseconds since 1970.
std::string journal_time(std::string_view value);

}  // namespace rdnsgate::logs
