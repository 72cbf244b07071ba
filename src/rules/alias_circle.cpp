// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/alias_circle.h"

#include <algorithm>

namespace rdnsgate::rules {

std::vector<dns::Name> alias_circle(const dns::Fact& fact) {
  if (dns::is_definite(fact.outcome)) return {};
  std::vector<dns::Name> names{fact.question.name};
  for (auto& alias : fact.aliases()) names.push_back(std::move(alias.target));
  const auto first = std::find(names.begin(), names.end() - 1, names.back());
  if (first == names.end() - 1) return {};
  return {first, names.end()};
}

}  // namespace rdnsgate::rules
