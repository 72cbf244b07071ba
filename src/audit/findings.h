// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "audit/grounds.h"
#include "audit/rule_info.h"
#include "audit/target.h"
#include "audit/value.h"
#include "audit/wording.h"
#include "base/severity.h"
#include "base/text/source.h"
#include "dns/facts/fact.h"

namespace rdnsgate::audit {

/// Index into the registry of rules that the run was given.
using RuleIndex = std::uint16_t;

/// What a judgement says: data. The words stand in the registry (audit/rule_info.h).
struct Args {
  Values values{};                     ///< what the rule's sentences name, and what is for machines alone
  std::string_view wording{};          ///< the key of one of the rule's wordings; empty: as the rule has it
  std::optional<Severity> severity{};  ///< where one rule has two weights; the inventory's setting still wins
  std::optional<Target> target{};      ///< unless the case's own
  std::optional<Span> at{};            ///< unless the case's own
  std::optional<Time> clears_at{};     ///< of what the zone's own times put right by then
};

/// One judgement at one vantage, before vantages are compared.
struct Draft {
  RuleIndex rule = 0;
  bool inconclusive = false;
  Target target;
  Span at;
  Args args;
  std::string apart{};  ///< which of several things of the target it is about; part of the fingerprint
  Basis basis = Basis::everything;  ///< of its rule
  Grounds grounds{};                ///< what it stands on; nothing for an offline rule
  bool internal = false;            ///< about what the inventory expects of an internal view
  bool filtered = false;            ///< inconclusive, because the resolver filters: it says so, or made it up
  bool outside = false;             ///< inconclusive, because no zone file holds it and nobody else is asked
  bool alone = false;               ///< inconclusive, and nobody else's answers make up for it
  bool settled = false;             ///< told, and does nothing to the verdict
  bool bogus = false;               ///< inconclusive, because the vantage's own validator refused the answer
  std::string expected{};           ///< in words; part of the fingerprint
  std::string observed{};           ///< in words; of an inconclusive one both are empty
};

/// Where judgements go. The engine says whose rule and which subject it is; the rule says the rest.
class Findings {
 public:
  void begin_subject(Target target, Span at, std::string apart = {}) {
    name_ = {};
    target_ = std::move(target);
    at_ = at;
    apart_ = std::move(apart);
  }
  /// What the subject is called, and what of it a judgement is about.
  using Naming = std::function<std::pair<Target, std::string>()>;
  /// Most subjects have no judgement, and so no need of a name; `name` is called for the first.
  void begin_subject(Naming name, Span at) {
    name_ = std::move(name);
    at_ = at;
  }
  /// `info` outlives the judgement.
  void begin_rule(RuleIndex rule, const RuleInfo& info) {
    rule_ = rule;
    info_ = &info;
  }

  /// The rule's pattern is there.
  void add(Args args = {}) { put_in_words(push(std::move(args), false)); }
  /// The pattern is there, and does nothing to the verdict: others made up for it.
  void add_settled(Args args);
  /// It cannot be found out, and nobody else can make up for that: the run has no verdict.
  void leave_open(Args args);
  /// It could not be determined: `fact` did not answer, or nothing vouches for its denial. The values say what
  /// failed and how, unless there is a `failure` among them.
  void inconclusive(const dns::Fact& fact, Args args = {});

  const std::vector<Draft>& drafts() const { return drafts_; }
  /// Says of the drafts from the `first` on what they stand on. That an answer is bogus is proven by an own
  /// walk alone: of anybody else it is hearsay.
  void ground(std::size_t first, Basis basis, const Grounds& grounds, bool own_walk);
  /// Forgets the drafts from the `first` on.
  void forget(std::size_t first) { drafts_.erase(drafts_.begin() + static_cast<std::ptrdiff_t>(first), drafts_.end()); }
  std::vector<Draft> take() { return std::exchange(drafts_, {}); }
  void clear() { drafts_.clear(); }

 private:
  Draft& push(Args args, bool inconclusive);
  void name_subject();
  /// Puts what it expects and what it observed into words.
  void put_in_words(Draft& draft) const;

  RuleIndex rule_ = 0;
  const RuleInfo* info_ = nullptr;
  Naming name_;  ///< until it was called
  Target target_;
  Span at_;
  std::string apart_;
  std::vector<Draft> drafts_;
};

/// What the sentence of a judgement is made from; that sentence, and what to do about it.
Phrase phrase_of(const RuleInfo& info, const Draft& draft);
std::string message_of(const RuleInfo& info, const Draft& draft);
std::string fix_of(const RuleInfo& info, const Draft& draft);

/// `PTR 10.2.0.192.in-addr.arpa: timeout after 3 tries (127.0.0.1#53)`: how a question failed, in one line.
std::string describe_failure(const dns::Fact& fact);

/// What a fact has of the records that were asked for; none for a denial.
List records_in(const dns::Fact& fact);

/// `NXDOMAIN` or `no such record`; empty where there are records.
std::string describe_denial(const dns::Fact& fact);

/// The two in words: `mx1.example, mx2.example`, at most five, or the denial.
std::string describe_records(const dns::Fact& fact);

/// `PTR 10.2.0.192.in-addr.arpa: mx1.example`.
std::string describe_answer(const dns::Fact& fact);

}  // namespace rdnsgate::audit
