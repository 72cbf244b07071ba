// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

namespace rdnsgate::plan {

/// The text with each number as `#`: what two texts have in common that only differ in numbers.
std::string shape_of(std::string_view text);

/// Of two long texts the words that differ, with one more at each end: `"v=spf1 .. ip4:192.0.2.1 .. -all", TTL 1h`.
/// Short ones are left as they are.
void leave_out_common(std::string& a, std::string& b);

}  // namespace rdnsgate::plan
