// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/notes.h"

#include <algorithm>
#include <tuple>

#include "audit/findings.h"
#include "audit/null_answer.h"
#include "dns/ede.h"

namespace rdnsgate::audit {

void Sightings::add(const dns::Question& question, const std::string& text) {
  const bool is_first =
      count++ == 0 || std::tie(question.name, question.type) < std::tie(first_.name, first_.type);
  if (!is_first) return;
  first_ = question;
  example = text;
}

void VantageNotes::add(const dns::Fact& fact, bool own_walk) {
  validates = validates || fact.authenticated || fact.outcome == dns::Outcome::bogus;
  if (!own_walk && is_null_answer(fact)) {
    filtered.add(fact.question, describe_answer(fact));
  } else if (fact.ede && dns::ede_is_filtered(*fact.ede)) {
    filtered.add(fact.question, describe_failure(fact));
  } else if (fact.ede && dns::ede_is_stale(*fact.ede)) {
    stale.add(fact.question, describe_answer(fact));
  }
}

std::uint32_t percentile(std::vector<std::uint32_t> values, unsigned percent) {
  if (values.empty()) return 0;
  const std::size_t rank = (values.size() * percent + 99) / 100;
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(rank, 1) - 1);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

}  // namespace rdnsgate::audit
