// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/result.h"
#include "inventory/model/model.h"
#include "inventory/octodns/octodns_zone.h"
#include "resolve/zone_set.h"
#include "run/files/find_zones.h"

namespace rdnsgate::run {

/// The zones that `--zone-files` proposes, and what is wrong with the files that they stand in. With an error
/// among the problems they are not to be used.
struct ProposedZones {
  std::vector<resolve::ZoneSource> zones;
  Diagnostics problems;

  /// Where the records of a zone stand; none where nobody asked.
  struct Places {
    FileId file{};
    std::vector<dns::PlacedRecord> records{};             ///< none of a zone in octoDNS's format
    std::vector<inventory::OctodnsPlace> yaml_records{};  ///< of such a one
    bool octodns = false;
  };
  std::vector<Places> places;           ///< beside `zones`, index for index
  std::vector<PassedOver> passed_over;  ///< every file that is not read, with the reason

  bool usable() const;
};

/// Reads zone files and octoDNS zones: each path is a folder of them, or one. Fails where a folder has none,
/// where a file is none, and where two hold the same zone. With `keep_places` the places of all records are
/// noted, and the texts are kept. What the inventory says of zone files counts: which zone each holds, and that it
/// is there. Files that seem to be zones and are not read are warnings among the problems.
Result<ProposedZones> read_zone_files(const std::vector<std::string>& paths, Sources& sources,
                                      const inventory::Inventory* inventory, bool keep_places = false);

}  // namespace rdnsgate::run
