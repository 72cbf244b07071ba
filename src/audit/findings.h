// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "audit/grounds.h"
#include "audit/target.h"
#include "base/severity.h"
#include "base/source.h"
#include "dns/facts/fact.h"

namespace rdnsgate::audit {

/// Index into the registry of rules that the run was given.
using RuleIndex = std::uint16_t;

/// What a judgement says. Texts may be foreign: whoever prints them escapes them.
struct Args {
  std::string expected{};              ///< what the inventory or the standard wants; part of the fingerprint
  std::string observed{};              ///< what there is instead
  std::string detail{};                ///< anything more that the rule's sentence names
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
  Basis basis = Basis::everything;  ///< of its rule
  Grounds grounds{};                ///< what it stands on; nothing for an offline rule
  bool internal = false;            ///< about what the inventory expects of an internal view
  bool filtered = false;            ///< inconclusive, because the resolver filters: it says so, or made it up
  bool alone = false;               ///< inconclusive, and nobody else's answers make up for it
  bool settled = false;             ///< told, and does nothing to the verdict
  bool bogus = false;               ///< inconclusive, because the vantage's own validator refused the answer
};

/// Where judgements go. The engine says whose rule and which subject it is; the rule says the rest.
class Findings {
 public:
  void begin_subject(Target target, Span at) {
    target_ = std::move(target);
    at_ = at;
  }
  void begin_rule(RuleIndex rule) { rule_ = rule; }

  /// The rule's pattern is there.
  void add(Args args = {}) { push(std::move(args), false); }
  /// The pattern is there, and does nothing to the verdict: others made up for it.
  void add_settled(Args args);
  /// It cannot be found out, and nobody else can make up for that: the run has no verdict.
  void leave_open(Args args);
  /// It could not be determined: `fact` did not answer. `detail` becomes what failed and how, unless given.
  void inconclusive(const dns::Fact& fact, Args args = {});

  const std::vector<Draft>& drafts() const { return drafts_; }
  /// Says of the drafts from the `first` on what they stand on. That an answer is bogus is proven by an own
  /// walk alone: of anybody else it is hearsay.
  void ground(std::size_t first, Basis basis, const Grounds& grounds, bool own_walk);
  std::vector<Draft> take() { return std::exchange(drafts_, {}); }
  void clear() { drafts_.clear(); }

 private:
  void push(Args args, bool inconclusive);
  RuleIndex rule_ = 0;
  Target target_;
  Span at_;
  std::vector<Draft> drafts_;
};

/// `PTR 10.2.0.192.in-addr.arpa: timeout after 3 tries (127.0.0.1#53)`: how a question failed, in one line.
std::string describe_failure(const dns::Fact& fact);

/// `mx1.example, mx2.example`, at most five; `NXDOMAIN` or `no such record` for a denial.
std::string describe_records(const dns::Fact& fact);

/// `PTR 10.2.0.192.in-addr.arpa: mx1.example`.
std::string describe_answer(const dns::Fact& fact);

}  // namespace rdnsgate::audit
