// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "audit/waiver_target.h"
#include "base/text/glob_set.h"
#include "base/text/text.h"
#include "rules/hygiene/rules.h"

namespace rdnsgate::rules {
namespace {

/// Rules whose targets need not stand in the inventory: resolvers and zone files that the command line names,
/// the run itself, other waivers.
bool has_other_targets(std::string_view rule) {
  return rule.starts_with("resolver-") || rule.starts_with("run-") || rule.starts_with("hygiene-") ||
         rule.starts_with("zone-");
}

bool is_off(const inventory::Inventory& inventory, std::string_view rule) {
  return std::any_of(inventory.rules.begin(), inventory.rules.end(), [&](const auto& setting) {
    return setting.rule == rule && setting.severity == Severity::off;
  });
}

std::string without_final_dot(std::string id) {
  if (id.size() > 1 && id.ends_with('.')) id.pop_back();
  return id;
}

/// The ids of what findings are about. They are gathered, and held against all patterns at once, for the first waiver
/// that needs them: there may be one on each line of a large inventory.
class Subjects {
 public:
  explicit Subjects(const inventory::Inventory& inventory) : inventory_(inventory) {}

  bool any(const std::string& pattern) {
    // An id is an address in one spelling (RFC 5952): any other would never match.
    if (const auto ip = IpAddress::read(pattern))
      return inventory_.find(*ip) != nullptr && glob_match(pattern, ip->to_string());
    if (const auto block = audit::block_of(pattern)) return has_address_in(*block);
    if (ids_.empty()) gather();
    if (!audit::is_pattern(pattern)) return ids_.contains(without_final_dot(ascii_lower(pattern)));
    return matching_.contains(pattern);
  }

  bool has_address_in(const inventory::AddressRange& block) const {
    return std::any_of(block.prefixes.begin(), block.prefixes.end(),
                       [&](const Prefix& prefix) { return inventory_.first_in(prefix) != nullptr; });
  }

 private:
  void gather() {
    audit::for_each_kind([&]<typename Kind>() {
      if constexpr (audit::Listed<Kind>) {
        for (const auto& item : Kind::items({.inventory = &inventory_}))
          ids_.insert(ascii_lower(Kind::id(item)));
      }
    });
    std::vector<std::string_view> patterns;
    for (const auto& waiver : inventory_.waivers) {
      if (audit::is_pattern(waiver.target)) patterns.push_back(waiver.target);
    }
    if (patterns.empty()) return;
    const GlobSet globs(patterns);
    for (const auto& id : ids_) {
      for (const std::size_t i : globs.matching(id)) matching_.insert(patterns[i]);
    }
  }

  const inventory::Inventory& inventory_;
  std::unordered_set<std::string> ids_;
  std::unordered_set<std::string_view> matching_;  // the patterns that match one of them
};

}  // namespace

void judge_hygiene_waiver_unreachable(const audit::InventoryCase& c, audit::Findings& findings) {
  Subjects subjects(c.inventory);
  for (const auto& waiver : c.inventory.waivers) {
    if (has_other_targets(waiver.rule)) continue;
    const auto say = [&](std::string_view wording, const std::string& spelling = {}) {
      findings.add({.values = {{"rule", waiver.rule}, {"subject", waiver.target}, {"spelling", spelling}},
                    .wording = wording,
                    .target = audit::Target{audit::TargetKind::inventory, waiver.rule + " " + waiver.target},
                    .at = waiver.at});
    };
    if (is_off(c.inventory, waiver.rule)) {
      say("off");
    } else if (!subjects.any(waiver.target)) {
      const auto ip = IpAddress::read(waiver.target);
      if (audit::block_of(waiver.target))
        say("block");
      else if (ip && c.inventory.find(*ip) != nullptr)
        say("spelling", ip->to_string());
      else
        say("");
    }
  }
}

}  // namespace rdnsgate::rules
