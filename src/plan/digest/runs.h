// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plan/plan.h"

namespace rdnsgate::plan {

/// A record set and two of its values, or what every name server shows of it.
struct RecordChange {
  const Name* zone = nullptr;
  const Name* owner = nullptr;
  RrType type{};
  const MaybeVersion* before = nullptr;
  const MaybeVersion* after = nullptr;
  std::string_view by_hand{};
};
std::vector<RecordChange> changes_of(std::span<const Step* const> steps);
std::vector<RecordChange> changes_of(std::span<const Check> checks);  ///< both values are what is expected

/// Record sets of one zone that are changed alike, as one entry of a text for people. Foreign text, not escaped.
struct Run {
  const Name* zone = nullptr;
  std::size_t records = 0;
  std::string title;     ///< `192.0.2.10-192.0.2.250 (241 PTR records)`; of one record `mx1.example A`
  std::string subject;   ///< the same where nothing else names the record: `192.0.2.10 (1 PTR record)`
  std::string from, to;  ///< `old-10.example. .. old-250.example., TTL 1d`; `the same, TTL 5m`; `(none)`
  std::string by_hand;   ///< why no script can make it; empty for the ordinary case
};

/// Numbered records are one run from three on: their owners, and what they have before and after, differ in numbers
/// alone. Where more than `most` entries are left of one type, those that only share what is done to them are one too.
/// In the order of the zones, and of addresses and names as people count.
std::vector<Run> runs_of(std::vector<RecordChange> changes, std::size_t most = 6);

/// What the records are, and no more: `192.0.2.10-192.0.2.250 (241 PTR records), mail.example (1 SOA record)`.
std::string subjects_of(std::vector<RecordChange> changes);

}  // namespace rdnsgate::plan
