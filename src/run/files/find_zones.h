// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dns/name.h"
#include "inventory/files/file_tree.h"
#include "run/files/found_zone.h"

namespace rdnsgate::run {

/// A file that is not read.
struct PassedOver {
  std::string path, why;
  bool seems_zone = true;  ///< somebody may have meant it to be read
  bool said = false;       ///< among the problems
};

inline constexpr std::string_view looked_for =
    "they are looked for as ORIGIN.zone, ORIGIN.db, ORIGIN.hosts, db.ORIGIN or ORIGIN, and as octoDNS zones "
    "ORIGIN.yaml "
    "or ORIGIN./*.yaml; under any other name where the inventory's file: or $ORIGIN in the file says the "
    "zone";

class DeclaredZones;  // run/files/declared_zones.h

struct ZoneSearch {
  const inventory::FileTree* tree = &inventory::disk();
  const DeclaredZones* declared = nullptr;         ///< what an inventory says of them
  std::vector<PassedOver>* passed_over = nullptr;  ///< gets what is not read
};

/// The zones in folders and files, in the order of their paths. Which zone a file holds says the inventory, else
/// the text where it names the owner of its SOA record, else the file's name: ORIGIN.zone and the like, or a
/// network such as db.192.0.2. Fails where a folder has none, where a file says nothing of its zone, and where
/// one zone is found twice.
Result<std::vector<FoundZone>> find_zones(const std::vector<std::string>& paths,
                                          const ZoneSearch& search = {});

}  // namespace rdnsgate::run
