// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dns/name.h"

namespace rdnsgate::run {

/// A zone on disk, not read yet.
struct FoundZone {
  std::string path;  ///< for messages: its file, or the folder over which it is split
  std::vector<std::string> files;
  dns::Name origin;
  bool octodns = false;
  bool named = false;  ///< on the command line, or as only a zone is: it has to be one
  std::string
      folder;  ///< that was named, or that the file which was named is in: includes stay in its boundary
  std::string_view known_by = "the file's name";  ///< which says that it is this zone
};

}  // namespace rdnsgate::run
