// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "plan/plan.h"
#include "plan/timetable.h"

namespace rdnsgate::plan {

/// What the plan does in one zone.
struct ZonePart {
  Name zone;
  ManagedBy managed_by = ManagedBy::ticket;
  std::string contact;      ///< empty where the inventory gives none
  std::size_t records = 0;  ///< record sets that it changes, however often
};
std::vector<ZonePart> zone_parts(const Plan& plan);

/// What somebody wants to know of a plan first, as lines of text. Foreign text in it is not escaped. Empty of a plan
/// that does nothing.
struct Summary {
  std::vector<std::string> what;  ///< becomes of how many records, which addresses, what hosts do
  std::vector<std::string> when;  ///< first and last moment, how long, at worst, within which windows
  std::vector<std::string>
      risk;  ///< what can go wrong, until when it can be taken back, what is done by hand
};
Summary summary_of(const Plan& plan, Time start);

}  // namespace rdnsgate::plan
