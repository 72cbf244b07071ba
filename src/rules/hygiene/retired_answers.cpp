// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "rules/denial.h"
#include "rules/hygiene/rules.h"

namespace rdnsgate::rules {
namespace {

/// What a zone still has of retired names and addresses. Every question is asked before anything is said.
class Leftovers {
 public:
  explicit Leftovers(const audit::ZoneCase& c) : c_(c) {
    for (const auto& retired : c.inventory.retired_names) names_.insert(retired.name);
    for (const auto& retired : c.inventory.retired_addresses) addresses_.insert(retired.ip);
  }

  /// nullopt while an answer is missing.
  std::optional<std::vector<std::string>> find() {
    for (const auto& name : names_) {
      if (!is_here(name)) continue;
      for (const auto type : {dns::RrType::A, dns::RrType::AAAA}) look(name, type);
    }
    for (const auto& retired : c_.inventory.retired_addresses) {
      const auto reverse = dns::reverse_name(retired.ip);
      if (is_here(reverse)) look(reverse, dns::RrType::PTR);
    }
    if (!complete_) return std::nullopt;
    return std::move(found_);
  }

  /// The first question that was left without a usable answer; nullptr for none.
  const dns::Fact* unknown() const { return unknown_; }

 private:
  bool is_here(const dns::Name& name) const {
    return name.is_within(c_.zone.name) && c_.inventory.zone_of(name) == &c_.zone;
  }

  void look(const dns::Name& name, dns::RrType type) {
    const auto* fact = c_.ask(name, type);
    complete_ = complete_ && fact != nullptr;
    if (fact != nullptr && unknown_ == nullptr && is_unknown(*fact)) unknown_ = fact;
    const auto* set = fact != nullptr && dns::is_positive(fact->outcome) ? fact->rrset() : nullptr;
    if (set == nullptr || !(type == dns::RrType::PTR ? names_ours(*set) : leads_to_ours(*fact))) return;
    found_.push_back(fmt::format("{} {}", dns::to_string(type), name.text()));
  }

  /// What a provider puts there once an address is given back is the provider's.
  bool names_ours(const dns::RRset& set) const {
    return std::any_of(set.rdata.begin(), set.rdata.end(), [&](const std::string& rdata) {
      const auto target = dns::name_in(rdata);
      return target && (names_.contains(*target) || c_.inventory.zone_of(*target) != nullptr);
    });
  }

  /// A name that leads elsewhere now is somebody's new host.
  bool leads_to_ours(const dns::Fact& fact) const {
    const auto found = fact.addresses();
    return std::any_of(found.begin(), found.end(), [&](const IpAddress& ip) {
      return addresses_.contains(ip) || c_.inventory.find(ip) != nullptr;
    });
  }

  const audit::ZoneCase& c_;
  std::set<dns::Name> names_;
  std::set<IpAddress> addresses_;
  std::vector<std::string> found_;
  const dns::Fact* unknown_ = nullptr;
  bool complete_ = true;
};

}  // namespace

void judge_hygiene_retired_answers(audit::ZoneCase& c, audit::Findings& findings) {
  const auto found = Leftovers(c).find();
  if (found && !found->empty()) findings.add({.values = {{"records", audit::list_of(*found)}}});
}

void judge_hygiene_retired_lookup_failed(audit::ZoneCase& c, audit::Findings& findings) {
  Leftovers leftovers(c);
  if (leftovers.find() && leftovers.unknown() != nullptr) say_unknown(findings, *leftovers.unknown());
}

}  // namespace rdnsgate::rules
