// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "audit/engine/tally.h"
#include "audit/notes.h"
#include "audit/result.h"

namespace rdnsgate::audit {

/// A question that a shard asked, and how it went. Others may have asked the same: what is counted of a run is counted once
/// of each question.
struct AnswerNote {
  enum : std::uint32_t {
    unanswered = 1U << 31,
    outside = 1U << 30,     ///< no zone file holds it
    from_files = 1U << 29,  ///< zone files answered in the vantage's place
    timed = 1U << 28,       ///< its time counts
    stale = 1U << 27,
    filtered = 1U << 26,
    longest = filtered - 1,  ///< microseconds that are told apart
  };

  std::uint64_t question = 0;  ///< question_hash of it
  std::uint32_t bits = 0;      ///< what of the above holds, and how long it took in microseconds

  std::uint32_t rtt_us() const { return bits & longest; }
  bool operator==(const AnswerNote&) const = default;
};

/// What a shard knows of one vantage.
struct VantagePart {
  std::vector<AnswerNote> answers;
  std::optional<dns::Question> failed;  ///< the first by name
  std::string first_failure;            ///< how it did
  VantageNotes notes;
};

/// `own_walk`: the vantage asks who holds the zone itself. `own`: the answer is of whoever was asked, and not of zone files.
AnswerNote note_of(const dns::Fact& fact, bool own_walk, bool own);

/// Adds what was counted, when all has been asked.
void finish(VantagePart& part, const VantageNotes& notes, const Tally& tally, dns::VantageKind kind);

/// What was asked of the vantage, and how long it took; `tally` is used up.
VantageStats stats_of(Tally& tally, const std::string& name, dns::VantageKind kind);

}  // namespace rdnsgate::audit
