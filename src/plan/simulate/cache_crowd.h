// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "plan/climate.h"

namespace rdnsgate::plan {

/// Seconds since the first change; caches of before have fetched at negative ones.
using Moment = long long;
constexpr Moment for_ever = Moment{1} << 50;

struct Stretch {
  Moment from = 0, until = for_ever;
};

/// Random numbers that are the same with every standard library.
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : random_(seed) {}
  Moment below(Moment limit) {
    return limit <= 1 ? 0 : static_cast<Moment>(random_() % static_cast<std::uint64_t>(limit));
  }

 private:
  std::mt19937_64 random_;
};

/// One change of an RRset: when each name server of the zone begins to give the new version out.
struct Switch {
  std::size_t act = 0;     ///< of the course
  std::vector<Moment> at;  ///< by server
  Moment first() const;
  Moment last() const;
};

/// What caches keep of an absence in one zone: its negative TTL, and when each server changes it.
struct NegativeTtl {
  std::vector<Switch> switches;
  std::vector<Moment> seconds;  ///< one more than switches
};

/// The versions of one RRset, and by when which server gives which out.
struct Timeline {
  std::vector<Switch> switches;  ///< from version i to version i + 1
  std::vector<Moment> ttl;       ///< by version; negative for an absence
  const NegativeTtl* negative = nullptr;
  std::size_t servers = 1;
  std::size_t version_at(std::size_t server, Moment now) const;
  /// For how long the server lets its answer be kept.
  Moment ttl_at(std::size_t version, std::size_t server, Moment now) const;
};

/// What a crowd of caches held of one RRset.
struct Held {
  std::vector<Stretch> versions;  ///< by version: since its first cache, until its last
  /// By switch and drawn cache: when it had nothing older; empty without any.
  std::vector<std::vector<Moment>> gone;
};

/// The caches, drawn once and then asked about every RRset.
class CacheCrowd {
 public:
  CacheCrowd(const Climate& climate, Draw& draw);
  Held hold(const Timeline& timeline, Draw& draw);
  std::size_t fetches() const { return fetches_; }

 private:
  struct Cache {
    Moment floor = 0, cap = 0, extra = 0;
    Moment keeps(Moment ttl) const;
  };
  void drawn(const Cache& cache, const Timeline& timeline, Draw& draw, Held& held);
  void worst(const Timeline& timeline, Held& held) const;

  std::vector<Cache> caches_;
  Cache worst_;
  std::size_t fetches_ = 0;
};

}  // namespace rdnsgate::plan
