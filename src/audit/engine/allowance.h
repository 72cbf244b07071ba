// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "dns/facts/fact.h"

namespace rdnsgate::audit {

/// How many questions the content of answers may cause at each vantage, beside those that the inventory
/// itself causes: what an answer names is up to whoever gave it. An honest subject stays far below: ten PTR
/// names, or the A and AAAA records of sixteen name servers.
struct QuestionLimits {
  std::size_t of_subject = 100;
  std::size_t of_run = 1000, of_run_each = 20;  ///< of a run: so many, and so many for each of its subjects
};

/// What the answers about one subject led to at one vantage.
struct LedTo {
  std::size_t questions = 0;           ///< that were asked because of them
  std::vector<dns::Question> refused;  ///< that were not asked any more
  bool run_is_over = false;            ///< because the run has none left, and not the subject

  bool is_refused(const dns::Question& question) const;
};

/// Counts at one vantage what answers lead to.
class Allowance {
 public:
  Allowance(const QuestionLimits& limits, std::size_t subjects)
      : limits_(limits), of_run_(limits.of_run + limits.of_run_each * subjects), left_(of_run_) {}

  /// One more question for the subject; false, with a note of it there, where that is one too many.
  bool grant(const dns::Question& question, LedTo& subject);
  /// `3 not asked, after 100 for one subject`.
  std::string describe(const LedTo& subject) const;

 private:
  QuestionLimits limits_;
  std::size_t of_run_, left_;
};

/// What stands for the answer to a question that is not asked any more: nothing is known of it.
dns::Fact not_asked(const dns::Question& question);

}  // namespace rdnsgate::audit
