// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/facts/vantage.h"

namespace rdnsgate::dns {

std::string_view to_string(VantageKind kind) {
  switch (kind) {
    case VantageKind::recursive:
      return "recursive";
    case VantageKind::authoritative:
      return "authoritative";
    case VantageKind::forward:
      return "forward";
    case VantageKind::zonefiles:
      return "zonefiles";
    case VantageKind::replay:
      return "replay";
  }
  return "recursive";
}

std::optional<VantageKind> parse_kind(std::string_view text) {
  using enum VantageKind;
  for (const auto kind : {recursive, authoritative, forward, zonefiles, replay}) {
    if (to_string(kind) == text) return kind;
  }
  return std::nullopt;
}

}  // namespace rdnsgate::dns
