// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dns/facts/fact.h"
#include "dns/zone/zone_tree.h"

namespace rdnsgate::resolve {

/// A zone of a `zonefiles` vantage, read already, whatever it was written in; `path` names it in messages.
struct ZoneSource {
  std::string path;
  dns::ZoneFile zone;
};

/// The zones that a `zonefiles` vantage answers from, as a name server that holds them all would.
class ZoneSet {
 public:
  /// Copies them. Two sources for one zone end it, and none at all.
  static Result<ZoneSet> load(std::span<const ZoneSource> sources);

  /// Follows aliases from zone to zone. `unanswered`, with the reason, is what the zones do not hold: names
  /// outside and below a delegation that none of them is the child of (FromFiles::outside), and what a source
  /// leaves open. TTLs are those of the records, and for a denial the lesser of the SOA's own and MINIMUM (RFC
  /// 2308 §3).
  dns::Fact answer(const dns::Question& question) const { return begin(question).fact; }

  /// An answer as far as the zones have it, and where they do not have its end, the name whose records are to
  /// be had elsewhere: the one that was asked for, or what an alias points to.
  struct Begun {
    dns::Fact fact;
    std::optional<dns::Name> outside;
  };
  Begun begin(const dns::Question& question) const;
  /// They have something to say of the name: it is in one of them, and not delegated to another.
  bool hold(const dns::Name& name, dns::RrType type) const;
  /// The zone with this apex; nullptr where they do not hold it.
  const dns::ZoneFile* zone(const dns::Name& apex) const;

 private:
  struct Held {
    explicit Held(const ZoneSource& source) : path(source.path), zone(source.zone), tree(zone) {}
    std::string path;
    dns::ZoneFile zone;
    dns::ZoneTree tree;  ///< of `zone`
  };
  /// The nearest zone at the name or above it that can answer for the type; nullptr for none.
  const Held* zone_of(const dns::Name& name, dns::RrType type) const;

  std::vector<std::unique_ptr<const Held>> zones_;
  std::unordered_map<std::string_view, const Held*> by_origin_;  ///< by wire format, a view into `zones_`
};

}  // namespace rdnsgate::resolve
