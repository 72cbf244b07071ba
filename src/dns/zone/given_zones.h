// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>

#include "dns/zone/zone_tree.h"

namespace rdnsgate::dns {

/// Zones at hand, and what they have for a name that a record of one of them is about. They have to stay where
/// they are and as they are.
class GivenZones {
 public:
  explicit GivenZones(std::span<const ZoneFile* const> zones);

  /// False only where the zone that would hold the addresses of the name is among those given, and it says
  /// that there are none.
  bool may_have_address(const Name& name) const;
  /// False only where the zone that would hold the name is among those given, and it says that there is none.
  bool may_exist(const Name& name) const;
  /// Where aliases of these zones lead from the name; itself where it is none. nullopt where they do not end.
  std::optional<Name> end_of(Name name) const;
  /// The record that makes the name an alias: its own CNAME, that of a wildcard, or the DNAME of a name above
  /// (RFC 6672 §2.3); nullptr where it is none, or no zone that was given says so.
  const RRset* alias_of(const Name& name) const;
  /// What the nearest of these zones at the name or above it has; nullopt where there is none.
  std::optional<ZoneReply> look_up(const Name& name, RrType type) const;
  /// That zone; nullptr where there is none.
  const ZoneFile* zone_of(const Name& name) const;
  /// What the zone itself, one of these, has for a name within it: below its own delegations too, and below other
  /// zones of these.
  ZoneReply look_up_in(const ZoneFile& zone, const Name& name, RrType type) const;

 private:
  struct Held {
    explicit Held(const ZoneFile& of) : zone(&of), tree(of) {}
    const ZoneFile* zone;
    ZoneTree tree;
  };
  const Held* held(const Name& name) const;

  std::unordered_map<std::string_view, std::unique_ptr<const Held>> by_origin_;  ///< a view into the zone's
};

/// Where an alias leads from the name: what a CNAME record points to, or the name with a DNAME's target in place of
/// that record's owner (RFC 6672 §2.2). An error where that is too long.
Result<Name> target_of(const RRset& alias, const Name& name);

/// The records of exactly that name, of glue too; nullptr where there are none.
const RRset* set_at(const ZoneFile& zone, const Name& name, RrType type);

}  // namespace rdnsgate::dns
