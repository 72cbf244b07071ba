// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <string_view>

namespace rdnsgate::dns {

/// The name that the registry of RFC 8914 §5.2 gives an extended DNS error; empty for one that is not in it.
std::string_view ede_name(std::uint16_t code);

/// True for an error that says DNSSEC validation was the trouble.
bool ede_is_dnssec(std::uint16_t code);

/// True for an error that names another cause than DNSSEC: nobody upstream answered, or a policy blocked.
bool ede_excludes_dnssec(std::uint16_t code);

}  // namespace rdnsgate::dns
