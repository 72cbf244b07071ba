// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/timestamp.h"
#include "dns/facts/fact.h"

namespace rdnsgate::audit {

/// Which facts of its subject a rule's findings stand on, beside those that the rule asks for itself. Of a
/// sender all bases are the same, its PTR answers, and of a zone, its SOA record.
enum class Basis : std::uint8_t {
  everything,
  ptr,      ///< the PTR answer
  forward,  ///< and the addresses of its names
  helo,     ///< the addresses of the HELO name
  /// The TTLs of all of it: what the records say is the same, and no two caches have the same time left.
  times,
  /// Of a zone: both sides of its cut and each server's own word, even where nobody had its SOA record; who
  /// did not walk to it cannot judge.
  delegation,
};
inline constexpr std::size_t basis_count = 6;

/// A record, or a denial that an SOA record vouches for.
bool is_answered(const dns::Fact& fact);

/// What the facts under a judgement are worth, summed up.
struct Grounds {
  bool answered = true;       ///< each is (is_answered)
  /// Each is from who holds the zone, apart from those that failed: no finding stands on them.
  bool authoritative = true;
  bool has_source = false;    ///< at least one is: waiting for a cache will not change it
  bool stale = false;         ///< at least one had run out already when it was served (RFC 8767)
  Time expires_at{};          ///< when the last of them, as a cache has it, runs out
  bool from_files = false;    ///< at least one is from zone files
  bool from_asked = false;    ///< at least one is from whoever was asked
  bool validated = true;      ///< each was validated here, and is secure or provably not signed

  /// `own_walk`: the vantage asks who holds the zone, whatever AA says.
  void add(const dns::Fact& fact, bool own_walk);
};

}  // namespace rdnsgate::audit
