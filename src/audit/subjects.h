// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <vector>

#include "audit/policy.h"
#include "dns/fact_store.h"

namespace rdnsgate::audit {

/// What the live rules are judged on, numbered: every address, then every sender that has several.
class Subjects {
 public:
  Subjects(const RunContext& run, const Policy& policy);

  std::size_t count() const { return run_.inventory->addresses.size() + senders_.size(); }

  /// Reads the subject's case from the desk and runs its rules; the findings mean nothing while the desk is
  /// incomplete.
  void judge(std::size_t subject, dns::FactDesk& desk, Findings& findings) const;

 private:
  template <typename Case>
  struct Enabled {
    RuleIndex index;
    void (*judge)(Case&, Findings&);
  };
  const RunContext& run_;
  std::vector<Enabled<AddressCase>> address_rules_;
  std::vector<Enabled<SenderCase>> sender_rules_;
  std::vector<inventory::SenderIndex> senders_;
};

}  // namespace rdnsgate::audit
