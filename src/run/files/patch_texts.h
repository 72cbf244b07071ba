// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "inventory/model/model.h"
#include "plan/emit/emit.h"

namespace rdnsgate::run {

/// The files of the zones that a plan changes and the team keeps, for patches.
struct PatchTexts {
  std::vector<plan::ZoneText> texts;
  std::vector<Error> unread;  ///< why a file that the inventory names is none of them
};

/// Where the inventory's `file:` says (nullptr: there is none), else where `zone_files` have the zone. Of other zones
/// nobody knows a file.
PatchTexts read_patch_texts(const plan::Plan& plan, const inventory::Inventory* inventory,
                            const std::vector<std::string>& zone_files);

}  // namespace rdnsgate::run
