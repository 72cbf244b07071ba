// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/vantages_differ.h"

#include <fmt/format.h>

#include <algorithm>

namespace rdnsgate::rules {
namespace {

template <typename Text>
audit::Args differing(const audit::DifferenceCase& c, Text&& text_of) {
  const auto& asked = c.reference.fact.question;
  audit::Args args{.expected = text_of(c.reference.fact),
                   .detail = fmt::format("{} {}", dns::to_string(asked.type), asked.name.text())};
  for (const auto& other : c.others) {
    args.observed +=
        fmt::format("{}{} at {}", args.observed.empty() ? "" : "; ", text_of(other.fact), other.vantage);
  }
  return args;
}

std::string ttl_text(const dns::Fact& fact) {
  const auto* set = fact.rrset();
  return set != nullptr ? fmt::format("{} s", set->ttl) : audit::describe_records(fact);
}

}  // namespace

audit::Args differing_records(const audit::DifferenceCase& c) {
  return differing(c, audit::describe_records);
}
audit::Args differing_times(const audit::DifferenceCase& c) { return differing(c, ttl_text); }

Time forgotten_at(const audit::DifferenceCase& c) {
  Time last{};
  for (const auto& other : c.others) last = std::max(last, other.fact.expires_at());
  return last;
}

}  // namespace rdnsgate::rules
