// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <optional>

#include "dns/facts/vantage.h"
#include "resolve/adapters/zone_set.h"

namespace rdnsgate::resolve {

/// Lays zones over a panel, whose vantages stay what they are: names in the zones are answered from them, and
/// whatever else from where it is asked. What the zones delegate and do not hold themselves is asked, and an
/// alias is followed from one to the other and back; Fact::from_files says which of the two an answer stands
/// on. Of a zone that they hold, an authoritative vantage gives the delegation as it is, with the NS records
/// that the zones have for the zone's own. `as_of`: when what is below was asked, if that is not now.
std::unique_ptr<dns::Panel> lay_over(ZoneSet zones, std::unique_ptr<dns::Panel> below,
                                     std::optional<Time> as_of = std::nullopt);

}  // namespace rdnsgate::resolve
