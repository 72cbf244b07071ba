// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "audit/value.h"
#include "base/ip.h"
#include "dns/name.h"

namespace rdnsgate::rules {

/// How much a host name looks as if a machine had made it from the address: receivers take such a name for
/// that of an access line or of a server that nobody configured.
struct GenericScore {
  struct Signal {
    std::string text;  ///< the part of the name that fired; foreign text
    int points;        ///< negative for a name that says what a mail server says
  };

  int points = 0;  ///< the sum, never below 0
  std::vector<Signal> signals;

  static constexpr int generic_from = 30;
  bool is_generic() const { return points >= generic_from; }
  /// `score`, and as `signals` each part with its points: `"192-0-2-10" +50`.
  audit::Values values() const;
};

/// Signals: the octets of this very address in the name (decimal in any order and zero-padded, hexadecimal,
/// one decimal number; for IPv6 all nibbles or six of the eight groups) +50; its last two octets beside a
/// word of an access line +20; such words +30, +15 or +5; a provider's zone of default names +20; a label
/// such as `mx1` or `out-3` -20. Words count only left of the registered domain: a company may be called
/// Cable.
GenericScore score_generic(const dns::Name& name, const IpAddress& address);

/// The provider's zone of default host names that holds this name, such as `compute.amazonaws.com`; empty
/// for any other name.
std::string_view provider_default_zone(const dns::Name& name);

}  // namespace rdnsgate::rules
