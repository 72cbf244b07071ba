// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/files/boundary.h"
#include "dns/zone/zone_file.h"

namespace rdnsgate::run {

/// The files that zone files include: relative to the file that names them, and inside of the repository, or of
/// the folder that was given where there is none around it (base/files/boundary.h).
class ZoneIncludes {
 public:
  /// `folder`: the one that was given, or that of the zone file that was.
  explicit ZoneIncludes(const std::string& folder);

  /// For dns::read_zone_file(). Lives no longer than this.
  dns::FindIncluded finder();

  /// What a zone file includes, and what that includes, by the path of the including file; "" for the zone file
  /// itself. What cannot be found is not among it.
  dns::IncludedTexts all_of(const std::string& path, const dns::Name& origin, const std::string& text);

 private:
  Result<dns::IncludedText> find(const std::string& from, const std::string& name);

  Result<std::string> root_;  ///< the real path of the folder
  Boundary boundary_;
  std::map<std::string, std::string> shown_;  ///< by real path
};

/// The paths of all files that a zone file includes, as far as they can be found; none of them twice.
std::vector<std::string> included_by(const std::string& path, const std::string& folder);

}  // namespace rdnsgate::run
