// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rdnsgate {

/// How a page is shown on a terminal.
struct PageLook {
  bool color = false;
  std::size_t width = 0;  ///< columns; 0: lines are as long as they are
};

/// A page of the documentation (Markdown: headings, paragraphs, lists, tables, fenced examples, code spans, links) for
/// reading on a terminal: marks become colours where there are any, links their text, and paragraphs are broken at
/// words. Without colour and width it is the page as it is.
std::string page_view(std::string_view markdown, const PageLook& look);

}  // namespace rdnsgate
