// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rdnsgate::run {

/// What the name of a file says of the zone in it.
struct ZoneFileName {
  enum class Kind { bind, octodns } kind = Kind::bind;
  std::string zone;  ///< a part of the file's name
  /// The name alone proves nothing (`example.com`, `db.example.com`): the text has to begin as a zone file
  /// does.
  bool uncertain = false;
};

/// Without a folder: `ORIGIN.zone`, `ORIGIN.yaml`, `db.ORIGIN`, `ORIGIN.db`, `ORIGIN.hosts`, `ORIGIN`.
/// nullopt where it is none of these. What is uncertain has an ORIGIN of two labels at least, and not one
/// that ends in a number
/// (`db.192.0.2`, which is short for something else) or as copies and other files do (`.bak`, `.conf`, ...).
std::optional<ZoneFileName> zone_file_name(std::string_view file);

/// True where the first record of the text is an SOA record.
bool begins_as_zone_file(std::string_view text);

}  // namespace rdnsgate::run
