// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <set>
#include <string>

#include "audit/result.h"
#include "dns/facts/fact.h"
#include "inventory/model/model.h"

namespace rdnsgate::audit {

/// What no zone file holds, in a run that asks nobody else.
class Outside {
 public:
  explicit Outside(const inventory::Inventory& inventory) : inventory_(inventory) {}

  bool none() const { return questions_ == 0; }
  /// Takes note of a question without an answer for that reason.
  void add(const dns::Fact& fact);
  /// And of what stands on one.
  void add(Target&& target) { targets_.insert(std::move(target)); }
  NotInGate take();

 private:
  const inventory::Inventory& inventory_;
  std::size_t questions_ = 0;
  std::set<std::string> zones_;
  std::set<Target> targets_;
};

}  // namespace rdnsgate::audit
