// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/ip.h"
#include "dns/facts/fact.h"

namespace rdnsgate::audit {

/// How many answers of a vantage were of a kind, and one of them: the first in canonical order, whichever
/// came first.
struct Sightings {
  std::size_t count = 0;
  std::string example;  ///< the question, and what is to say of its answer

  void add(const dns::Question& question, const std::string& text);
  /// The one that the example is about.
  const dns::Question& first() const { return first_; }

 private:
  dns::Question first_{};
};

/// What a run saw of a vantage's own ways, apart from what it says of the DNS.
struct VantageNotes {
  Sightings stale;                     ///< served although it had run out (RFC 8767)
  Sightings filtered;                  ///< a policy's answer in place of the zone's
  std::vector<IpAddress> made_up;      ///< given for names that do not exist
  std::vector<dns::Name> leaks;        ///< private reverse zones that it has from the Internet
  bool validates = false;              ///< it set AD, or kept back what is bogus
  std::size_t secure = 0;              ///< answers, not of its own zones, that another vantage proved secure
  std::vector<std::uint32_t> cold_us;  ///< how long it took for what it did not have in its cache

  /// Takes note of one answer. `own_walk`: the vantage asks who holds the zone, whatever AA says.
  void add(const dns::Fact& fact, bool own_walk);
};

/// The value that `percent` of the values do not exceed (the nearest rank); 0 for none.
std::uint32_t percentile(std::vector<std::uint32_t> values, unsigned percent);

}  // namespace rdnsgate::audit
