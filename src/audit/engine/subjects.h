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

/// What the live rules are judged on, numbered: the subjects of each live kind, kind after kind.
class Subjects {
 public:
  Subjects(const RunContext& run, const Policy& policy);

  std::size_t count() const;

  /// Reads the subject's case from the desk and runs its rules; the judgement means nothing while the desk is
  /// incomplete. `own_walk`: the vantage asks who holds the zone itself. `internal`: it sees an internal
  /// view; where the inventory says what that has, it is judged by that alone.
  Judgement judge(std::size_t subject, bool own_walk, bool internal, dns::FactDesk& desk) const;
  /// With glances, for subjects that have them: there are vantages to compare.
  void keep_glances() { glances_ = true; }
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
  bool glances_ = false;
};

}  // namespace rdnsgate::audit
