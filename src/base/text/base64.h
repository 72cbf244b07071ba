// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rdnsgate {

/// RFC 4648 §4, with padding and on one line.
std::string base64(std::string_view octets);
/// nullopt for what is not that.
std::optional<std::string> octets_of_base64(std::string_view text);

}  // namespace rdnsgate
