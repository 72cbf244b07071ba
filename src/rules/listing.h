// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <string>

#include "base/ip.h"
#include "dns/name.h"

namespace rdnsgate::rules {

inline std::string text_of(const IpAddress& address) { return address.to_string(); }
inline std::string text_of(const dns::Name& name) { return name.text(); }
inline std::string text_of(const std::string& text) { return text; }

/// `192.0.2.1, 192.0.2.2 and 7 more`: at most five of a list that the DNS may have made long.
template <typename List>
std::string listed(const List& items) {
  constexpr std::size_t most = 5;
  std::string text;
  std::size_t shown = 0;
  for (const auto& item : items) {
    if (shown == most) return fmt::format("{} and {} more", text, items.size() - most);
    if (shown++ > 0) text += ", ";
    text += text_of(item);
  }
  return text;
}

}  // namespace rdnsgate::rules
