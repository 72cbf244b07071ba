// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

#include "audit/findings.h"

namespace rdnsgate::audit {

/// What a vantage was asked, and how it fared.
struct Tally {
  std::size_t questions = 0, unanswered = 0;
  std::size_t from_files = 0, outside = 0;  ///< of the questions: see dns::FromFiles
  std::vector<std::uint32_t> rtt_us;
  /// The first by name: of those that fail at once, the order of arrival is chance.
  std::optional<dns::Question> failed;
  std::string first_failure;

  void note_failure(const dns::Fact& fact) {
    ++unanswered;
    note_first(fact.question, fact);
  }

  /// `how` is the failure in words, or what is put into words where they are wanted.
  template <typename How>
  void note_first(const dns::Question& question, const How& how) {
    // PTR before the CNAME that is asked for because PTR failed.
    if (failed && std::tie(failed->name, question.type) <= std::tie(question.name, failed->type)) return;
    failed = question;
    if constexpr (std::is_same_v<How, dns::Fact>)
      first_failure = describe_failure(how);
    else
      first_failure = how;
  }
};

}  // namespace rdnsgate::audit
