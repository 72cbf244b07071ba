// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace rdnsgate {

/// Writes a line to the named pipe of a daemon that somebody else has made, as a whole or not at all, and waits for nobody.
/// Fails where it is no pipe, nobody reads from it, or it is full.
Result<void> write_to_pipe(const std::string& path, std::string_view line);

}  // namespace rdnsgate
