// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>

namespace rdnsgate::rules {

// Seconds. Below the first a record is asked for again at nearly every mail; below the second, caches that
// refuse so short a time raise it, and others keep nothing.
inline constexpr std::uint32_t low_ttl = 300, useless_ttl = 60;
/// A day: longer, and a change or a mistake stays visible for longer than anybody waits. A week: RFC 1912
/// §2.2 has it as the upper end of what is usual.
inline constexpr std::uint32_t high_ttl = 86400, absurd_ttl = 604800;
/// RFC 2308 §5: one to three hours have worked well for denials.
inline constexpr std::uint32_t high_negative_ttl = 3600, absurd_negative_ttl = 10800;

/// Of NS records at a parent, which is not ours to choose: two days is what registries use.
inline constexpr std::uint32_t high_parent_ttl = 172800;

}  // namespace rdnsgate::rules
