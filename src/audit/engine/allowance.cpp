// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/engine/allowance.h"

#include <fmt/format.h>

#include <algorithm>

namespace rdnsgate::audit {

bool LedTo::is_refused(const dns::Question& question) const {
  return std::find(refused.begin(), refused.end(), question) != refused.end();
}

bool Allowance::grant(const dns::Question& question, LedTo& subject) {
  const bool is_last = subject.questions >= limits_.of_subject;
  if (is_last || left_ == 0) {
    subject.run_is_over = subject.run_is_over || !is_last;
    subject.refused.push_back(question);
    return false;
  }
  --left_;
  ++subject.questions;
  return true;
}

std::string Allowance::describe(const LedTo& subject) const {
  return subject.run_is_over
             ? fmt::format("{} not asked, after {} in the whole run", subject.refused.size(), of_run_)
             : fmt::format("{} not asked, after {} for one subject", subject.refused.size(),
                           limits_.of_subject);
}

dns::Fact not_asked(const dns::Question& question) {
  dns::Fact fact;
  fact.question = question;
  fact.outcome = dns::Outcome::unanswered;
  fact.tries = 0;
  fact.reason = "not asked: answers have led to too many questions";
  return fact;
}

}  // namespace rdnsgate::audit
