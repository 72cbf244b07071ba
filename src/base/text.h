// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace rdnsgate {

/// Foreign text made harmless for a terminal and for one line: control characters (C0, DEL, C1), invalid
/// UTF-8, bidirectional and zero-width formatting characters become `\xNN` or `\u{NNNN}`; a backslash stays.
std::string escape_terminal(std::string_view text);

/// The same for XML and HTML, in elements and in quoted attributes. Control characters, which XML 1.0 cannot
/// hold even as references, and what is not UTF-8 are made visible first.
std::string escape_markup(std::string_view text);

/// True where the bytes are well-formed UTF-8 (RFC 3629); `bad_at` gets the offset of the first bad byte.
bool is_utf8(std::string_view text, std::size_t* bad_at = nullptr);

/// The candidate nearest to `text` by edit distance (Damerau, restricted), for "did you mean"; empty where
/// none is near enough to be a plausible typing error.
std::string_view closest(std::string_view text, std::span<const std::string_view> candidates);

/// The only candidate that is at most one edit (as above) away from `text`; empty where there is none, or
/// more than one.
std::string_view one_edit_away(std::string_view text, std::span<const std::string_view> candidates);

/// `1 address`, `2 addresses`: the count with the right form of the noun.
std::string counted(std::size_t count, std::string_view one, std::string_view many);

std::string ascii_lower(std::string_view text);

/// The text without the `blank` characters at its ends.
std::string_view trimmed(std::string_view text, std::string_view blank = " \t");

/// A shell-style pattern with `*` (any run) and `?` (one character), compared without ASCII case.
bool glob_match(std::string_view pattern, std::string_view text);

}  // namespace rdnsgate
