// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace rdnsgate {

/// The candidate nearest to `text` by edit distance (Damerau, restricted), for "did you mean"; empty where
/// none is near enough to be a plausible typing error.
std::string_view closest(std::string_view text, std::span<const std::string_view> candidates);

/// The only candidate that is at most one edit (as above) away from `text`; empty where there is none, or
/// more than one.
std::string_view one_edit_away(std::string_view text, std::span<const std::string_view> candidates);

/// `1 address`, `2 addresses`: the count with the right form of the noun.
std::string counted(std::size_t count, std::string_view one, std::string_view many);

std::string ascii_lower(std::string_view text);
std::string ascii_upper(std::string_view text);

/// The text without the `blank` characters at its ends.
std::string_view trimmed(std::string_view text, std::string_view blank = " \t");

/// A shell-style pattern with `*` (any run) and `?` (one character), compared without ASCII case.
bool glob_match(std::string_view pattern, std::string_view text);

}  // namespace rdnsgate
