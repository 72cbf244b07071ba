// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "dns/zone/zone_data.h"

namespace rdnsgate::dns {

/// ALIAS and ANAME have no number of their own; this is the one that PowerDNS gives to ALIAS, from the private ones. It
/// is in no zone: among the places of one it says where such a record stands, and its data is the name that it names.
inline constexpr RrType type_alias{65401};

/// What a record leaves open that only the server of one vendor, or of one provider, can answer, or whose data
/// cannot be read here. `words` are what stands on its line from the type on, which is `type` where it is one of the DNS.
/// Nullopt: it is none of these.
std::optional<std::vector<OpenQuestion>> open_by(const Name& owner, std::optional<RrType> type,
                                                 std::span<const std::string_view> words);

}  // namespace rdnsgate::dns
