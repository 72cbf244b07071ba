// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/text/diagnostic.h"
#include "inventory/model/model.h"
#include "inventory/octodns/octodns_zone.h"
#include "resolve/adapters/zone_set.h"
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
    dns::Name origin{};
    bool octodns = false;
    std::vector<FileId> later{};                          ///< the files from which place_records() reads them
    std::vector<dns::PlacedRecord> records{};             ///< none of a zone in octoDNS's format
    std::vector<inventory::OctodnsPlace> yaml_records{};  ///< of such a one
  };
  std::vector<Places> places;           ///< beside `zones`, index for index
  std::vector<PassedOver> passed_over;  ///< every file that is not read, with the reason

  bool usable() const;
};

/// Whether anybody wants to know where records stand.
enum class Placing {
  none,
  later,  ///< perhaps; the texts are kept for place_records()
  now
};

/// Reads zone files and octoDNS zones: each path is a folder of them, or one. Fails where a folder has none,
/// where a file is none, and where two hold the same zone. Where records are placed, the texts are kept. What the inventory says of zone files counts: which zone each holds, and that it
/// is there. Files that seem to be zones and are not read are warnings among the problems.
Result<ProposedZones> read_zone_files(const std::vector<std::string>& paths, Sources& sources,
                                      const inventory::Inventory* inventory, Placing placing = Placing::none);

/// Finds the places of the records of zones that were read with Placing::later.
void place_records(ProposedZones& proposed, Sources& sources);

}  // namespace rdnsgate::run
