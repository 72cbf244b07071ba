// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace rdnsgate {

/// A foreign text cut to a length that a message can bear.
std::string shortened(std::string_view text);

/// The same between double quotes.
std::string in_quotes(std::string_view text);

/// `a, b or c`.
std::string either(std::span<const std::string_view> words);

/// `did you mean "x"?`; empty for an empty suggestion.
std::string did_you_mean(std::string_view suggestion);

}  // namespace rdnsgate
