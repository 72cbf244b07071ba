// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "audit/run_context.h"
#include "dns/zone/zone_file.h"

namespace rdnsgate::rules {

/// The name that a PTR, CNAME, NS, MX, SRV or ALIAS record points at; nullopt for other types.
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

/// Where the first record of a name and type stands in a file; its beginning where none does. Made when it is first
/// asked.
class Places {
 public:
  explicit Places(const audit::ZoneText& text) : text_(text) {}
  Span of(const dns::Name& owner, dns::RrType type);

 private:
  const audit::ZoneText& text_;
  std::unordered_map<std::string, Span> by_set_;
};

/// A record's target seems to lack its final dot, so that zone-final-dot-missing speaks of it. In an octoDNS zone none
/// does: there a target without one is refused.
inline bool lacks_dot(const audit::ZoneText& text, dns::RrType type, const dns::Name& target) {
  return !text.octodns && !missing_dot(text.zone.origin, type, target).empty();
}

}  // namespace rdnsgate::rules
