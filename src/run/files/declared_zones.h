// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/text/diagnostic.h"
#include "inventory/files/file_tree.h"
#include "inventory/model/model.h"
#include "run/files/found_zone.h"

namespace rdnsgate::run {

/// What an inventory says of the zones in files.
class DeclaredZones {
 public:
  explicit DeclaredZones(const inventory::Inventory& inventory);

  /// The zone whose `file:` this is: the very file, or in a checkout elsewhere the one of that name.
  const inventory::Zone* of_file(const std::string& path, const inventory::FileTree& tree) const;
  bool has(const dns::Name& zone) const;
  /// Whether the PTR record of an address would lie in it.
  bool has_address_in(const dns::Name& zone) const;

  /// A problem for each `file:` where nothing is, unless its zone was found in another file.
  void check_files(const std::vector<FoundZone>& found, Diagnostics& problems) const;

 private:
  const inventory::Inventory& inventory_;
  std::map<std::string, const inventory::Zone*> by_real_,
      by_name_;  ///< by the last part of the path; nullptr: of several
};

}  // namespace rdnsgate::run
