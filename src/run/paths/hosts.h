// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <unordered_map>
#include <vector>

#include "dns/facts/fact_store.h"
#include "inventory/model/model.h"
#include "report/mail/paths.h"
#include "run/paths/signs.h"

namespace rdnsgate::run {

/// What the DNS says of an address that mail leaves from.
struct HostIdentity {
  report::PathPart ptr, fcrdns, helo;
};

/// Judges the addresses of an inventory, each by itself: what is missing is noted in the desk.
class HostJudge {
 public:
  explicit HostJudge(const inventory::Inventory& inventory);

  /// With what receivers make of it.
  HostIdentity judge(const inventory::Address& address, dns::FactDesk& desk, Signs& signs) const;

 private:
  struct Helo {
    report::PathPart part;
    Tri resolves = Tri::yes;
  };
  void judge_ptr(const inventory::Address& address, dns::FactDesk& desk, HostIdentity& host,
                 Signs& signs) const;
  Helo judge_name(const dns::Name& name, const IpAddress& ip, dns::FactDesk& desk) const;
  report::PathPart judge_helo(const inventory::Address& address, dns::FactDesk& desk, Signs& signs) const;
  /// Of A and AAAA records, addresses that are not declared with this HELO name.
  std::vector<IpAddress> strangers(const dns::Name& name, const dns::Fact& a, const dns::Fact& aaaa) const;

  const inventory::Inventory& inventory_;
  std::unordered_map<dns::Name, std::vector<IpAddress>>
      said_by_;  ///< the addresses of each HELO name, sorted
};

}  // namespace rdnsgate::run
