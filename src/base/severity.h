// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace rdnsgate {

/// How much a finding weighs, in rising order, so that `>=` compares. `off` silences a rule.
enum class Severity : std::uint8_t { off, info, warning, error };

constexpr std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::off:
      return "off";
    case Severity::info:
      return "info";
    case Severity::warning:
      return "warning";
    case Severity::error:
      return "error";
  }
  return "off";
}

constexpr std::optional<Severity> parse_severity(std::string_view text) {
  for (const auto severity : {Severity::off, Severity::info, Severity::warning, Severity::error}) {
    if (to_string(severity) == text) return severity;
  }
  return std::nullopt;
}

}  // namespace rdnsgate
