// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/ip.h"
#include "dns/name.h"
#include "rules/name_fault.h"

namespace rdnsgate::rules {

/// An address without brackets, which is no HELO argument at all (RFC 5321 §4.1.1.1).
bool is_bare_ip(std::string_view helo);

/// Meant as an address literal, well formed or not.
bool is_literal(std::string_view helo);
/// The address in `[192.0.2.1]` or `[IPv6:2001:db8::1]` (RFC 5321 §4.1.3); nullopt where it is malformed.
std::optional<IpAddress> literal_address(std::string_view helo);

/// What keeps the name from being a Domain as RFC 5321 §4.1.2 has it; empty where nothing does.
NameFault syntax_fault(const dns::Name& name);
/// What keeps it from being fully qualified in the public DNS; empty where nothing does.
NameFault qualification_fault(const dns::Name& name);

/// None of the rules above has anything to say, so that it is worth asking the DNS about it.
bool is_host_name(const dns::Name& name);

}  // namespace rdnsgate::rules
