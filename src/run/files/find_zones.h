// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dns/name.h"
#include "inventory/files/file_tree.h"

namespace rdnsgate::run {

/// A zone on disk, not read yet.
struct FoundZone {
  std::string path;  ///< for messages: its file, or the folder over which it is split
  std::vector<std::string> files;
  dns::Name origin;
  bool octodns = false;
  bool named = false;  ///< on the command line, or as only a zone is: it has to be one
};

inline constexpr std::string_view looked_for =
    "they are looked for as ORIGIN.zone, ORIGIN.db, ORIGIN.hosts, db.ORIGIN or ORIGIN, and as octoDNS zones "
    "ORIGIN.yaml "
    "or ORIGIN./*.yaml";

/// The zones in folders and files, in the order of their paths. Fails where a folder has none, where a file
/// cannot be one by its name, and where one zone is found twice.
Result<std::vector<FoundZone>> find_zones(const std::vector<std::string>& paths,
                                          const inventory::FileTree& tree = inventory::disk());

}  // namespace rdnsgate::run
