// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "dns/zone/zone_file.h"

namespace rdnsgate::rules {

/// The name that a PTR, CNAME, NS, MX or SRV record points at; nullopt for other types.
std::optional<dns::Name> target_of(const dns::PlacedRecord& record);

/// A name in the data of a record, and where it stands.
struct NameInData {
  dns::Name name;
  dns::TextRange at;
};

/// All that a final dot may be missing of: those of target_of(), and of SOA, DNAME, NAPTR, SVCB and HTTPS.
std::vector<NameInData> names_of(const dns::PlacedRecord& record);

/// Why a name in the file of the zone seems to lack its final dot, a key of dot_wordings; empty where it does not. `type` is that of
/// the record that points at it; RrType{} for an owner.
std::string_view missing_dot(const dns::Name& origin, dns::RrType type, const dns::Name& name);

}  // namespace rdnsgate::rules
