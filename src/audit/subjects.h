// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <unordered_set>
#include <vector>

#include "audit/compare.h"
#include "audit/enabled.h"
#include "dns/facts/fact_store.h"

namespace rdnsgate::audit {

/// What the live rules are judged on, numbered: every address, then every sender that has several, then every
/// zone.
class Subjects {
 public:
  Subjects(const RunContext& run, const Policy& policy);

  std::size_t count() const { return run_.touched != nullptr ? chosen_.size() : first_zone() + zones(); }

  /// Reads the subject's case from the desk and runs its rules; the judgement means nothing while the desk is
  /// incomplete. `own_walk`: the vantage asks who holds the zone itself. `internal`: it sees an internal
  /// view; where the inventory says what that has, it is judged by that alone.
  Judgement judge(std::size_t subject, bool own_walk, bool internal, dns::FactDesk& desk) const;
  /// With glances, for subjects that have them: there are vantages to compare.
  void keep_glances() { glances_ = true; }
  /// The inventory gives that name of the subject: of an address its own names, of a sender those of its
  /// addresses, of a zone any. Else an answer has led to it.
  bool is_own(std::size_t subject, const dns::Name& name);
  Target target(std::size_t subject) const;
  Span at(std::size_t subject) const;

 private:
  template <typename Case>
  static Judgement run(const std::vector<Enabled<Case>>& rules, Case& subject, bool own_walk,
                       Findings& findings);

  Judgement judge_inside(const inventory::InternalView& view, AddressCase&& outside, bool own_walk,
                         Findings& findings) const;

  /// Its number among all, where only some are judged.
  std::size_t among_all(std::size_t subject) const {
    return run_.touched != nullptr ? chosen_[subject] : subject;
  }
  void choose();
  const std::unordered_set<dns::Name>& names_of_inventory();

  std::size_t first_sender() const { return run_.inventory->addresses.size(); }
  std::size_t first_zone() const { return first_sender() + senders_.size(); }
  std::size_t zones() const { return zone_rules_.empty() ? 0 : run_.inventory->zones.size(); }

  const RunContext& run_;
  std::vector<Enabled<AddressCase>> address_rules_;
  std::vector<Enabled<InternalCase>> internal_rules_;
  std::vector<Enabled<SenderCase>> sender_rules_;
  std::vector<Enabled<ZoneCase>> zone_rules_;
  std::vector<inventory::SenderIndex> senders_;
  std::vector<std::size_t> chosen_;      ///< of a run that judges what is touched alone
  std::unordered_set<dns::Name> names_;  ///< of the inventory, once a zone wants more than its own
  bool glances_ = false;
};

}  // namespace rdnsgate::audit
