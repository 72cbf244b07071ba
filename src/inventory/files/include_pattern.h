// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/files/boundary.h"
#include "base/result.h"
#include "inventory/files/file_tree.h"

namespace rdnsgate::inventory {

/// The folder that no include leads out of.
struct RootFolder {
  Boundary boundary;
  std::size_t entries_left = 0;  ///< folder entries that may still be looked at
  const FileTree* files = &disk();
};

/// For files in this folder: the nearest folder above it that is a git repository, or else it alone.
Result<RootFolder> root_folder_of(const std::string& folder, std::size_t max_entries,
                                  const FileTree& files = disk());

struct IncludedFile {
  std::string path;  ///< as a person would write it: the including file's folder and the rest
  std::string real;  ///< symbolic links resolved
};

/// The files that one item of `include` names, relative to `folder`, sorted by path. `*`, `?` and `[a-z]`
/// stand for what they do in a shell, not for a leading dot, and `**` for any number of folders, links not
/// followed. Fails where there is none, where the pattern or what it finds lies outside the root, and where
/// more would have to be looked at than `root` allows. Never a folder; not always a regular file. `includer` is the
/// name in that folder of the file that includes, which cannot have been meant.
Result<std::vector<IncludedFile>> find_included(const std::string& folder, std::string_view pattern,
                                                RootFolder& root, std::string_view includer = {});

/// Has a wildcard in it.
bool is_pattern(std::string_view text);

}  // namespace rdnsgate::inventory
