// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

#include "base/duration.h"
#include "base/result.h"
#include "history/history.h"
#include "run/watch/schedule.h"

namespace rdnsgate::cli {

// What says how a watch looks, and how a drill takes it to.

/// An error names the option.
Result<milliseconds> read_time(std::string_view option, const std::string& text, bool may_be_none = false);

/// `2/3`; a number alone is that many in a row.
Result<history::Policy> read_policy(const std::string& text);

/// `option` is what `every` was given with. Without a seed.
Result<run::Schedule> read_schedule(std::string_view option, const std::string& every,
                                    const std::string& jitter, const std::string& recheck);

}  // namespace rdnsgate::cli
