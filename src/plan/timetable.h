// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/wall_clock.h"
#include "plan/plan.h"

namespace rdnsgate::plan {

/// When each phase can begin at the earliest if nothing takes longer than its wait: no step is taken outside
/// of the change windows, and what waits for it is late too.
class Timetable {
 public:
  /// `start`: the moment from which on the first change may be made.
  Timetable(const Plan& plan, Time start);
  /// The same where every wait begins as late as it may: for Phase::worst_after and Plan::worst_total.
  static Timetable at_worst(const Plan& plan, Time start);

  /// The moment that is so many seconds after the first change as the plan counts them.
  Time at(seconds after) const;
  /// The same as a duration since the first change.
  seconds since(seconds after) const { return at(after) - at(seconds(0)); }
  /// `Mon 2027-03-29 08:00 CEST`, in the time zone of the plan (clock_of).
  std::string text(seconds after) const { return clock_.text(at(after)); }
  const WallClock& clock() const { return clock_; }

 private:
  struct Shift {
    seconds after{};
    Time moment{};
  };
  Timetable(const Plan& plan, Time start, seconds Phase::*after);

  std::vector<Shift> shifts_;  ///< in their order; the first is that of the first change
  WallClock clock_;
};

/// How the times of a plan are read: in the time zone of its first change window, in UTC where it has none.
WallClock clock_of(const Plan& plan);

/// The phase's id and, where its kind is cut, its wave: `swap-ptr-2 (wave 2 of 5)`.
std::string label_of(const Phase& phase);

/// What a phase does, for a person: `lower the TTLs`.
std::string_view purpose_of(const Phase& phase);

/// `192.0.2.1 192.0.2.2, TTL 1d`; `(none)` for an absence. Foreign text, not escaped.
std::string data_of(RrType type, const MaybeVersion& version);

/// `, at worst Mon 2027-05-31 08:00 UTC (+1d)`; empty where that is no later than the earliest moment.
std::string at_worst(const Timetable& earliest, seconds after, const Timetable& worst, seconds worst_after);

/// `propagation 300 (default) + old-ttl 86400 (observed ...)`.
std::string formula_of(const Wait& wait);

/// How the record data that a check expects is asked for, with NAMESERVER for the server to be put in.
std::string dig_command(const Name& zone, const Name& owner, RrType type);

/// The name as it stands in its zone: `10`, or `apex` for the zone's own.
std::string relative_name(const Name& name, const Name& zone, std::string_view apex);

/// True where going back from the phase costs: the negative TTL of what was removed or, of a plan made all at
/// once, what caches hold by then.
bool costs_to_undo(const Plan& plan, const Phase& phase);

}  // namespace rdnsgate::plan
