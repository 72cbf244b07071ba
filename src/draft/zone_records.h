// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>

#include "dns/zone/zone_file.h"
#include "draft/estate.h"

namespace rdnsgate::draft {

/// Adds a zone and the hosts that have their PTR records in it; of a block that is delegated by RFC 2317 too.
void read_zone(const dns::ZoneFile& zone, std::string managed_by, std::string file, Estate& estate);

}  // namespace rdnsgate::draft
