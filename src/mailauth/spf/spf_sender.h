// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "mailauth/spf/spf_macro.h"

namespace rdnsgate::mailauth {

/// What a session is checked for (RFC 7208 §2.3, §2.4, §4.1).
struct SpfCheck {
  SpfIdentity who;
  bool of_helo = false;             ///< the sender is null: postmaster at the HELO name
  std::string domain_text;          ///< as it was given
  std::optional<SpfDomain> domain;  ///< nullopt: the result is `none`
  std::string problem;              ///< why; foreign text
};

/// Of an address, which may be IPv4-mapped, and of the arguments of MAIL FROM and HELO, which may be anything.
SpfCheck spf_check(const IpAddress& ip, std::string_view sender, std::string_view helo);

}  // namespace rdnsgate::mailauth
