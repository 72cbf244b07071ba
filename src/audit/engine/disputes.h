// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <map>
#include <span>
#include <utility>
#include <vector>

#include "dns/facts/fact.h"
#include "dns/facts/vantage.h"

namespace rdnsgate::audit {

/// Whether what the servers of the zone said of a question are different records, whatever their TTLs.
bool is_disputed(const dns::Fact& fact);

/// The questions on which the servers of a zone do not agree, as an authoritative vantage found them.
///
/// Whoever asks one server, itself or through a cache, meets one of the answers by chance. That they differ
/// is a finding of its own, made where every server was asked; what a resolver met of it says nothing more,
/// and is taken as the answer that the newest copy of the zone has. So the verdict is not drawn by lot.
class Disputes {
 public:
  explicit Disputes(std::span<const dns::VantageInfo> vantages) : vantages_(vantages) {}

  /// Takes note of a fact as it arrives.
  void note(const dns::Fact& fact);
  /// How many there are: with each more, facts are reviewed anew.
  std::size_t count() const { return disputed_.size(); }
  /// Puts the newest copy's answer in place of one that another server of the zone gives.
  void review(dns::Fact& fact) const;
  /// One of these facts is disputed, so that what others have of it may be one server's word.
  bool concern(const dns::Fact& fact) const;

 private:
  std::span<const dns::VantageInfo> vantages_;
  std::map<std::pair<dns::Name, dns::RrType>, dns::Fact> disputed_;
};

}  // namespace rdnsgate::audit
