// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string_view>

#include "logs/entry.h"

namespace rdnsgate::logs {

/// Whose log a line is from; empty where that does not show.
std::string_view mta_of(std::string_view line);

/// Fills in what stands in the line: side, addresses, names, the MTA. Looks at the class that is set.
void find_parts(std::string_view line, LogEntry& entry);

/// The domain of `user@example.com`, `<user@example.com>` or `rfc822; user@example.com`, in lower case; empty where there
/// is none.
std::string domain_of(std::string_view mailbox);

}  // namespace rdnsgate::logs
