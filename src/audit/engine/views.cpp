// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/engine/views.h"

#include <algorithm>

namespace rdnsgate::audit {
namespace {

using dns::VantageIndex;

const Glance* glance_of(const Judgement& judgement, std::uint64_t question) {
  const auto& all = judgement.glances;
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Glance& it) { return it.question == question; });
  return found == all.end() ? nullptr : &*found;
}

Compared as_compared(Draft&& draft, const std::vector<VantageIndex>& said_by) {
  Compared entry;
  entry.vantages = said_by;
  entry.scope = Scope::isolated;
  entry.clears_at = draft.args.clears_at;
  if (entry.clears_at) entry.certainty = Certainty::transient;
  entry.draft = std::move(draft);
  return entry;
}

}  // namespace

Crosscheck::Crosscheck(const RunContext& run, const Policy& policy,
                       std::span<const dns::VantageInfo> vantages)
    : run_(run),
      vantages_(vantages),
      has_outside_(has_outside(vantages)),
      cache_differs_(enabled<const CacheDiffersCase>(policy)),
      cache_outlasts_(enabled<const CacheOutlastsCase>(policy)),
      vantages_differ_(enabled<const VantagesDifferCase>(policy)),
      view_differs_(enabled<const ViewDiffersCase>(policy)) {}

void Crosscheck::look(Views& views, std::vector<VantageNotes>& notes) {
  const auto judgements = views.judgements;
  for (std::size_t v = 0; v < judgements.size(); ++v) {
    for (const auto& glance : judgements[v].glances) {
      const auto earlier = judgements.first(v);
      const bool done = std::any_of(earlier.begin(), earlier.end(), [&](const Judgement& it) {
        return glance_of(it, glance.question) != nullptr;
      });
      if (!done) look_at(glance.question, views, notes);
    }
  }
  keep_views_apart(views);
}

void Crosscheck::keep_first(std::vector<Compared>& findings) const {
  std::erase_if(findings, [&](const Compared& it) {
    if (!it.told) return false;
    const auto told = told_.find({it.draft.rule, it.told->question});
    return told != told_.end() && told->second != it.told->subject;
  });
}

void Crosscheck::look_at(std::uint64_t question, Views& views, std::vector<VantageNotes>& notes) {
  Sights sources, caches, internal;
  for (VantageIndex v = 0; v < views.judgements.size(); ++v) {
    const auto* glance = glance_of(views.judgements[v], question);
    if (glance == nullptr || !glance->usable) continue;
    const bool is_inside = has_outside_ && vantages_[v].internal;
    (is_inside ? internal : glance->from_source ? sources : caches).push_back({v, glance});
  }
  if (!sources.empty()) against_source(sources.front(), caches, views, notes);
  between(sources.empty() ? caches : sources, views);
  if (!sources.empty() || !caches.empty())
    inside(sources.empty() ? caches.front() : sources.front(), internal, views);
}

void Crosscheck::against_source(const Sight& source, const Sights& caches, Views& views,
                                std::vector<VantageNotes>& notes) {
  Sights differing, lagging;
  for (const auto& cache : caches) {
    if (source.glance->secure) ++notes[cache.vantage].secure;
    if (cache.glance->answer != source.glance->answer) {
      if (!is_said(views, source.vantage, cache.vantage, false)) differing.push_back(cache);
    } else if (source.glance->ttl > 0) {
      const auto full = full_ttl(*source.glance);
      // A cache that had the record already would have less of its TTL left.
      if (cache.glance->ttl == full) notes[cache.vantage].cold_us.push_back(cache.glance->rtt_us);
      if (cache.glance->ttl > full && !is_said(views, source.vantage, cache.vantage, true))
        lagging.push_back(cache);
    }
  }
  tell(cache_differs_, views, source, differing);
  tell(cache_outlasts_, views, source, lagging);
}

void Crosscheck::between(const Sights& sights, Views& views) {
  if (sights.size() < 2) return;
  Sights differing;
  for (const auto& sight : sights) {
    if (sight.glance->answer == sights.front().glance->answer) continue;
    if (!is_said(views, sights.front().vantage, sight.vantage, false)) differing.push_back(sight);
  }
  tell(vantages_differ_, views, sights.front(), differing);
}

void Crosscheck::inside(const Sight& outside, const Sights& internal, Views& views) {
  Sights differing;
  std::copy_if(internal.begin(), internal.end(), std::back_inserter(differing),
               [&](const Sight& sight) { return sight.glance->answer != outside.glance->answer; });
  const auto is_inside = [](const Compared& entry) { return entry.draft.internal; };
  if (std::any_of(views.findings.begin(), views.findings.end(), is_inside)) return;  // once of a subject
  const auto known = views.findings.size();
  tell(view_differs_, views, outside, differing);
  for (std::size_t i = known; i < views.findings.size(); ++i) views.findings[i].draft.internal = true;
}

void Crosscheck::keep_views_apart(Views& views) {
  if (!has_outside_) return;
  const auto only_inside = [&](const Compared& entry) {
    return !entry.draft.inconclusive && !entry.draft.internal &&
           std::all_of(entry.vantages.begin(), entry.vantages.end(),
                       [&](VantageIndex v) { return vantages_[v].internal; });
  };
  std::erase_if(views.findings, only_inside);
}

/// A finding that is there at one of the two and not at the other says that they differ. One about TTLs says
/// so of TTLs only.
bool Crosscheck::is_said(const Views& views, VantageIndex one, VantageIndex other, bool of_times) const {
  return std::any_of(views.findings.begin(), views.findings.end(), [&](const Compared& it) {
    if (it.draft.inconclusive || (it.draft.basis == Basis::times) != of_times) return false;
    const auto has = [&](VantageIndex v) {
      return std::find(it.vantages.begin(), it.vantages.end(), v) != it.vantages.end();
    };
    return has(one) != has(other);
  });
}

/// Of the TTL that an own walk found, what was there when it began: it may have met the record before.
std::uint64_t Crosscheck::full_ttl(const Glance& source) const {
  if (source.exact || !started_) return source.ttl;
  const auto passed = std::max<std::int64_t>((source.asked_at - *started_).count(), 0);
  return std::uint64_t{source.ttl} + static_cast<std::uint64_t>(passed);
}

template <typename Case>
void Crosscheck::tell(const std::vector<Enabled<const Case>>& rules, Views& views, const Sight& reference,
                      const Sights& differing) {
  if (differing.empty()) return;
  const auto question = reference.glance->question;
  for (const auto& rule : rules) {
    const auto [told, is_new] = told_.try_emplace({rule.index, question}, views.rank);
    if (!is_new && told->second <= views.rank) continue;
    told->second = views.rank;
    auto expected = views.recall(reference.vantage, question);
    if (!expected) continue;
    Case c{{run_, *run_.inventory, {vantages_[reference.vantage].name, std::move(*expected)}, {}}};
    std::vector<VantageIndex> said_by;
    for (const auto& sight : differing) {
      auto fact = views.recall(sight.vantage, question);
      if (!fact) continue;
      said_by.push_back(sight.vantage);
      c.others.push_back({vantages_[sight.vantage].name, std::move(*fact)});
    }
    Findings findings;
    findings.begin_subject(views.target, views.at);
    findings.begin_rule(rule.index, *rule.info);
    rule.judge(c, findings);
    for (auto& draft : findings.take()) {
      views.findings.push_back(as_compared(std::move(draft), said_by));
      views.findings.back().told = Told{question, views.rank};
    }
  }
}

}  // namespace rdnsgate::audit
