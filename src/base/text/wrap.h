// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rdnsgate {

/// Columns that a text takes on a terminal. Escape sequences take none; what is wider than a column (East Asian wide
/// characters) is counted as two.
std::size_t columns_of(std::string_view text);

/// The text in lines of at most `width` columns, broken at blanks: what follows the first line begins with `indent`.
/// `used` columns of the first line are taken already. A word that is longer than a line, such as a path or a name that
/// somebody is to copy, is left whole. With `width` 0 nothing is broken.
std::string wrapped(std::string_view text, std::size_t width, std::string_view indent, std::size_t used = 0);

/// A source line and the carets under it (Sources::excerpt), cut to `width` columns around the carets: what is left out
/// is shown as an ellipsis, and the carets stay under what they point at. With `width` 0, and where it fits, as it is.
std::string fitted_excerpt(std::string_view excerpt, std::size_t width);

}  // namespace rdnsgate
