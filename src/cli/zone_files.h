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

/// Reads the zone files of a folder, by name `ORIGIN.zone`. Fails where there are none.
Result<ProposedZones> read_zone_files(const std::string& folder, Sources& sources);

}  // namespace rdnsgate::cli
