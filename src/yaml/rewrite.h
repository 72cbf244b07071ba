// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string_view>

#include "base/text/diagnostic.h"
#include "yaml/document.h"

namespace rdnsgate::yaml {

/// What makes this scalar say `text` instead, in the quotes that it has; quotes are added where `text` would
/// be something else without (`2001:db8::` is a key, `1` a number). nullopt where it says so already, and for
/// what is not written as it reads: an alias, escapes, several lines.
std::optional<Fix> rewrite(const Value& scalar, const Sources& sources, std::string_view text);

}  // namespace rdnsgate::yaml
