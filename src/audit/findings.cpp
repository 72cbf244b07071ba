// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/findings.h"

#include <fmt/format.h>

namespace rdnsgate::audit {

void Findings::push(Args args, bool inconclusive) {
  Draft draft{rule_, inconclusive, args.target.value_or(target_), args.at.value_or(at_), std::move(args)};
  drafts_.push_back(std::move(draft));
}

void Findings::inconclusive(const dns::Fact& fact, Args args) {
  if (args.detail.empty()) args.detail = describe_failure(fact);
  push(std::move(args), true);
}

std::string describe_failure(const dns::Fact& fact) {
  std::string text = fmt::format("{} {}: {}", dns::to_string(fact.question.type), fact.question.name.text(),
                                 dns::to_string(fact.outcome));
  if (fact.tries > 1) text += fmt::format(" after {} tries", fact.tries);
  if (fact.without_edns) text += " without EDNS";
  if (!fact.server.empty()) text += fmt::format(" ({})", fact.server);
  if (!fact.reason.empty()) text += fmt::format(", {}", fact.reason);
  return text;
}

}  // namespace rdnsgate::audit
