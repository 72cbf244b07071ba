// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "audit/heard/probes.h"

namespace rdnsgate::rules {

/// As the classes of log lines are called.
inline constexpr std::array refusal_words{
    std::pair{audit::RefusedFor::no_ptr, std::string_view("no-ptr")},
    std::pair{audit::RefusedFor::ptr_mismatch, std::string_view("ptr-mismatch")},
    std::pair{audit::RefusedFor::helo, std::string_view("helo")},
    std::pair{audit::RefusedFor::name_too_long, std::string_view("name-too-long")},
};

constexpr std::string_view word_of(audit::RefusedFor why) {
  return std::find_if(refusal_words.begin(), refusal_words.end(),
                      [&](const auto& one) { return one.first == why; })
      ->second;
}

constexpr std::optional<audit::RefusedFor> parse_refused_for(std::string_view word) {
  for (const auto& one : refusal_words) {
    if (one.second == word) return one.first;
  }
  return std::nullopt;
}

}  // namespace rdnsgate::rules
