// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/ip.h"
#include "dns/name.h"

namespace rdnsgate::mailauth {

/// What macros stand for (RFC 7208 §7.2). What is not given is not known.
struct SpfIdentity {
  IpAddress ip;
  std::optional<std::string> local_part;  ///< of the sender's mailbox
  dns::Name sender_domain;                ///< and its domain
  std::optional<std::string> helo;
};

/// The grammar of RFC 7208 §7.1, for the macros that are no part of an explanation alone.
bool is_macro_string(std::string_view text);
bool is_domain_spec(std::string_view text);

/// A domain-spec with everything put in.
struct Expanded {
  std::optional<dns::Name> name;  ///< nullopt where it is not known, or no name that a record can have
  bool known = true;              ///< false where a macro stands for what the identity does not give
  bool by_address = false;        ///< it is another name for another address, HELO name or mailbox
};
Expanded expand_domain(std::string_view spec, const SpfIdentity& who, const dns::Name& domain);

}  // namespace rdnsgate::mailauth
