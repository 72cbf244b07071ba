// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <map>
#include <string>
#include <unordered_set>

#include "rules/zone/estate_rules.h"
#include "rules/zone/target.h"

namespace rdnsgate::rules {
namespace {

using dns::Name;
using dns::PlacedRecord;
using dns::RrType;
using Kind = dns::ZoneReply::Kind;

/// What stands above a record, so that nobody asks its zone for it.
struct Cover {
  enum class By { dname, delegation, zone } by{};
  Name name;
  auto operator<=>(const Cover&) const = default;
};

struct Hidden {
  const PlacedRecord* first = nullptr;
  std::size_t count = 0;
};

class HiddenRecords {
 public:
  HiddenRecords(const audit::ZoneTextsCase& c, const audit::ZoneText& text, bool has_children)
      : zones_(c.zones), text_(text), has_children_(has_children) {
    for (const auto& set : text.zone.rrsets) {
      has_cuts_ =
          has_cuts_ || set.type == RrType::DNAME || (set.type == RrType::NS && set.owner != text.zone.origin);
    }
  }

  std::map<Cover, Hidden> find() {
    std::map<Cover, Hidden> found;
    if (!has_cuts_ && !has_children_) return found;
    for (const auto& record : text_.records) {
      auto cover = cover_of(record);
      if (!cover || is_glue(record)) continue;
      auto& hidden = found[std::move(*cover)];
      if (hidden.first == nullptr) hidden.first = &record;
      ++hidden.count;
    }
    return found;
  }

 private:
  /// nullopt where the zone answers with it, or it is what a delegation is made of.
  std::optional<Cover> cover_of(const PlacedRecord& record) const {
    if (is_of_dnssec(record.type)) return std::nullopt;
    if (has_cuts_) {
      const auto reply = zones_.look_up_in(text_.zone, record.owner, record.type);
      if (reply.kind == Kind::renamed) return Cover{Cover::By::dname, reply.set->owner};
      if (reply.kind == Kind::delegated) {
        // What the source leaves open is not known to be a delegation.
        if (reply.set == nullptr || (record.owner == reply.set->owner && record.type == RrType::NS))
          return std::nullopt;
        // A DNAME beside it is zone-dname-delegated.
        if (record.owner == reply.set->owner && record.type == RrType::DNAME) return std::nullopt;
        return Cover{Cover::By::delegation, reply.set->owner};
      }
    }
    if (!has_children_) return std::nullopt;
    const auto* zone = zones_.zone_of(record.owner);
    if (zone == &text_.zone) return std::nullopt;
    const bool is_delegation = record.type == RrType::NS || record.type == RrType::DS;
    if (record.owner == zone->origin && is_delegation) return std::nullopt;
    return Cover{Cover::By::zone, zone->origin};
  }

  /// It is signed by whoever signs the zone, and with it goes what is wrong.
  static bool is_of_dnssec(RrType type) {
    return type == RrType::RRSIG || type == RrType::NSEC || type == RrType::NSEC3;
  }

  bool is_glue(const PlacedRecord& record) {
    if (record.type != RrType::A && record.type != RrType::AAAA) return false;
    if (!servers_known_) {
      for (const auto& other : text_.records) {
        const auto server = other.type == RrType::NS ? target_of(other) : std::nullopt;
        if (server) servers_.insert(server->wire());
      }
      servers_known_ = true;
    }
    return servers_.contains(record.owner.wire());
  }

  const dns::GivenZones& zones_;
  const audit::ZoneText& text_;
  bool has_cuts_ = false, has_children_, servers_known_ = false;
  std::unordered_set<std::string> servers_;  // that NS records of the zone name
};

/// Zones of which others at hand are parts.
std::unordered_set<const dns::ZoneFile*> parents_of(const audit::ZoneTextsCase& c) {
  std::unordered_set<const dns::ZoneFile*> parents;
  for (const auto& text : c.texts) {
    for (Name at = text.zone.origin; !at.is_root();) {
      const auto* above = c.zones.zone_of(at.parent());
      if (above == nullptr || !parents.insert(above).second) break;
      at = above->origin;
    }
  }
  return parents;
}

std::string_view wording_of(Cover::By by) {
  if (by == Cover::By::dname) return "dname";
  return by == Cover::By::zone ? "zone" : "delegation";
}

}  // namespace

void judge_zone_record_hidden(const audit::ZoneTextsCase& c, audit::Findings& findings) {
  const auto parents = parents_of(c);
  for (const auto& text : c.texts) {
    for (const auto& [cover, hidden] : HiddenRecords(c, text, parents.contains(&text.zone)).find()) {
      audit::Args args{
          .values = {{"cover", cover.name}, {"name", hidden.first->owner}, {"count", hidden.count}},
          .wording = wording_of(cover.by),
          .target = audit::Target{audit::TargetKind::zone, text.zone.origin.text()},
          .at = audit::ZoneTextCase::at(*hidden.first)};
      if (cover.by == Cover::By::dname) args.severity = Severity::error;
      findings.add(std::move(args));
    }
  }
}

}  // namespace rdnsgate::rules
