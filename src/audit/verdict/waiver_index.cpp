// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/verdict/waiver_index.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "audit/subject/kinds.h"
#include "audit/waiver_target.h"
#include "base/text/text.h"

namespace rdnsgate::audit {
namespace {

/// It begins on the line. What is said of a file as a whole begins on its first and is not about that; and
/// what stands nowhere is a span without extent too.
bool is_within(Span at, Span line) {
  return at.file == line.file && at.begin >= line.begin && at.begin < line.end && at.end > 0;
}

template <typename Kind>
concept Grouped = Listed<Kind> && requires(const inventory::Inventory& inventory, const Item<Kind>& item) {
  Kind::groups(inventory, item);
};

/// As ids are looked up. A name may be written with its final dot.
std::string id_of(std::string_view target) {
  if (target.size() > 1 && target.ends_with('.')) target.remove_suffix(1);
  return ascii_lower(target);
}

/// The network that the address is in.
IpAddress masked(const IpAddress& ip, unsigned length) {
  std::array<std::uint8_t, 16> octets{};
  for (unsigned i = 0; i < ip.size(); ++i) {
    const unsigned kept = std::min(8U, length - std::min(length, 8 * i));
    octets[i] = static_cast<std::uint8_t>(ip.octet(i) & (0xFF00U >> kept));
  }
  if (!ip.is_v4()) return IpAddress::v6(octets);
  return IpAddress::v4(static_cast<std::uint32_t>(octets[0]) << 24 |
                       static_cast<std::uint32_t>(octets[1]) << 16 |
                       static_cast<std::uint32_t>(octets[2]) << 8 | octets[3]);
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
    } else if (is_pattern(target)) {
      of_rule.patterns.push_back(i);
    } else if (const auto block = block_of(target)) {
      add_block(*block, i, of_rule);
    } else {
      of_rule.named[id_of(target)].push_back(i);
    }
    in_comments = in_comments || waivers[i].line;
  }
  for (auto& [rule, of_rule] : rules_) {
    std::vector<std::string_view> globs;
    for (const std::size_t i : of_rule.patterns) globs.push_back(waivers[i].target);
    of_rule.globs = GlobSet(globs);
  }
  if (!rules_.empty()) gather_groups();
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
  add_named(of_rule->second, finding.target.id, found);
  add_groups(of_rule->second, finding.target, found);
  add_blocks(of_rule->second, finding.target, found);
  for (const std::size_t i : of_rule->second.globs.matching(finding.target.id))
    found.push_back(of_rule->second.patterns[i]);
  std::sort(found.begin(), found.end());  // the last one's reason is shown
  found.erase(std::unique(found.begin(), found.end()), found.end());
  if (of_rule->second.comments.empty()) return found;
  add_on_line(of_rule->second, finding.at, found);
  add_on_line(of_rule->second, declared_at(finding.target), found);
  return found;
}

void WaiverIndex::add_block(const inventory::AddressRange& range, std::size_t waiver, OfRule& of_rule) {
  for (const auto& prefix : range.prefixes) {
    of_rule.blocks[prefix].push_back(waiver);
    of_rule.block_lengths.emplace(prefix.network().is_v4(), prefix.length());
  }
}

void WaiverIndex::add_named(const OfRule& waivers, std::string_view id, std::vector<std::size_t>& found) {
  const auto named = waivers.named.find(ascii_lower(id));
  if (named != waivers.named.end()) found.insert(found.end(), named->second.begin(), named->second.end());
}

void WaiverIndex::add_blocks(const OfRule& waivers, const Target& target, std::vector<std::size_t>& found) {
  if (waivers.blocks.empty() || target.kind != TargetKind::address) return;
  const auto ip = IpAddress::read(target.id);
  if (!ip) return;
  for (const auto& [is_v4, length] : waivers.block_lengths) {
    if (is_v4 != ip->is_v4()) continue;
    const auto block = waivers.blocks.find(Prefix(masked(*ip, length), length));
    if (block != waivers.blocks.end()) found.insert(found.end(), block->second.begin(), block->second.end());
  }
}

void WaiverIndex::gather_groups() {
  for_each_kind([&]<typename Kind>() {
    if constexpr (Grouped<Kind> && !Numerous<Kind>) {
      for (const auto& item : Kind::items({.inventory = &inventory_}))
        groups_.emplace(key(Kind::target, Kind::id(item)), Kind::groups(inventory_, item));
    }
  });
}

void WaiverIndex::add_groups(const OfRule& waivers, const Target& target,
                             std::vector<std::size_t>& found) const {
  if (waivers.named.empty()) return;
  for_each_kind([&]<typename Kind>() {
    if constexpr (Grouped<Kind> && Numerous<Kind>) {
      const auto* item = target.kind == Kind::target ? Kind::find(inventory_, target.id) : nullptr;
      if (item == nullptr) return;
      for (const auto& id : Kind::groups(inventory_, *item)) add_named(waivers, id, found);
    }
  });
  const auto known = groups_.find(key(target.kind, target.id));
  if (known == groups_.end()) return;
  for (const auto& id : known->second) add_named(waivers, id, found);
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
