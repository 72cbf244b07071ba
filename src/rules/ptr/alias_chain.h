// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <vector>

#include "audit/subject/address.h"

namespace rdnsgate::rules {

/// The aliases that the reverse name leads through.
struct AliasChain {
  std::vector<dns::Name>
      names;             ///< from the reverse name to where the last alias leads, one more than aliases
  bool loops = false;    ///< the last of them was there before
  bool cut_off = false;  ///< nobody looked where it goes on

  std::size_t hops() const { return names.size() - 1; }
};

/// Resolvers give up at about this many aliases: libunbound after eleven, others after eight or ten.
inline constexpr std::size_t safe_hops = 8;

/// Taken from the PTR answer where there is one. A resolver that met a loop or an endless chain says only
/// that it failed; the aliases are then asked for one by one, because a question for CNAME is never followed
/// (RFC 1034 §3.6.2).
AliasChain alias_chain(const audit::AddressCase& c);

/// The PTR question failed, and the aliases are the reason.
bool is_lost_in_aliases(const audit::AddressCase& c);

}  // namespace rdnsgate::rules
