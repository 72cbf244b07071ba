// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "plan/schedule/make_plan.h"

namespace rdnsgate::plan::test {

using dns::Fact;
using dns::Outcome;
using inventory::Inventory;

inline Name name(const std::string& text) { return Name::parse(text).value(); }
inline IpAddress ip(const std::string& text) { return IpAddress::parse(text).value(); }

/// An inventory put together by hand, with the look-ups that the loader would make.
class Builder {
 public:
  Builder();
  Builder& zone(const std::string& zone, ManagedBy managed_by = ManagedBy::nsupdate);
  inventory::Zone& last_zone() { return inventory_.zones.back(); }
  /// An address of the sender (made when it is new) with its PTR and HELO names; empty for none.
  Builder& address(const std::string& sender, const std::string& ip, const std::string& ptr,
                   const std::string& helo);
  Builder& domain(const std::string& domain, const std::vector<std::string>& via);
  Inventory& raw() { return inventory_; }
  Inventory build();

 private:
  Inventory inventory_;
};

/// Authoritative DNS in memory.
class Dns {
 public:
  Dns& zone(const std::string& apex, std::uint32_t soa_ttl = 86400, std::uint32_t minimum = 3600);
  Dns& set(const std::string& owner, RrType type, std::uint32_t ttl, std::vector<std::string> rdata);
  Dns& a(const std::string& owner, std::uint32_t ttl, const std::vector<std::string>& addresses);
  Dns& aaaa(const std::string& owner, std::uint32_t ttl, const std::vector<std::string>& addresses);
  Dns& ptr(const std::string& address, std::uint32_t ttl, const std::vector<std::string>& targets);
  Dns& cname(const std::string& owner, std::uint32_t ttl, const std::string& target);
  Dns& txt(const std::string& owner, std::uint32_t ttl, const std::vector<std::string>& texts);
  /// Every question of this type about this owner ends so.
  Dns& broken(const std::string& owner, RrType type, Outcome outcome);
  /// Every answer to this question is changed so before it is given.
  Dns& change(const std::string& owner, RrType type, std::function<void(Fact&)> change);

  Fact answer(const Name& owner, RrType type) const;
  bool carry_out(const Step& step);  ///< false where `before` is not what is there
  const std::map<std::pair<Name, RrType>, Version>& records() const { return sets_; }

 private:
  Fact truth(const Name& owner, RrType type) const;
  const Version* from_wildcard(const Name& owner, RrType type) const;

  std::map<std::pair<Name, RrType>, Version> sets_;
  std::map<std::pair<Name, RrType>, Outcome> broken_;
  std::map<std::pair<Name, RrType>, std::function<void(Fact&)>> changes_;
};

/// Asks what the planner wants to know, as the tool does.
dns::FactStore ask(const Dns& dns, const Inventory& now, const Inventory* base);

Result<Plan> plan_for(const Dns& dns, const Inventory& now, const Inventory* base = nullptr,
                      PlanOptions options = {});

std::vector<std::string> ids(const Plan& plan);
const Phase* phase(const Plan& plan, const std::string& id);
/// `mx1.example A 300 192.0.2.1` or `... -` for absence, before and after.
std::string step_text(const Step& step);
std::vector<std::string> steps(const Plan& plan, const std::string& id);
/// `propagation 300 + old-ttl 86400 + skew 60`.
std::string formula(const Phase& phase);

}  // namespace rdnsgate::plan::test
