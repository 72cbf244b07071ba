// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

namespace rdnsgate::logs {

/// A line as patterns see it: in lower case, on one line, and without what is somebody else's words: addresses in angle
/// brackets, `name=<...>`, subjects, the command that a reply was for. The codes that a reply of several lines repeats
/// are left out but for the first, so that what they cut stands together. qmail's `_` are blanks.
std::string normalised(std::string_view line);

}  // namespace rdnsgate::logs
