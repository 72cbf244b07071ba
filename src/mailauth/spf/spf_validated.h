// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "mailauth/spf/spf_answers.h"

namespace rdnsgate::mailauth {

constexpr std::size_t spf_most_names = 10;  // of one mx or ptr, RFC 7208 §4.6.4

/// %{p}: a name of the address that resolves to it (RFC 7208 §5.5), by preference the domain itself or one below it
/// (§7.3); `unknown` where there is none, or where it cannot be found out. nullopt where that depends on what is not
/// known.
std::optional<std::string> validated_name(
    const IpAddress& ip, const dns::Name& domain,
    const std::function<const SpfAnswer&(const dns::Name&, dns::RrType)>& ask);

}  // namespace rdnsgate::mailauth
