// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>

namespace rdnsgate::run {

/// Of the libgit2 that --changed-since would use, such as `1.5.1`; empty where there is none.
std::string git_version();

}  // namespace rdnsgate::run
