// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "dns/ede.h"

namespace rdnsgate::audit {

namespace {

/// Which question failed, and how. A denial that nobody vouches for is a failure too.
void add_failure(const dns::Fact& fact, Values& values) {
  const auto add = [&](std::string_view name, auto&& value) { values.emplace_back(name, value); };
  add("question", fmt::format("{} {}", dns::to_string(fact.question.type), fact.question.name.text()));
  if (dns::is_negative(fact.outcome)) {
    add("unproven", fact.outcome == dns::Outcome::nxdomain ? "NXDOMAIN" : "NODATA");
  } else {
    add("outcome", dns::to_string(fact.outcome));
    if (fact.tries > 1) add("tries", static_cast<std::uint64_t>(fact.tries));
    if (fact.without_edns) add("without", "EDNS");
    if (!fact.reason.empty()) add("reason", fact.reason);
  }
  if (!fact.server.empty()) add("server", fact.server);
}

}  // namespace

void Findings::name_subject() {
  if (name_) std::tie(target_, apart_) = std::exchange(name_, {})();
}

Draft& Findings::push(Args args, bool inconclusive) {
  name_subject();
  auto target = args.target ? std::move(*args.target) : target_;
  args.target.reset();
  args.values.shrink_to_fit();
  Draft draft{rule_,
              inconclusive,
              std::move(target),
              args.at.value_or(at_),
              std::move(args),
              apart_,
              Basis::everything,
              {}};
  return drafts_.emplace_back(std::move(draft));
}

void Findings::put_in_words(Draft& draft) const {
  if (info_ == nullptr) return;
  const auto& wording = wording_of(*info_, draft.args.wording);
  Fillings fillings{draft.target, draft.args.values, {}, {}, wording.detail};
  const auto put = [&](std::string_view own, std::string_view of_rule, std::string& text) {
    const auto sentence = own.empty() ? of_rule : own;
    if (!sentence.empty()) text = fill(sentence, fillings);
  };
  put(wording.expected, info_->expected, draft.expected);
  fillings.expected = draft.expected;
  put(wording.observed, info_->observed, draft.observed);
}

void Findings::inconclusive(const dns::Fact& fact, Args args) {
  if (find_value(args.values, "failure") == nullptr) add_failure(fact, args.values);
  auto& draft = push(std::move(args), true);
  draft.filtered = fact.ede && dns::ede_is_filtered(*fact.ede);
  draft.outside = dns::is_outside(fact);
  draft.bogus = fact.outcome == dns::Outcome::bogus;
}

void Findings::leave_open(Args args) {
  auto& draft = push(std::move(args), true);
  put_in_words(draft);
  draft.alone = true;
}

void Findings::add_settled(Args args) {
  auto& draft = push(std::move(args), false);
  put_in_words(draft);
  draft.settled = true;
}

void Findings::ground(std::size_t first, Basis basis, const Grounds& grounds, bool own_walk) {
  for (; first < drafts_.size(); ++first) {
    drafts_[first].basis = basis;
    drafts_[first].grounds = grounds;
    drafts_[first].bogus = drafts_[first].bogus && own_walk;
  }
}

namespace {

std::string said_of(const Draft& draft, const Phrase& phrase) {
  return fill(phrase.sentence,
              {draft.target, draft.args.values, draft.expected, draft.observed, phrase.detail});
}

}  // namespace

Phrase phrase_of(const RuleInfo& info, const Draft& draft) {
  const auto& wording = wording_of(info, draft.args.wording);
  return {wording.message.empty() ? info.message : wording.message, wording.detail};
}

std::string message_of(const RuleInfo& info, const Draft& draft) { return said_of(draft, phrase_of(info, draft)); }

std::string fix_of(const RuleInfo& info, const Draft& draft) {
  const auto& wording = wording_of(info, draft.args.wording);
  return said_of(draft, {wording.fix.empty() ? info.fix : wording.fix, wording.detail});
}

std::string describe_failure(const dns::Fact& fact) {
  Values values;
  add_failure(fact, values);
  return fill("{failure}", {Target{}, values});
}

List records_in(const dns::Fact& fact) {
  List list;
  const dns::RRset* set = fact.rrset();
  if (set == nullptr) return list;
  list.total = set->rdata.size();
  for (std::size_t i = 0; i < std::min(List::most_kept, list.total); ++i) {
    const auto name = dns::name_in(set->rdata[i]);
    list.items.push_back(set->type == dns::RrType::PTR && name ? name->text()
                                                               : dns::rdata_text(set->type, set->rdata[i]));
  }
  return list;
}

std::string describe_denial(const dns::Fact& fact) {
  if (fact.rrset() != nullptr) return {};
  return fact.outcome == dns::Outcome::nxdomain ? "NXDOMAIN" : "no such record";
}

std::string describe_records(const dns::Fact& fact) {
  return fact.rrset() != nullptr ? words_of(records_in(fact)) : describe_denial(fact);
}

std::string describe_answer(const dns::Fact& fact) {
  return fmt::format("{} {}: {}", dns::to_string(fact.question.type), fact.question.name.text(),
                     describe_records(fact));
}

}  // namespace rdnsgate::audit
