// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <span>
#include <string_view>

namespace rdnsgate::rules {

/// One file of docs/rules.
struct Page {
  std::string_view id;
  std::string_view text;  ///< Markdown
};

/// Every page, sorted by id. Compiled in: embed_pages.py writes the definition.
std::span<const Page> pages();

}  // namespace rdnsgate::rules
