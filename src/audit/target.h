// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rdnsgate::audit {

/// What a finding is about. `inventory` is the file itself: its waivers, its settings.
enum class TargetKind : std::uint8_t { address, sender, relay, domain, path, zone, vantage, blocklist, inventory };

inline constexpr std::array target_kinds{TargetKind::address, TargetKind::sender,   TargetKind::relay,
                                         TargetKind::domain,  TargetKind::path,     TargetKind::zone,
                                         TargetKind::vantage, TargetKind::blocklist, TargetKind::inventory};

constexpr std::string_view to_string(TargetKind kind) {
  switch (kind) {
    case TargetKind::address:
      return "address";
    case TargetKind::sender:
      return "sender";
    case TargetKind::relay:
      return "relay";
    case TargetKind::domain:
      return "domain";
    case TargetKind::path:
      return "path";
    case TargetKind::zone:
      return "zone";
    case TargetKind::vantage:
      return "vantage";
    case TargetKind::blocklist:
      return "blocklist";
    case TargetKind::inventory:
      return "inventory";
  }
  return "inventory";
}

constexpr std::optional<TargetKind> parse_target_kind(std::string_view text) {
  for (const auto kind : target_kinds) {
    if (to_string(kind) == text) return kind;
  }
  return std::nullopt;
}

/// `id` is the address in RFC 5952 form, or the name as the inventory has it; of a path, "DOMAIN via NAME".
struct Target {
  TargetKind kind = TargetKind::inventory;
  std::string id;
  bool operator==(const Target&) const = default;
  auto operator<=>(const Target&) const = default;
};

}  // namespace rdnsgate::audit
