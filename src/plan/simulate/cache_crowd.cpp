// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/simulate/cache_crowd.h"

#include <algorithm>

namespace rdnsgate::plan {
namespace {

/// What resolvers cap TTLs at: an hour on small ones, a day (Unbound), a week (BIND), or not at all.
constexpr Moment caps[] = {3600, 86400, 604800, 0x7FFFFFFF};
constexpr std::size_t odd_one_in = 20;  ///< caches that a scenario is about

void widen(Stretch& all, Moment from, Moment until) {
  all.from = std::min(all.from, from);
  all.until = std::max(all.until, until);
}

std::size_t passed(const std::vector<Switch>& switches, std::size_t server, Moment now) {
  std::size_t count = 0;
  for (const auto& change : switches) count += change.at[server] <= now ? 1 : 0;
  return count;
}

Moment next_of(const std::vector<Switch>& switches, Moment now) {
  Moment next = for_ever;
  for (const auto& change : switches) {
    for (const auto at : change.at) {
      if (at > now) next = std::min(next, at);
    }
  }
  return next;
}

/// The next moment at which some server changes what it gives out; for_ever where none does any more.
Moment next_switch(const Timeline& timeline, Moment now) {
  const Moment next = next_of(timeline.switches, now);
  return timeline.negative == nullptr ? next : std::min(next, next_of(timeline.negative->switches, now));
}

bool all_agree(const Timeline& timeline, Moment now) {
  const std::size_t version = timeline.version_at(0, now);
  const Moment ttl = timeline.ttl_at(version, 0, now);
  for (std::size_t i = 1; i < timeline.servers; ++i) {
    if (timeline.version_at(i, now) != version || timeline.ttl_at(version, i, now) != ttl) return false;
  }
  return true;
}

}  // namespace

Moment Switch::first() const { return *std::min_element(at.begin(), at.end()); }
Moment Switch::last() const { return *std::max_element(at.begin(), at.end()); }

std::size_t Timeline::version_at(std::size_t server, Moment now) const {
  return passed(switches, server, now);
}

Moment Timeline::ttl_at(std::size_t version, std::size_t server, Moment now) const {
  if (ttl[version] >= 0) return ttl[version];
  return negative->seconds[passed(negative->switches, server, now)];
}

Moment CacheCrowd::Cache::keeps(Moment ttl) const { return std::max(std::min(ttl, cap), floor) + extra; }

CacheCrowd::CacheCrowd(const Climate& climate, Draw& draw) {
  const auto floor = climate.cache_floor.count();
  for (std::size_t i = 0; i < climate.caches; ++i) {
    Cache cache;
    cache.floor = draw.below(floor + 1);
    cache.cap = caps[draw.below(static_cast<Moment>(std::size(caps)))];
    if (i % odd_one_in == 0) {
      cache.floor = std::max<Moment>(cache.floor, climate.some_floor.count());
      cache.extra = climate.some_extra.count();
    }
    caches_.push_back(cache);
  }
  worst_ = {std::max<Moment>(floor, climate.some_floor.count()), for_ever, climate.some_extra.count()};
}

Held CacheCrowd::hold(const Timeline& timeline, Draw& draw) {
  Held held;
  held.versions.assign(timeline.switches.size() + 1, {for_ever, -for_ever});
  held.versions.front() = {-for_ever, timeline.switches.empty() ? for_ever : 0};
  held.versions.back().until = for_ever;
  if (!caches_.empty()) held.gone.resize(timeline.switches.size());
  if (timeline.switches.empty()) return held;
  worst(timeline, held);
  for (const auto& cache : caches_) drawn(cache, timeline, draw, held);
  return held;
}

/// One cache asks the moment a server has the new version. Another asks each server in the last moment at
/// which it still gives the old one out, and keeps that for as long as any cache may. Of an absence, the
/// answer of a little earlier may be the one that is kept longer: before the negative TTL was lowered.
void CacheCrowd::worst(const Timeline& timeline, Held& held) const {
  for (std::size_t i = 0; i < timeline.switches.size(); ++i) {
    for (std::size_t server = 0; server < timeline.servers; ++server) {
      const Moment at = timeline.switches[i].at[server];
      widen(held.versions[i + 1], at, at);
      const auto ask = [&](Moment switched) {
        const Moment kept = worst_.keeps(timeline.ttl_at(i, server, switched - 1));
        widen(held.versions[i], switched, switched + kept);
      };
      ask(at);
      if (timeline.ttl[i] >= 0) continue;
      for (const auto& change : timeline.negative->switches) {
        if (change.at[server] < at && timeline.version_at(server, change.at[server]) == i)
          ask(change.at[server]);
      }
    }
  }
}

/// A cache of a busy mail server: it asks again as soon as what it has is over, any of the servers.
void CacheCrowd::drawn(const Cache& cache, const Timeline& timeline, Draw& draw, Held& held) {
  const std::size_t final = timeline.switches.size();
  std::vector<Moment> gone(final, 0);
  Moment now = -draw.below(cache.keeps(timeline.ttl_at(0, 0, -1)) + 1);
  while (true) {
    const auto server = static_cast<std::size_t>(draw.below(static_cast<Moment>(timeline.servers)));
    const std::size_t version = timeline.version_at(server, now);
    ++fetches_;
    if (version == final) {
      widen(held.versions[final], now, for_ever);
      // Others may still be a version behind: then it is not over yet.
      if (next_of(timeline.switches, now) == for_ever) break;
    }
    const Moment kept = std::max<Moment>(1, cache.keeps(timeline.ttl_at(version, server, now)));
    Moment until = now + kept;
    const Moment next = next_switch(timeline, now);
    if (until < next && all_agree(timeline, now)) until += (next - until) / kept * kept;
    widen(held.versions[version], now, until);
    for (std::size_t i = version; i < final; ++i) gone[i] = std::max(gone[i], until);
    now = until;
  }
  for (std::size_t i = 0; i < final; ++i) held.gone[i].push_back(gone[i]);
}

}  // namespace rdnsgate::plan
