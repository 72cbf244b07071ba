// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <concepts>
#include <map>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "audit/findings.h"
#include "audit/run_context.h"
#include "audit/seen.h"
#include "audit/touched.h"
#include "dns/facts/fact_store.h"

namespace rdnsgate::audit {

// A kind of subject is a struct of types and static functions, alone in its file of this folder, with a line
// in kinds.h. The engine, the verdict and whatever else goes through subjects ask it through that list. It
// always has
//
//   using Cases = CaseList<...>     what its rules are judged on: the signatures, const for those that ask
//                                   nothing. A case says where it is seen (audit/seen.h), and one that asks
//                                   has its desk and for_each_fact(basis, visit): what a finding stands on
//
// and of the rest what fits it:
//
//   target, items(run), id(item),   Listed: how its findings name it, all there are, and where each stands in
//   at(item)                        the inventory
//   find(inventory, id), plural     Numerous: one by its id, where there are too many for an index of all
//                                   ids, and what they are called together
//   groups(inventory, item)         what it belongs to, by the ids of that: a waiver of it is one of the item
//   declared(run, item, judge)      JudgedOffline: gives judge the cases that ask nothing
//   read(run, item, internal,       JudgedLive: reads the facts that all its rules build on once, and gives
//        desk, judge)               judge the case; does not while one is missing. internal: at a vantage
//                                   that sees an internal view
//   is_own(run, item, name, names)  of a live one: the inventory gives that name of it; else an answer has
//                                   led there
//   is_asked(item)                  of a live one: false where there is nothing to ask
//   glances(case, own_walk)         of a live one: what vantages are compared by
//   Judged, apart(item)             Borrowing: it has no cases of its own, and the rules that are judged for each
//                                   HELO name are judged on it in these cases; what tells its findings from those
//                                   of another item with the same id
//   mark(change), spread(change)    Changing: marks what is declared otherwise than before; then what hangs
//                                   on what is marked by now

template <typename... Case>
struct CaseList {};

/// A change of the inventory, while what it touches is gathered.
struct Change {
  const Inventory& before;
  const Inventory& now;
  Touched& touched;
  std::set<dns::Name> zones{};  ///< that changed, as they were and as they are
};

template <typename Kind>
concept Listed = requires(const RunContext& run) {
  { Kind::target } -> std::convertible_to<TargetKind>;
  Kind::items(run);
};

template <Listed Kind>
using Item = typename decltype(Kind::items(std::declval<const RunContext&>()))::value_type;

template <typename Kind>
concept Numerous = Listed<Kind> && requires(const Inventory& inventory, const std::string& id) {
  { Kind::find(inventory, id) } -> std::same_as<const Item<Kind>*>;
};

/// Stands for whoever is given cases.
struct AnyJudge {
  template <typename Case>
  void operator()(Case&) const {}
};

template <typename Kind>
concept JudgedOffline = Listed<Kind> && requires(const RunContext& run, const Item<Kind>& item) {
  Kind::declared(run, item, AnyJudge());
};

template <typename Kind>
concept JudgedLive = Listed<Kind> &&
    requires(const RunContext& run, const Item<Kind>& item, dns::FactDesk& desk) {
  Kind::read(run, item, false, desk, AnyJudge());
};

template <typename Kind>
concept Borrowing = Listed<Kind> && requires {
  typename Kind::Judged;
};

template <typename Kind>
struct CasesJudged {
  using type = typename Kind::Cases;
};
template <Borrowing Kind>
struct CasesJudged<Kind> {
  using type = typename Kind::Judged;
};
/// What rules are judged on for items of this kind.
template <typename Kind>
using JudgedCases = typename CasesJudged<Kind>::type;

template <typename Kind>
concept Changing = Listed<Kind> && requires(Change& change) {
  Kind::mark(change);
};

/// Where an item stands among all of its kind.
template <Listed Kind>
std::size_t index_in(const Inventory& inventory, const Item<Kind>& item) {
  return static_cast<std::size_t>(&item - Kind::items({.inventory = &inventory}).data());
}

/// What tells findings about the item from those of another one with the same id; most often nothing.
template <Listed Kind>
std::string apart_of(const Item<Kind>& item) {
  if constexpr (Borrowing<Kind>) return Kind::apart(item);
  return {};
}

template <Listed Kind>
Target target_of(const Item<Kind>& item) {
  return {Kind::target, Kind::id(item)};
}

/// It falls to this run, of those that judge the inventory together. What has one target falls to one of them, whatever kinds
/// of subject it is.
bool is_in_shard(const RunContext& run, const Target& target);

/// It is judged in this run: of a shard, what falls to that; of a run that judges a change alone, what that touches.
template <Listed Kind>
bool is_judged(const RunContext& run, std::size_t item) {
  if (run.shard && !is_in_shard(run, target_of<Kind>(Kind::items(run)[item]))) return false;
  if constexpr (!Changing<Kind>) return true;
  return run.touched == nullptr || run.touched->of(Kind::target)[item] != 0;
}

/// Marks the items that were not there before, or are not the same, and tells `changed` of them, and of those
/// that are there no more.
template <Listed Kind, typename Same, typename Changed>
void mark_changed(Change& change, const Same& same, const Changed& changed) {
  std::map<std::string, const Item<Kind>*> was;
  for (const auto& item : Kind::items({.inventory = &change.before})) was.emplace(Kind::id(item), &item);
  const auto items = Kind::items({.inventory = &change.now});
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto found = was.find(Kind::id(items[i]));
    const bool is_new = found == was.end();
    if (is_new || !same(*found->second, items[i])) {
      change.touched.of(Kind::target)[i] = 1;
      changed(items[i]);
    }
    if (!is_new) was.erase(found);
  }
  for (const auto& [id, item] : was) changed(*item);
}

}  // namespace rdnsgate::audit
