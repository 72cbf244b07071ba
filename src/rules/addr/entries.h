// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <span>

#include "audit/subject/sender.h"

namespace rdnsgate::rules {

/// Calls `visit` with the addresses of each entry of the sender: one, or all that a range was expanded to.
/// They stand side by side and share the entry's place in the file.
template <typename Visit>
void for_each_entry(const audit::DeclaredSender& c, const Visit& visit) {
  auto begin = c.addresses.begin();
  while (begin != c.addresses.end()) {
    const auto end =
        std::find_if(begin, c.addresses.end(), [&](const auto& other) { return other.at != begin->at; });
    visit(std::span(begin, end));
    begin = end;
  }
}

}  // namespace rdnsgate::rules
