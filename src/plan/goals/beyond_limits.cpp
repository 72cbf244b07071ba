// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/goals/beyond_limits.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "base/text/text.h"
#include "plan/operation/goals.h"

namespace rdnsgate::plan {

std::vector<std::string> beyond_limits(const Picture& picture, const Goals& goals, const Limits& limits) {
  std::map<std::size_t, std::size_t> there;
  for (const auto& set : picture.sets) {
    if (set.live && set.zone != none) ++there[set.zone];
  }
  std::map<std::size_t, std::set<std::size_t>> changing;
  for (const auto& operation : goals.operations) {
    if (operation.set != none) changing[picture.sets[operation.set].zone].insert(operation.set);
  }
  std::vector<std::string> beyond;
  for (const auto& entry : changing) {
    const auto& zone = picture.zones[entry.first].name;
    const std::size_t sets = entry.second.size(), known = there[entry.first];
    const auto say = [&](const std::string& limit) {
      beyond.push_back(fmt::format("{}: {} would change of {} that are there, which is more than {}",
                                   zone.text(), counted(sets, "record set", "record sets"), known, limit));
    };
    if (limits.changes && sets > *limits.changes) {
      say(std::to_string(*limits.changes));
    } else if (limits.percent && known >= Limits::fewest && sets * 100 > known * *limits.percent) {
      say(fmt::format("{}%", *limits.percent));
    }
  }
  return beyond;
}

}  // namespace rdnsgate::plan
