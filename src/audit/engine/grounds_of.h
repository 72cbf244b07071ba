// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <optional>

#include "audit/grounds.h"

namespace rdnsgate::audit {

/// What a case has for rules of this basis, of itself; nullopt where that is for its facts to say.
template <typename Case>
std::optional<Grounds> own_grounds(const Case& c, Basis basis) {
  if constexpr (requires { c.grounds(basis); }) return c.grounds(basis);
  return std::nullopt;
}

/// What the case itself has for rules of this basis. Without `expires_at`: most subjects never need it.
template <typename Case>
Grounds grounds_of(const Case& c, Basis basis, bool own_walk) {
  if (const auto own = own_grounds(c, basis)) return *own;
  Grounds grounds;
  c.for_each_fact(basis, [&](const dns::Fact& fact) { grounds.add(fact, own_walk); });
  return grounds;
}

/// The same with what the part of the desk's reader that is running asked for, and with `expires_at`.
template <typename Case>
Grounds grounds_of_part(const Case& c, Basis basis, bool own_walk) {
  Grounds grounds;
  const auto add = [&](const dns::Fact& fact) {
    grounds.add(fact, own_walk);
    grounds.expires_at = std::max(grounds.expires_at, fact.expires_at());
  };
  if (const auto own = own_grounds(c, basis))
    grounds = *own;
  else
    c.for_each_fact(basis, add);
  for (const auto* fact : c.desk.part()) add(*fact);
  grounds.authoritative = grounds.authoritative && grounds.has_source;
  return grounds;
}

}  // namespace rdnsgate::audit
