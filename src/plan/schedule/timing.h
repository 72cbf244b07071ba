// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "plan/world/picture.h"

namespace rdnsgate::plan {

/// A number of seconds and where it comes from.
struct Sourced {
  std::uint32_t value = 0;
  std::string origin;
  bool declared = false;  ///< somebody wrote it down
};

/// The terms that waits are made of, and the TTLs that a plan writes.
class Timing {
 public:
  Timing(const Inventory& now, const Inventory* base, const PlanOptions& options)
      : now_(now), base_(base), options_(options) {}

  /// The wait after replacing something that caches keep for `kept`: from the primary to all name servers,
  /// what the last cache took just before that, and a margin. `name` is `old-ttl` or `negative-ttl`.
  Wait after_change(const ZoneState& zone, const char* name, const Sourced& kept) const;
  /// How long that is, of which nothing has to be put into words.
  seconds total_after_change(const ZoneState& zone, const Sourced& kept) const;
  /// Whether that wait is longer than `wait`, or its end may be seen later: of most changes of a plan none is.
  bool lengthens(const Wait& wait, const ZoneState& zone, const Sourced& kept) const;
  /// The wait after a wave of such changes, with time to look at what it did before the next one.
  Wait with_soak(Wait wait) const;
  Wait after_switch() const;                         ///< a host does something new: it is watched
  Wait after_stop(bool mail_is_judged_later) const;  ///< a host stops: connections and, for SPF, queues drain
  /// The last wave of hosts stops: mail of an earlier one is judged for `rest` more.
  Wait after_stop(seconds rest) const;
  /// Until mail that was sent before is judged, of which `rest` is left.
  Wait until_judged(seconds rest) const;
  const inventory::RolloutDefaults& rollout() const { return now_.defaults.rollout; }

  /// TTL while changes are under way: not below what the zone's provider allows.
  Sourced low(const ZoneState& zone) const;
  /// `ttl` as far as the zone's provider allows it.
  Sourced clamped(const ZoneState& zone, Sourced ttl) const;
  /// The steady TTL that the inventory declares for an address.
  Sourced steady(const inventory::Address& address) const;

 private:
  /// Calls `each(name, seconds, origin)` for the terms of that wait; `origin` is a function, as most waits are only
  /// added up.
  template <typename Each>
  void terms_after_change(const ZoneState& zone, const char* name, const Sourced& kept,
                          const Each& each) const;
  Sourced setting(seconds inventory::RolloutDefaults::*member) const;
  std::optional<Term> late(const ZoneState& zone) const;
  std::string declared_at(const ZoneState& zone) const;
  std::string declared_at(Span span) const;
  const Inventory& now_;
  const Inventory* base_;
  const PlanOptions& options_;
};

}  // namespace rdnsgate::plan
