// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/views.h"

#include <fmt/format.h>

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

}  // namespace

Crosscheck::Crosscheck(const Policy& policy, std::span<const dns::VantageInfo> vantages)
    : policy_(policy),
      vantages_(vantages),
      has_outside_(has_outside(vantages)),
      disagreement_(policy.index_of("resolver-disagreement")),
      vs_auth_(policy.index_of("resolver-vs-auth")),
      split_view_(policy.index_of("resolver-split-view")),
      cache_exceeds_(policy.index_of("ttl-cache-exceeds-auth")) {}

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
  for (const auto& [rule, which] : {std::pair{vs_auth_, &differing}, std::pair{cache_exceeds_, &lagging}}) {
    Compared* added = which->empty() ? nullptr : add(rule, views, source, *which);
    if (added == nullptr) continue;
    added->certainty = Certainty::transient;
    added->clears_at = Time{};
    for (const auto& cache : *which) {
      if (const auto fact = views.recall(cache.vantage, cache.glance->question))
        added->clears_at = std::max(*added->clears_at, fact->expires_at());
    }
  }
}

void Crosscheck::between(const Sights& sights, Views& views) {
  if (sights.size() < 2) return;
  Sights differing;
  for (const auto& sight : sights) {
    if (sight.glance->answer == sights.front().glance->answer) continue;
    if (!is_said(views, sights.front().vantage, sight.vantage, false)) differing.push_back(sight);
  }
  if (!differing.empty()) add(disagreement_, views, sights.front(), differing);
}

void Crosscheck::inside(const Sight& outside, const Sights& internal, Views& views) {
  Sights differing;
  std::copy_if(internal.begin(), internal.end(), std::back_inserter(differing),
               [&](const Sight& sight) { return sight.glance->answer != outside.glance->answer; });
  const bool said = std::any_of(views.findings.begin(), views.findings.end(),
                                [&](const Compared& it) { return it.draft.rule == split_view_; });
  if (!differing.empty() && !said) add(split_view_, views, outside, differing);
}

void Crosscheck::keep_views_apart(Views& views) {
  if (!has_outside_) return;
  const auto only_inside = [&](const Compared& entry) {
    return !entry.draft.inconclusive && !entry.draft.internal && entry.draft.rule != split_view_ &&
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

Compared* Crosscheck::add(RuleIndex rule, Views& views, const Sight& reference, const Sights& differing) {
  if (rule == policy_.rules().size() || !policy_.is_on(rule)) return nullptr;
  const auto question = reference.glance->question;
  if (!told_.emplace(rule, question).second) return nullptr;
  const auto expected = views.recall(reference.vantage, question);
  if (!expected) return nullptr;
  const bool with_ttl = rule == cache_exceeds_;
  const auto text_of = [&](const dns::Fact& fact) {
    return with_ttl && fact.rrset() != nullptr ? fmt::format("{} s", fact.rrset()->ttl)
                                               : describe_records(fact);
  };
  Compared entry;
  entry.draft = {rule, false, views.target, views.at, {.expected = text_of(*expected)}};
  entry.draft.args.detail =
      fmt::format("{} {}", dns::to_string(expected->question.type), expected->question.name.text());
  if (rule == disagreement_)
    entry.draft.args.expected += fmt::format(" at {}", vantages_[reference.vantage].name);
  entry.scope = Scope::isolated;
  for (const auto& sight : differing) {
    const auto fact = views.recall(sight.vantage, question);
    if (!fact) continue;
    entry.vantages.push_back(sight.vantage);
    auto& observed = entry.draft.args.observed;
    observed += fmt::format("{}{} at {}", observed.empty() ? "" : "; ", text_of(*fact),
                            vantages_[sight.vantage].name);
  }
  views.findings.push_back(std::move(entry));
  return &views.findings.back();
}

}  // namespace rdnsgate::audit
