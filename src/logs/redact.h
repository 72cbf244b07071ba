// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

namespace rdnsgate::logs {

/// A line without whose mail it is about: the part of addresses in front of the @, and what was said to log in. Cut to a
/// length for people.
std::string redacted(std::string_view line);

/// The same with nothing but the length changed.
std::string shortened(std::string_view line);

}  // namespace rdnsgate::logs
