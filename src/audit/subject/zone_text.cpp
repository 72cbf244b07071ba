// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/subject/zone_text.h"

namespace rdnsgate::audit {

dns::GivenZones given_zones(std::span<const ZoneText> texts) {
  std::vector<const dns::ZoneFile*> zones;
  for (const auto& text : texts) zones.push_back(&text.zone);
  return dns::GivenZones(zones);
}

}  // namespace rdnsgate::audit
