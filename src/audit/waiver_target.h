// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string_view>

#include "inventory/model/expand.h"

namespace rdnsgate::audit {

/// Ids are matched by this waiver's pattern.
inline bool is_pattern(std::string_view target) {
  return target.find_first_of("*?") != std::string_view::npos;
}

/// The addresses of a target that is a block or a range (192.0.2.32/29, 192.0.2.32-192.0.2.39); nullopt for any other.
inline std::optional<inventory::AddressRange> block_of(std::string_view target) {
  if (is_pattern(target) || target.find_first_of("/-") == std::string_view::npos) return std::nullopt;
  auto range = inventory::parse_range(target);
  return range ? std::optional(std::move(*range)) : std::nullopt;
}

}  // namespace rdnsgate::audit
