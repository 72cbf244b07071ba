// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/verdict/waiver_index.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/subject/kinds.h"
#include "base/text.h"

namespace rdnsgate::audit {
namespace {

/// It begins on the line. What is said of a file as a whole begins on its first and is not about that; and
/// what stands nowhere is a span without extent too.
bool is_within(Span at, Span line) {
  return at.file == line.file && at.begin >= line.begin && at.begin < line.end && at.end > 0;
}

std::string key(TargetKind kind, std::string_view id) { return fmt::format("{} {}", to_string(kind), id); }

}  // namespace

WaiverIndex::WaiverIndex(const inventory::Inventory& inventory) : inventory_(inventory) {
  const auto& waivers = inventory.waivers;
  bool in_comments = false;
  for (std::size_t i = 0; i < waivers.size(); ++i) {
    OfRule& of_rule = rules_[waivers[i].rule];
    const auto& target = waivers[i].target;
    if (waivers[i].line) {
      of_rule.comments.push_back(i);
    } else if (target.find_first_of("*?") == std::string::npos) {
      of_rule.named[ascii_lower(target)].push_back(i);
    } else {
      of_rule.patterns.push_back(i);
    }
    in_comments = in_comments || waivers[i].line;
  }
  if (!in_comments) return;
  for (auto& [rule, of_rule] : rules_) {
    std::stable_sort(of_rule.comments.begin(), of_rule.comments.end(),
                     [&](std::size_t a, std::size_t b) { return *waivers[a].line < *waivers[b].line; });
  }
  for_each_kind([&]<typename Kind>() {
    if constexpr (Listed<Kind> && !Numerous<Kind>) {
      for (const auto& item : Kind::items({.inventory = &inventory}))
        places_.emplace(key(Kind::target, Kind::id(item)), Kind::at(item));
    }
  });
}

std::vector<std::size_t> WaiverIndex::covering(const Finding& finding) const {
  std::vector<std::size_t> found;
  const auto of_rule = rules_.find(finding.rule);
  if (of_rule == rules_.end()) return found;
  if (const auto named = of_rule->second.named.find(ascii_lower(finding.target.id));
      named != of_rule->second.named.end())
    found = named->second;
  for (const std::size_t i : of_rule->second.patterns) {
    if (glob_match(inventory_.waivers[i].target, finding.target.id)) found.push_back(i);
  }
  std::sort(found.begin(), found.end());  // the last one's reason is shown
  if (of_rule->second.comments.empty()) return found;
  add_on_line(of_rule->second, finding.at, found);
  add_on_line(of_rule->second, declared_at(finding.target), found);
  return found;
}

Span WaiverIndex::declared_at(const Target& target) const {
  Span at{};
  for_each_kind([&]<typename Kind>() {
    if constexpr (Numerous<Kind>) {
      const auto* item = target.kind == Kind::target ? Kind::find(inventory_, target.id) : nullptr;
      if (item != nullptr) at = Kind::at(*item);
    }
  });
  const auto named = places_.find(key(target.kind, target.id));
  return named != places_.end() ? named->second : at;
}

void WaiverIndex::add_on_line(const OfRule& waivers, Span at, std::vector<std::size_t>& found) const {
  const auto line_of = [&](std::size_t waiver) { return *inventory_.waivers[waiver].line; };
  auto after = std::upper_bound(
      waivers.comments.begin(), waivers.comments.end(), at, [&](Span place, std::size_t waiver) {
        const Span line = line_of(waiver);
        return std::pair(place.file, place.begin) < std::pair(line.file, line.begin);
      });
  while (after != waivers.comments.begin() && is_within(at, line_of(*--after))) found.push_back(*after);
}

}  // namespace rdnsgate::audit
