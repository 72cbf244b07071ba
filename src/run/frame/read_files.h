// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "inventory/model/model.h"
#include "resolve/adapters/zone_set.h"
#include "run/files/find_zones.h"
#include "run/frame/attempt.h"
#include "run/frame/listener.h"

namespace rdnsgate::run {

/// The inventory of these files, for a run that is about something else. Fails with its problems.
Attempt<inventory::Inventory> read_inventory(const std::vector<std::string>& named, Sources& sources,
                                             Listener& listener);

/// The zones that answer in place of the DNS: none where no files are named. Fails with what is wrong with them.
/// `inventory` may say which file holds which zone; nullptr: there is none.
Attempt<std::vector<resolve::ZoneSource>> read_answers(const std::vector<std::string>& zone_files,
                                                       const inventory::Inventory* inventory,
                                                       Sources& sources, Listener& listener);

/// For whoever wants to know of every file that is not read: those that no problem names.
void tell_of(const std::vector<PassedOver>& passed_over, Listener& listener);

}  // namespace rdnsgate::run
