// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// Kinds of ASCII characters, whatever the locale.
#pragma once

namespace rdnsgate {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A space or a tab.
constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }

}  // namespace rdnsgate
