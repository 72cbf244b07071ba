// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/verdict/coverage.h"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace rdnsgate::audit {
namespace {

/// Which cases are covered: what is seen inside depends on the vantage, and what became of an earlier
/// inventory is about none of the targets.
constexpr bool is_covered(Seen seen) { return seen != Seen::inside && seen != Seen::earlier; }

template <typename Case>
void add_rules(Coverage& covered, const Policy& policy) {
  for (std::size_t i = 0; i < policy.rules().size(); ++i) {
    const Rule& rule = policy.rules()[i];
    if (policy.is_on(static_cast<RuleIndex>(i)) &&
        std::holds_alternative<void (*)(Case&, Findings&)>(rule.judge))
      covered.rules.push_back({rule.info.id, needs_dns(Case::seen)});
  }
}

/// The live rules, in a run without the DNS, that say as much of what is declared, or of zone files.
template <typename Case>
void add_declared(Coverage& covered, const Policy& policy) {
  for (std::size_t i = 0; i < policy.rules().size(); ++i) {
    if (policy.rules()[i].also<Case>() != nullptr && policy.is_on(static_cast<RuleIndex>(i)))
      covered.rules.push_back({policy.rules()[i].info.id, false});
  }
}

template <typename Kind>
class KindCoverage {
 public:
  KindCoverage(const RunContext& run, const Policy& policy) : run_(run), policy_(policy) {
    covered_.kind = Kind::target;
  }

  template <bool live>
  void add() {
    [&]<typename... Case>(CaseList<Case...>) {
      (..., [&] {
        if constexpr (is_covered(Case::seen) && needs_dns(Case::seen) == live)
          add_rules<Case>(covered_, policy_);
      }());
    }(typename Kind::Cases());
  }
  void add_declared_alone() {
    [&]<typename... Case>(CaseList<Case...>) {
      (add_declared<Case>(covered_, policy_), ...);
    }(typename Kind::Cases());
  }

  /// With the items that are wanted.
  template <typename Wanted>
  void finish(std::vector<Coverage>& all, const Wanted& wanted) {
    for (const auto& item : Kind::items(run_)) {
      if (!wanted(item)) continue;
      auto id = Kind::id(item);
      if (!run_.shard || is_in_shard(run_, {Kind::target, id})) covered_.targets.push_back(std::move(id));
    }
    if (!covered_.targets.empty()) all.push_back(std::move(covered_));
  }

 private:
  const RunContext& run_;
  const Policy& policy_;
  Coverage covered_;
};

template <typename Kind>
concept Selective = requires(const Item<Kind>& item) {
  Kind::is_asked(item);
};

/// Of some kinds all that are declared are asked about too: one list of rules is held against each.
template <typename Kind>
concept AskedAlike = JudgedOffline<Kind> && JudgedLive<Kind> && !Selective<Kind>;

template <typename Kind>
constexpr bool seen_by_holder = []<typename... Case>(CaseList<Case...>) {
  return ((Case::seen == Seen::holder) || ...);
}(typename Kind::Cases());

template <JudgedOffline Kind>
void cover_declared(std::vector<Coverage>& all, const RunContext& run, const Policy& policy, bool live) {
  KindCoverage<Kind> covered(run, policy);
  covered.template add<false>();
  if (!live) covered.add_declared_alone();
  if constexpr (AskedAlike<Kind>) {
    if (live) covered.template add<true>();
  }
  covered.finish(all, [](const auto&) { return true; });
}

template <JudgedLive Kind>
void cover_asked(std::vector<Coverage>& all, const RunContext& run, const Policy& policy) {
  KindCoverage<Kind> covered(run, policy);
  covered.template add<true>();
  covered.finish(all, [](const auto& item) {
    if constexpr (Selective<Kind>) return Kind::is_asked(item);
    return true;
  });
}

}  // namespace

std::vector<Coverage> coverage(const RunContext& run, const Policy& policy,
                               const std::vector<VantageStats>& vantages) {
  const bool live = !vantages.empty();
  const bool asks_holders = std::any_of(vantages.begin(), vantages.end(), [](const auto& vantage) {
    return vantage.kind == dns::VantageKind::authoritative;
  });
  std::vector<Coverage> all;
  for_each_kind_backwards([&]<typename Kind>() {
    if constexpr (JudgedOffline<Kind> && !Borrowing<Kind>) cover_declared<Kind>(all, run, policy, live);
  });
  for_each_kind([&]<typename Kind>() {
    if constexpr (JudgedLive<Kind> && !AskedAlike<Kind> && !Borrowing<Kind>) {
      if (live && (asks_holders || !seen_by_holder<Kind>)) cover_asked<Kind>(all, run, policy);
    }
  });
  return all;
}

void keep_touched(std::vector<Coverage>& all, const Touched& touched) {
  for (auto& covered : all)
    std::erase_if(covered.targets, [&](const auto& id) { return !is_touched(touched, {covered.kind, id}); });
}

}  // namespace rdnsgate::audit
