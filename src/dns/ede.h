// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <string_view>

namespace rdnsgate::dns {

/// Forged Answer (RFC 8914 §4.5).
inline constexpr std::uint16_t ede_forged_answer = 4;

/// The name that the registry of RFC 8914 §5.2 gives an extended DNS error; empty for one that is not in it.
std::string_view ede_name(std::uint16_t code);

/// True for an error that says DNSSEC validation was the trouble.
bool ede_is_dnssec(std::uint16_t code);

/// True for an answer that had run out already when it was served (RFC 8767).
bool ede_is_stale(std::uint16_t code);

/// True for an answer, or the refusal of one, that a policy made in place of the zone's (RFC 8914 §4.5, §4.16
/// to §4.19).
bool ede_is_filtered(std::uint16_t code);

/// True for an error that names another cause than DNSSEC: nobody upstream answered, or a policy blocked.
bool ede_excludes_dnssec(std::uint16_t code);

}  // namespace rdnsgate::dns
