// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>

namespace rdnsgate::run {

/// The commit that is checked out in the repository that a file or folder is in, as 40 hexadecimal digits; empty where
/// there is none, or none that may be looked at.
std::string git_head(const std::string& path);

}  // namespace rdnsgate::run
