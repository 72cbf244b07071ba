// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/paths/signs.h"

#include <fmt/format.h>

namespace rdnsgate::run {

std::string why_unknown(const dns::Fact& fact, const std::string& what) {
  const auto& question = fact.question;
  if (is_outside(fact))
    return fmt::format("no zone file holds {}", what.empty() ? question.name.text() : what);
  const auto asked =
      what.empty() ? fmt::format("{} {}", question.name.text(), dns::to_string(question.type)) : what;
  return fmt::format("lookup of {} failed ({}{}{})", asked, to_string(fact.outcome),
                     fact.reason.empty() ? "" : ": ", fact.reason);
}

std::string_view denial(dns::Outcome outcome) {
  return outcome == dns::Outcome::nxdomain ? "NXDOMAIN" : "no such record";
}

}  // namespace rdnsgate::run
