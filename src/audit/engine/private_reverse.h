// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <span>
#include <vector>

#include "dns/facts/fact.h"
#include "dns/facts/vantage.h"

namespace rdnsgate::audit {

/// Finds internal resolvers that ask the Internet about private addresses.
///
/// Each is asked once a run for the SOA records of the reverse zones of RFC 1918's addresses, which it is to
/// hold itself (RFC 6303 §4.1). Who has them from the AS112 servers, which only drain such questions (RFC
/// 7534), lets everybody on the way read who looks up what inside. A lookup that fails says nothing.
class PrivateReverse {
 public:
  explicit PrivateReverse(std::span<const dns::VantageInfo> vantages);

  const std::vector<dns::Question>& questions() const { return questions_; }
  /// Takes the answer to one of the questions; false where it is none of them.
  bool take(const dns::Fact& fact);
  /// Every question has its answer, or its failure.
  bool complete() const { return answered_ == questions_.size(); }

  /// The zones that the vantage has from AS112, in canonical order.
  std::vector<dns::Name> leaks(dns::VantageIndex vantage) const;

 private:
  struct Leak {
    dns::VantageIndex vantage;
    dns::Name zone;
  };
  std::vector<dns::Question> questions_;
  std::size_t answered_ = 0;
  std::vector<Leak> leaks_;
};

}  // namespace rdnsgate::audit
