// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/result.h"
#include "resolve/zone_set.h"

namespace rdnsgate::cli {

/// The zones that `--zone-files` proposes, and what is wrong with the files that they stand in. With an error
/// among the problems they are not to be used.
struct ProposedZones {
  std::vector<resolve::ZoneSource> zones;
  Diagnostics problems;

  bool usable() const;
};

/// Reads zone files and octoDNS zones: each path is a folder of them, or one. Fails where a folder has none,
/// where a file is none, and where two hold the same zone.
Result<ProposedZones> read_zone_files(const std::vector<std::string>& paths, Sources& sources);

}  // namespace rdnsgate::cli
