// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "audit/run_context.h"

namespace rdnsgate::rules {

/// The zones that were given as files, and what they have for a name that a record of one of them points at.
class GivenZones {
 public:
  explicit GivenZones(std::span<const audit::ZoneText> texts);

  /// False only where the zone that would hold the addresses of the name is among those given, and it says
  /// that there are none.
  bool may_have_address(const dns::Name& name) const;
  /// False only where the zone that would hold the name is among those given, and it says that there is none.
  bool may_exist(const dns::Name& name) const;
  /// Where aliases of these zones lead from the name; itself where it is none. Of a loop one of its names.
  dns::Name end_of(dns::Name name) const;
  /// The record that makes the name an alias: its own CNAME, that of a wildcard, or the DNAME of a name above
  /// (RFC 6672 §2.3); nullptr where it is none, or no zone that was given says so.
  const dns::RRset* alias_of(const dns::Name& name) const;

 private:
  const dns::ZoneFile* zone_of(dns::Name name) const;
  bool is_open(const dns::ZoneFile& zone, const dns::Name& name) const;

  std::unordered_map<std::string, const dns::ZoneFile*> by_origin_;
  /// Names whose addresses or aliases are left open, by wire format; and those below which all is.
  std::unordered_set<std::string> open_, open_below_;
};

}  // namespace rdnsgate::rules
