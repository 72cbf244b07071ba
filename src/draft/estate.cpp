// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "draft/estate.h"

#include <algorithm>
#include <utility>

namespace rdnsgate::draft {
namespace {

enum class Branch { in_addr, ip6, names };

Branch branch_of(const dns::Name& name) {
  static const auto in_addr = dns::Name::parse("in-addr.arpa").value(),
                    ip6 = dns::Name::parse("ip6.arpa").value();
  return name.is_within(in_addr) ? Branch::in_addr : name.is_within(ip6) ? Branch::ip6 : Branch::names;
}

bool knows(const Estate& estate, Branch branch) {
  return std::any_of(estate.zones.begin(), estate.zones.end(),
                     [&](const Zone& zone) { return branch_of(zone.name) == branch; });
}

}  // namespace

const Zone* Estate::zone_of(const dns::Name& name) const {
  // They stand in order, and above a name there are few: each of these is looked for.
  for (auto at = name;; at = at.parent()) {
    const auto place =
        std::lower_bound(zones.begin(), zones.end(), at,
                         [](const Zone& zone, const dns::Name& wanted) { return zone.name < wanted; });
    if (place != zones.end() && place->name == at) return &*place;
    if (at.is_root()) return nullptr;
  }
}

void Estate::add_zone(Zone zone) {
  const auto place = std::lower_bound(zones.begin(), zones.end(), zone,
                                      [](const Zone& a, const Zone& b) { return a.name < b.name; });
  if (place == zones.end() || place->name != zone.name) {
    zones.insert(place, std::move(zone));
  } else if (place->managed_by.empty()) {
    *place = std::move(zone);
  }
}

dns::Name likely_reverse_zone(const IpAddress& ip) {
  auto name = dns::reverse_name(ip);
  for (int labels = ip.is_v4() ? 1 : 16; labels > 0; --labels) name = name.parent();
  return name;
}

void add_missing_zones(Estate& estate) {
  std::vector<dns::Name> missing;
  const auto cover = [&](const dns::Name& name, const dns::Name& guess) {
    if (knows(estate, branch_of(name)) && estate.zone_of(name) == nullptr) missing.push_back(guess);
  };
  for (const auto& [ip, host] : estate.hosts) {
    if (!host.left_out.empty()) continue;
    if (!host.reverse_zone) cover(dns::reverse_name(ip), likely_reverse_zone(ip));
    cover(host.ptr.front(), host.ptr.front().parent());
    if (host.helo) cover(*host.helo, host.helo->parent());
  }
  std::sort(missing.begin(), missing.end());
  missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
  if (missing.empty()) return;
  std::string names;
  for (auto& name : missing) {
    names += (names.empty() ? "" : ", ") + name.text();
    estate.add_zone({std::move(name), "", ""});
  }
  estate.notes.push_back("Zones that were guessed: " + names + ".");
}

}  // namespace rdnsgate::draft
