// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/timestamp.h"

// Archives of plain files (POSIX.1-2017, pax, "ustar Interchange Format"). Of the format's hundred possibilities an archive
// of ours uses one, and nothing else is read: no links, folders, devices, owners or extensions.
namespace rdnsgate {

struct ArchiveFile {
  std::string name;  ///< relative: `evidence/README.txt`
  std::string content;
};

/// The octets of an archive: the files in the order given, all of one time, mode 0644, owned by root. Names have at most
/// 100 octets, and read_ustar() takes them.
std::string write_ustar(const std::vector<ArchiveFile>& files, Time time);

struct ArchiveLimits {
  std::size_t files = 64;
  std::size_t file_octets = std::size_t{64} << 20;
};

/// Reads what write_ustar() writes. Any octets are safe. Refuses, with the place, what is cut short or damaged, and whatever
/// else a tar could hold: links, devices, folders, extensions, names that are absolute, lead upward, come twice or hold
/// anything but letters, digits, `.`, `_`, `-` and `/`; also octets behind the end.
Result<std::vector<ArchiveFile>> read_ustar(std::string_view octets, const ArchiveLimits& limits);

}  // namespace rdnsgate
