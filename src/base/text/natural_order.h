// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <compare>
#include <string_view>

namespace rdnsgate {

/// The order in which a person counts: `mx2` before `mx10`. Runs of digits are numbers, and what stands between them
/// compares octet by octet. Texts that differ in leading zeros alone are equivalent. It is the order of natsort's
/// default, in which octoDNS wants the keys of its files (octodns/yaml.py).
std::weak_ordering natural_compare(std::string_view a, std::string_view b);

}  // namespace rdnsgate
