// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "dns/facts/vantage.h"
#include "inventory/model/model.h"

namespace rdnsgate::audit {

/// Finds resolvers that answer a name which does not exist with an address of their own.
///
/// Two names are asked for, once a run, A and AAAA: one in the first declared forward zone, one under
/// `invalid.` (RFC 6761 §6.4). A resolver that answers the second has made the answer up. Resolvers that
/// rewrite often know `invalid.` and spare it, so the first is asked too; but a wildcard of the zone answers
/// that rightly, and it counts only where somebody who holds the zone denies it. Only resolvers are asked,
/// and for comparison the vantages that walk themselves. The names are the same in every run and tell nobody
/// anything.
class Rewriting {
 public:
  Rewriting(const inventory::Inventory& inventory, std::span<const dns::VantageInfo> vantages);

  const std::vector<dns::Question>& questions() const { return questions_; }
  /// Takes the answer to one of the questions; false where it is none of them.
  bool take(const dns::Fact& fact);
  /// Every question has its answer, or its failure.
  bool complete() const { return answers_.size() == questions_.size(); }

  /// Takes from a resolver's answer of made-up addresses that it is one. Exactly what it gives for names that
  /// do not exist is its way to say so; with other addresses among them it is no answer at all.
  void review(dns::Fact& fact) const;
  /// The addresses that the vantage makes up.
  std::vector<IpAddress> made_up(dns::VantageIndex vantage) const;

 private:
  void conclude();
  bool is_denied_at_source(const dns::Name& name, dns::RrType type) const;
  bool is_resolver(dns::VantageIndex vantage) const {
    return vantages_[vantage].kind == dns::VantageKind::forward;
  }

  std::span<const dns::VantageInfo> vantages_;
  std::optional<dns::Name> in_zone_, invalid_;
  std::vector<dns::Question> questions_;
  std::vector<dns::Fact> answers_;
  std::vector<std::set<std::string>> made_up_;                       // rdata, by vantage
  std::vector<std::set<std::vector<std::string>>> made_up_answers_;  // whole RRsets, sorted, by vantage
};

}  // namespace rdnsgate::audit
