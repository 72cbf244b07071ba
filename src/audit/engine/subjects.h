// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "audit/engine/compare.h"
#include "audit/policy/enabled.h"
#include "dns/facts/fact_store.h"

namespace rdnsgate::audit {

/// What is known of a judgement that waits for facts. A rule is a function of what it was judged on, so that what it
/// said without lacking anything holds: only the others are judged again.
struct Unfinished {
  bool goes_on = true;  ///< false: nobody brings more facts, and what was said holds whatever was missing
  bool is_begun = false;
  std::vector<std::uint16_t> open;    ///< rules that lacked a fact, by their places in the table of their case
  std::vector<Draft> drafts;          ///< of the others, and beside each the place of its rule
  std::vector<std::uint16_t> places;
  std::vector<RuleIndex> hindered;    ///< as in Judgement
};

/// What the live rules are judged on, numbered: the subjects of each live kind, kind after kind.
class Subjects {
 public:
  Subjects(const RunContext& run, const Policy& policy);

  std::size_t count() const;

  /// Reads the subject's case from the desk and runs its rules; the judgement means nothing while the desk is
  /// incomplete, but for whoever has no more facts. `own_walk`: the vantage asks who holds the zone itself. `internal`: it sees an internal
  /// view; where the inventory says what that has, it is judged by that alone.
  Judgement judge(std::size_t subject, bool own_walk, bool internal, dns::FactDesk& desk) const;
  /// The same of a subject whose judgement goes on when facts have come: `unfinished` is empty for the first time, and
  /// afterwards what it was left as, with the same desk, which was resumed. It is empty again when nothing is missing.
  Judgement judge(std::size_t subject, bool own_walk, bool internal, dns::FactDesk& desk, Unfinished& unfinished) const;
  /// With glances, for subjects that have them, and grounds of what nothing is said about: there are vantages to
  /// compare.
  void compare_vantages() { compared_ = true; }
  /// The inventory gives that name of the subject. Else an answer has led to it.
  bool is_own(std::size_t subject, const dns::Name& name);
  /// Its place among all that the inventory has, whether or not they are judged here.
  std::uint64_t rank(std::size_t subject) const;
  Target target(std::size_t subject) const;
  Span at(std::size_t subject) const;

 private:
  /// The subjects of one kind, with its rules.
  template <typename Kind>
  struct Part {
    Part(const RunContext& run, const Policy& policy);
    const Item<Kind>& item(std::size_t number) const { return items[chosen ? (*chosen)[number] : number]; }
    std::size_t count() const { return chosen ? chosen->size() : items.size(); }

    RulesOf<JudgedCases<Kind>> rules;
    std::span<const Item<Kind>> items;
    std::optional<std::vector<std::uint32_t>> chosen;  ///< nullopt: all of them
  };

  template <typename... Kind>
  static auto parts_of(KindList<Kind...>) -> decltype(std::tuple_cat(
      std::declval<std::conditional_t<JudgedLive<Kind>, std::tuple<Part<Kind>>, std::tuple<>>>()...));
  using Parts = decltype(parts_of(Kinds()));

  template <std::size_t Number = 0, typename Visit>
  auto visit(std::size_t subject, const Visit& visitor) const;

  const RunContext& run_;
  Parts parts_;
  InventoryNames names_;
  bool compared_ = false;
};

}  // namespace rdnsgate::audit
