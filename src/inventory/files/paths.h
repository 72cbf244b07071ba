// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>

// File names as texts: <filesystem> brings std::quoted along, which wins over the one of wording.h wherever
// that is called with a std::string.
namespace rdnsgate::inventory {

/// The folder that a file stands in; empty for the current one.
std::string folder_of(const std::string& path);

/// A path from another folder, both of them relative to the same one or absolute; as it is where there is no
/// such path. Empty for that folder itself.
std::string seen_from(const std::string& folder, const std::string& path);

/// With symbolic links resolved; as it is where no file is there (standard input, a text that was never
/// saved).
std::string real_path(const std::string& path);

/// What a file in `folder` calls `name`; as it is where it is absolute.
std::string beside(const std::string& folder, const std::string& name);

}  // namespace rdnsgate::inventory
