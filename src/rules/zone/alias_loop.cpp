// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "dns/zone/vendor_records.h"
#include "rules/zone/estate_rules.h"
#include "rules/zone/target.h"

namespace rdnsgate::rules {
namespace {

using dns::Name;
using dns::RrType;

/// A record that makes a name, or all names below it, an alias.
struct Start {
  const audit::ZoneText* text;
  RrType type;
  Name owner;
  Span at;

  /// Where to begin: of a DNAME at any name below it.
  Name name() const {
    if (type != RrType::DNAME) return owner;
    auto below = Name::parse("*." + owner.fqdn());
    return below ? std::move(*below) : owner;
  }
};

struct Way {
  std::vector<Name> names;  ///< the last of them is the first of the circle again, if it is one
  std::size_t begin = 0;    ///< of the circle
  bool loops = false, renamed = false;
};

class Loops {
 public:
  explicit Loops(const audit::ZoneTextsCase& c) : zones_(c.zones) {
    for (const auto& text : c.texts) {
      for (const auto& record : text.records) {
        const bool is_alias = record.type == dns::type_alias;
        if (!is_alias && record.type != RrType::CNAME && record.type != RrType::DNAME) continue;
        starts_.push_back({&text, record.type, record.owner, audit::ZoneTextCase::at(record)});
        if (is_alias) vendor_.emplace(record.owner, target_of(record).value());
      }
    }
  }

  void tell(audit::Findings& findings) {
    for (const auto& start : starts_) {
      const auto way = walk(start.name());
      if (!way.loops) continue;
      // That of a DNAME is told at the record itself, and not of each name that leads there.
      if (way.renamed && start.type != RrType::DNAME) continue;
      const auto circle =
          std::vector<Name>(way.names.begin() + static_cast<std::ptrdiff_t>(way.begin), way.names.end());
      tell(way.begin == 0 ? start : start_at(circle.front(), start), circle, findings);
    }
  }

 private:
  static void tell(const Start& at, const std::vector<Name>& circle, audit::Findings& findings) {
    findings.add({.values = {{"name", at.owner}, {"path", audit::list_of(circle)}},
                  .wording = at.type == RrType::DNAME ? "dname" : "",
                  .target = audit::Target{audit::TargetKind::zone, at.text->zone.origin.text()},
                  .at = at.at});
  }

  const Start& start_at(const Name& name, const Start& otherwise) {
    if (by_owner_.empty()) {
      for (const auto& start : starts_) by_owner_.emplace(start.owner.wire(), &start);
    }
    const auto found = by_owner_.find(name.wire());
    return found == by_owner_.end() ? otherwise : *found->second;
  }

  /// Until a name that was seen on this way, or on an earlier one, which ended or was told of then.
  Way walk(Name name) {
    constexpr std::size_t most_renamed = 16;  // one of its own subtree makes names that grow
    Way way;
    std::unordered_map<std::string, std::size_t> on_way;
    std::size_t renamed = 0;
    while (!done_.contains(name.wire())) {
      const auto [known, fresh] = on_way.try_emplace(name.wire(), way.names.size());
      way.names.push_back(name);
      if (!fresh || renamed == most_renamed) {
        way.loops = true;
        way.begin = fresh ? 0 : known->second;
        break;
      }
      const auto* alias = zones_.alias_of(name);
      const bool is_dname = alias != nullptr && alias->type == RrType::DNAME;
      auto next = alias != nullptr ? dns::target_of(*alias, name) : vendor_target(name);
      if (!next) break;
      way.renamed = way.renamed || is_dname;
      if (is_dname) ++renamed;
      name = std::move(*next);
    }
    for (const auto& [wire, at] : on_way) done_.insert(wire);
    return way;
  }

  Result<Name> vendor_target(const Name& name) const {
    const auto found = vendor_.find(name);
    if (found == vendor_.end()) return fail("");
    return found->second;
  }

  const dns::GivenZones& zones_;
  std::vector<Start> starts_;
  std::map<Name, Name> vendor_;  // of ALIAS and ANAME records
  std::unordered_map<std::string, const Start*> by_owner_;
  std::unordered_set<std::string> done_;
};

}  // namespace

void judge_zone_alias_loop(const audit::ZoneTextsCase& c, audit::Findings& findings) {
  Loops(c).tell(findings);
}

void judge_zone_alias_chain(const audit::ZoneTextsCase& c, audit::Findings& findings) {
  for (const auto& text : c.texts) {
    for (const auto& record : text.records) {
      if (record.type != RrType::CNAME) continue;
      const auto target = target_of(record);
      const auto* alias = target ? c.zones.alias_of(*target) : nullptr;
      if (alias == nullptr || alias->type != RrType::CNAME || lacks_dot(text, record.type, *target)) continue;
      const auto end = c.zones.end_of(*target);
      // One that does not end, or ends in nothing, is a worse thing, and said.
      if (!end || !c.zones.may_exist(*end)) continue;
      findings.add({.values = {{"owner", record.owner}, {"name", *target}, {"end", *end}},
                    .target = audit::Target{audit::TargetKind::zone, text.zone.origin.text()},
                    .at = audit::ZoneTextCase::at(record)});
    }
  }
}

}  // namespace rdnsgate::rules
