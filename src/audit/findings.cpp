// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/findings.h"

#include <fmt/format.h>

#include <algorithm>

#include "dns/ede.h"

namespace rdnsgate::audit {

void Findings::push(Args args, bool inconclusive) {
  Draft draft{rule_,
              inconclusive,
              args.target.value_or(target_),
              args.at.value_or(at_),
              std::move(args),
              Basis::everything,
              {}};
  drafts_.push_back(std::move(draft));
}

void Findings::inconclusive(const dns::Fact& fact, Args args) {
  if (args.detail.empty()) args.detail = describe_failure(fact);
  push(std::move(args), true);
  drafts_.back().filtered = fact.ede && dns::ede_is_filtered(*fact.ede);
  drafts_.back().bogus = fact.outcome == dns::Outcome::bogus;
}

void Findings::leave_open(Args args) {
  push(std::move(args), true);
  drafts_.back().alone = true;
}

void Findings::add_settled(Args args) {
  push(std::move(args), false);
  drafts_.back().settled = true;
}

void Findings::ground(std::size_t first, Basis basis, const Grounds& grounds, bool own_walk) {
  for (; first < drafts_.size(); ++first) {
    drafts_[first].basis = basis;
    drafts_[first].grounds = grounds;
    drafts_[first].bogus = drafts_[first].bogus && own_walk;
  }
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

std::string describe_records(const dns::Fact& fact) {
  const dns::RRset* set = fact.rrset();
  if (set == nullptr) return fact.outcome == dns::Outcome::nxdomain ? "NXDOMAIN" : "no such record";
  constexpr std::size_t most = 5;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, set->rdata.size()); ++i) {
    if (i > 0) text += ", ";
    const auto name = dns::name_in(set->rdata[i]);
    text += set->type == dns::RrType::PTR && name ? name->text() : dns::rdata_text(set->type, set->rdata[i]);
  }
  if (set->rdata.size() > most) text += fmt::format(" and {} more", set->rdata.size() - most);
  return text;
}

std::string describe_answer(const dns::Fact& fact) {
  return fmt::format("{} {}: {}", dns::to_string(fact.question.type), fact.question.name.text(),
                     describe_records(fact));
}

}  // namespace rdnsgate::audit
