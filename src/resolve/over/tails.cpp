// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/over/tails.h"

#include <algorithm>
#include <vector>

namespace rdnsgate::resolve {
namespace {

/// What it says of the name that its alias points to.
dns::Fact after(const dns::Fact& fact, const dns::Fact::Alias& alias) {
  auto tail = fact;
  tail.question.name = alias.target;
  const auto link = std::find_if(tail.answer.begin(), tail.answer.end(), [&](const dns::RRset& set) {
    return set.type == dns::RrType::CNAME && set.owner == alias.owner;
  });
  tail.answer.erase(tail.answer.begin(), link + 1);
  return tail;
}

}  // namespace

void add_tails(dns::FactStore& facts) {
  std::vector<dns::Fact> tails;
  facts.for_each([&](const dns::Fact& fact) {
    // Of a chain with a bogus link, or one that failed, nobody knows which link it is.
    if (!dns::is_definite(fact.outcome)) return;
    for (const auto& alias : fact.aliases()) tails.push_back(after(fact, alias));
  });
  for (const auto& tail : tails) facts.insert(tail);
}

}  // namespace rdnsgate::resolve
