// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "audit/policy/policy.h"
#include "run/files/find_zones.h"
#include "run/frame/attempt.h"

namespace rdnsgate::run {

/// Zone files that are judged as files.
struct ZoneTexts {
  std::vector<audit::ZoneText> texts;
  /// Where there is an error among them, nothing can be judged. Without one they are what no rule says.
  Diagnostics problems;
  bool usable = true;
  std::vector<PassedOver> passed_over;  ///< what is not read
  /// What is wrong with those that were there before, where some cannot be read: nothing is compared with them.
  std::string earlier_failure;
};

/// Reads them, and those that were there before, for what only a comparison shows; their texts are in `earlier_sources`.
Attempt<ZoneTexts> read_zone_texts(const std::vector<std::string>& paths,
                                   const std::vector<std::string>& earlier_paths,
                                   const inventory::Inventory& inventory, Sources& sources,
                                   Sources& earlier_sources);

}  // namespace rdnsgate::run
