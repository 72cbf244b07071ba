// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "audit/engine/compare.h"
#include "audit/notes.h"
#include "audit/policy/enabled.h"
#include "dns/facts/vantage.h"

namespace rdnsgate::audit {

/// One subject at all vantages, when each has been judged.
struct Views {
  std::uint64_t rank;  ///< of the subject, among all
  Target target;
  Span at;
  std::span<const Judgement> judgements;
  std::vector<Compared>& findings;  ///< what is said of it already; more may be added
  /// The answer behind a glance: wanted only where something differs.
  std::function<std::optional<dns::Fact>(dns::VantageIndex, std::uint64_t question)> recall;
};

/// Holds the answers of the vantages against each other, question by question, and says what no finding of
/// the subject says already: resolvers that differ from who holds the zone or from each other, an internal
/// view that differs, a cache that keeps a record for longer than the zone now allows. Each question is told
/// once in a run, of the first subject that meets it in the order of the inventory, whenever the answers come.
class Crosscheck {
 public:
  Crosscheck(const RunContext& run, const Policy& policy, std::span<const dns::VantageInfo> vantages);

  void look(Views& views, std::vector<VantageNotes>& notes);
  /// Takes out what is told of a question that an earlier subject turned out to tell of.
  void keep_first(std::vector<Compared>& findings) const;
  /// What an own walk has in its cache is no older than the first answer of the run.
  void saw(Time asked_at) { started_ = started_ ? std::min(*started_, asked_at) : asked_at; }

 private:
  struct Sight {
    dns::VantageIndex vantage;
    const Glance* glance;
  };
  using Sights = std::vector<Sight>;

  void look_at(std::uint64_t question, Views& views, std::vector<VantageNotes>& notes);
  void against_source(const Sight& source, const Sights& caches, Views& views,
                      std::vector<VantageNotes>& notes);
  void between(const Sights& sights, Views& views);
  void inside(const Sight& outside, const Sights& internal, Views& views);
  /// Takes back what only internal vantages say and nothing declares: it is no fault of what the world sees.
  void keep_views_apart(Views& views);

  bool is_said(const Views& views, dns::VantageIndex one, dns::VantageIndex other, bool of_times) const;
  /// Judges a difference by the rules that have not told of it in this run.
  template <typename Case>
  void tell(const std::vector<Enabled<const Case>>& rules, Views& views, const Sight& reference,
            const Sights& differing);
  std::uint64_t full_ttl(const Glance& source) const;

  const RunContext& run_;
  std::span<const dns::VantageInfo> vantages_;
  /// Vantages that are not internal; where there are none, the internal ones are all there is.
  bool has_outside_;
  std::vector<Enabled<const CacheDiffersCase>> cache_differs_;
  std::vector<Enabled<const CacheOutlastsCase>> cache_outlasts_;
  std::vector<Enabled<const VantagesDifferCase>> vantages_differ_;
  std::vector<Enabled<const ViewDiffersCase>> view_differs_;
  std::optional<Time> started_;
  std::map<std::pair<RuleIndex, std::uint64_t>, std::uint64_t> told_;  // of which subject, by its rank
};

}  // namespace rdnsgate::audit
