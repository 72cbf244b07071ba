// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/vantages_differ.h"

#include <fmt/format.h>

#include <algorithm>

namespace rdnsgate::rules {
namespace {

template <typename Text>
audit::Args differing(const audit::DifferenceCase& c, audit::Named reference, Text&& text_of) {
  const auto& asked = c.reference.fact.question;
  std::vector<std::string> others;
  for (const auto& other : c.others)
    others.push_back(fmt::format("{} at {}", text_of(other.fact), other.vantage));
  return {.values = {std::move(reference),
                     {"denial", audit::describe_denial(c.reference.fact)},
                     {"vantage", c.reference.vantage},
                     {"others", audit::whole_list(others)},
                     {"type", dns::to_string(asked.type)},
                     {"name", asked.name}}};
}

std::string ttl_text(const dns::Fact& fact) {
  const auto* set = fact.rrset();
  return set != nullptr ? fmt::format("{} s", set->ttl) : audit::describe_denial(fact);
}

}  // namespace

audit::Args differing_records(const audit::DifferenceCase& c) {
  return differing(c, {"records", audit::records_in(c.reference.fact)}, audit::describe_records);
}

audit::Args differing_times(const audit::DifferenceCase& c) {
  const auto* set = c.reference.fact.rrset();
  return differing(c, set != nullptr ? audit::Named("ttl", seconds(set->ttl)) : audit::Named("ttl", ""),
                   ttl_text);
}

Time forgotten_at(const audit::DifferenceCase& c) {
  Time last{};
  for (const auto& other : c.others) last = std::max(last, other.fact.expires_at());
  return last;
}

}  // namespace rdnsgate::rules
