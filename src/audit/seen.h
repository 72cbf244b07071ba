// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>

namespace rdnsgate::audit {

/// Where what a rule finds can be seen at all: elsewhere its silence means nothing, and a waiver of it is not
/// called unused.
enum class Seen : std::uint8_t {
  offline,    ///< in the inventory
  earlier,    ///< beside the inventory as it was
  banners,    ///< beside what the mail server at the target said
  probed,     ///< beside what receivers said to the target
  said,       ///< once every question was answered, beside what mail servers said
  fetched,    ///< once every question was answered, beside the policies that were fetched
  texts,      ///< in the zone file that is the target
  concluded,  ///< once every question was answered, of the run's own findings
  answers,    ///< once every question was answered
  holder,     ///< and somebody asked all who hold the zone
  inside,     ///< and somebody asked an internal view
  target,     ///< and the vantage that is the target was asked
};

/// The rule is judged on answers.
constexpr bool needs_dns(Seen seen) {
  using enum Seen;
  return seen == answers || seen == holder || seen == inside || seen == target || seen == said ||
         seen == fetched;
}

}  // namespace rdnsgate::audit
