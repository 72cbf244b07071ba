// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>

namespace rdnsgate::run {

/// Whether a setting `safe.directory` that git takes (git-config(1)) allows the working tree at this real path: of the
/// system, of the user, or in GIT_CONFIG_COUNT; what a repository says of itself does not count. `*` allows all, a path
/// with a final `/*` what is below it, and an empty value takes back what was said before. A file that cannot be read
/// says nothing. Needs the library (git_library()).
bool is_safe_directory(const std::string& real);

}  // namespace rdnsgate::run
