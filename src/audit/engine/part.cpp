// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/engine/part.h"

#include <algorithm>

#include "audit/glance.h"
#include "audit/null_answer.h"

namespace rdnsgate::audit {

AnswerNote note_of(const dns::Fact& fact, bool own_walk, bool own) {
  AnswerNote note{question_hash(fact.question), std::min<std::uint32_t>(fact.rtt_us, AnswerNote::longest)};
  if (!own) note.bits |= AnswerNote::from_files;
  if (dns::is_outside(fact))
    note.bits |= AnswerNote::outside;
  else if (!dns::is_definite(fact.outcome) || (!own_walk && is_null_answer(fact)))
    note.bits |= AnswerNote::unanswered;
  else if (own)
    note.bits |= AnswerNote::timed;
  VantageNotes of_one;
  of_one.add(fact, own_walk);
  if (of_one.stale.count > 0) note.bits |= AnswerNote::stale;
  if (of_one.filtered.count > 0) note.bits |= AnswerNote::filtered;
  return note;
}

void finish(VantagePart& part, const VantageNotes& notes, const Tally& tally, dns::VantageKind kind) {
  part.notes = notes;
  // An own walk has nothing in its cache: the time of each answer is in the note of it.
  if (kind == dns::VantageKind::recursive) part.notes.cold_us.clear();
  part.failed = tally.failed;
  part.first_failure = tally.first_failure;
}

VantageStats stats_of(Tally& tally, const std::string& name, dns::VantageKind kind) {
  const auto quantile = [&](double share) {
    if (tally.rtt_us.empty()) return 0.0;
    const auto at = tally.rtt_us.begin() +
                    static_cast<std::ptrdiff_t>(share * static_cast<double>(tally.rtt_us.size() - 1));
    std::nth_element(tally.rtt_us.begin(), at, tally.rtt_us.end());
    return *at / 1000.0;
  };
  return {name,           kind,          tally.questions - tally.from_files, tally.unanswered, quantile(0.5),
          quantile(0.99), tally.outside, std::move(tally.first_failure)};
}

}  // namespace rdnsgate::audit
