// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/engine/compare.h"

#include <algorithm>
#include <set>

namespace rdnsgate::audit {
namespace {

using dns::VantageIndex;

bool same(const Draft& a, const Draft& b) {
  return a.rule == b.rule && a.inconclusive == b.inconclusive && a.target == b.target &&
         a.expected == b.expected && (a.inconclusive || a.observed == b.observed);
}

/// One vantage's part in a finding.
struct Voice {
  VantageIndex vantage;
  Grounds grounds;
};

/// Enough to stand on: one that is authoritative, or two of different operators.
bool suffice(const std::vector<Voice>& voices, std::span<const dns::VantageInfo> vantages) {
  std::set<std::string_view> operators;
  for (const auto& voice : voices) {
    if (voice.grounds.stale) continue;
    if (voice.grounds.authoritative) return true;
    operators.insert(vantages[voice.vantage].operator_name);
  }
  return operators.size() >= 2;
}

/// What failed at one vantage is settled by these, which had the answers. What one of them found wrong still
/// wants confirmation; that it found nothing wrong wants no more than of a vantage that is alone.
bool settle(const Draft& failed, std::vector<Voice> others, std::span<const dns::VantageInfo> vantages,
            Quorum quorum) {
  if (quorum == Quorum::all) return false;
  if (failed.bogus) {
    // Who does not validate says nothing against who does.
    std::erase_if(others, [&](const Voice& voice) {
      return vantages[voice.vantage].kind != dns::VantageKind::recursive || !voice.grounds.validated;
    });
  }
  if (quorum == Quorum::confirmed) return suffice(others, vantages);
  return std::any_of(others.begin(), others.end(), [](const Voice& voice) { return !voice.grounds.stale; });
}

/// An internal view says nothing of what the world sees.
bool counts(VantageIndex vantage, std::span<const dns::VantageInfo> vantages) {
  return !vantages[vantage].internal || !has_outside(vantages);
}

/// When the caches that say it have forgotten it.
std::optional<Time> clearing_time(const std::vector<Voice>& voices) {
  Time latest{};
  for (const auto& voice : voices) {
    if (voice.grounds.stale) return std::nullopt;
    latest = std::max(latest, voice.grounds.expires_at);
  }
  return latest;
}

void classify(Compared& entry, const std::vector<Voice>& voices, std::span<const Judgement> judgements,
              std::span<const dns::VantageInfo> vantages, Quorum quorum) {
  const Draft& draft = entry.draft;
  std::vector<Voice> others;  // that could have said it, and did not
  for (VantageIndex v = 0; v < judgements.size(); ++v) {
    const bool said = std::binary_search(entry.vantages.begin(), entry.vantages.end(), v);
    if (said || !counts(v, vantages) || !judgements[v].could_judge(draft.rule, draft.basis)) continue;
    others.push_back({v, judgements[v].grounds[static_cast<std::size_t>(draft.basis)]});
  }
  entry.scope = others.empty() ? Scope::universal : Scope::isolated;
  if (draft.inconclusive) {
    entry.certainty = Certainty::inconclusive;
    entry.unanswered_everywhere = draft.alone || !settle(draft, others, vantages, quorum);
    return;
  }
  const bool from_source =
      std::any_of(voices.begin(), voices.end(), [](const Voice& v) { return v.grounds.has_source; });
  const bool right_at_source = std::any_of(others.begin(), others.end(), [](const Voice& v) {
    return v.grounds.authoritative && !v.grounds.stale;
  });
  if (draft.args.clears_at && suffice(voices, vantages)) {
    entry.certainty = Certainty::transient;
    entry.clears_at = draft.args.clears_at;
  } else if (right_at_source && !from_source) {
    entry.certainty = Certainty::transient;
    entry.clears_at = clearing_time(voices);
  } else if (!suffice(voices, vantages)) {
    entry.certainty = Certainty::inconclusive;
  }
}

/// What an internal view has is what its resolvers say: one of them is enough.
void classify_internal(Compared& entry, std::span<const Judgement> judgements,
                       std::span<const dns::VantageInfo> vantages, Quorum quorum) {
  entry.scope = Scope::isolated;
  if (!entry.draft.inconclusive) return;
  entry.certainty = Certainty::inconclusive;
  entry.unanswered_everywhere = true;
  if (quorum == Quorum::all) return;
  for (VantageIndex v = 0; v < judgements.size(); ++v) {
    const bool said = std::binary_search(entry.vantages.begin(), entry.vantages.end(), v);
    if (!said && vantages[v].internal && judgements[v].could_judge(entry.draft.rule, entry.draft.basis))
      entry.unanswered_everywhere = false;
  }
}

}  // namespace

bool has_outside(std::span<const dns::VantageInfo> vantages) {
  return std::any_of(vantages.begin(), vantages.end(), [](const auto& vantage) { return !vantage.internal; });
}

bool Judgement::could_judge(RuleIndex rule, Basis basis) const {
  return grounds[static_cast<std::size_t>(basis)].answered &&
         std::find(hindered.begin(), hindered.end(), rule) == hindered.end();
}

std::vector<Compared> compare(std::span<Judgement> judgements, std::span<const dns::VantageInfo> vantages,
                              Quorum quorum) {
  std::vector<Compared> joined;
  std::vector<std::vector<Voice>> voices;  // beside them
  for (VantageIndex v = 0; v < judgements.size(); ++v) {
    for (const auto& draft : judgements[v].drafts) {
      const auto known =
          std::find_if(joined.begin(), joined.end(), [&](const Compared& c) { return same(c.draft, draft); });
      if (known == joined.end()) {
        joined.push_back({draft, {v}, {}, {}, {}, false});
        voices.emplace_back();
        if (counts(v, vantages)) voices.back().push_back({v, draft.grounds});
      } else if (known->vantages.back() != v) {
        known->vantages.push_back(v);
        known->draft.filtered = known->draft.filtered && draft.filtered;
        known->draft.outside = known->draft.outside && draft.outside;
        if (counts(v, vantages))
          voices[static_cast<std::size_t>(known - joined.begin())].push_back({v, draft.grounds});
      }
    }
  }
  for (std::size_t i = 0; i < joined.size(); ++i) {
    if (joined[i].draft.internal)
      classify_internal(joined[i], judgements, vantages, quorum);
    else
      classify(joined[i], voices[i], judgements, vantages, quorum);
  }
  return joined;
}

}  // namespace rdnsgate::audit
