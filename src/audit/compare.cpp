// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/compare.h"

#include <algorithm>
#include <set>

namespace rdnsgate::audit {
namespace {

using dns::VantageIndex;

bool same(const Draft& a, const Draft& b) {
  return a.rule == b.rule && a.inconclusive == b.inconclusive && a.target == b.target &&
         a.args.expected == b.args.expected && (a.inconclusive || a.args.observed == b.args.observed);
}

/// Enough to stand on: one that is authoritative, or two of different operators.
bool suffice(const std::vector<VantageIndex>& which, std::span<const Judgement> judgements,
             std::span<const dns::VantageInfo> vantages) {
  std::set<std::string_view> operators;
  for (const auto vantage : which) {
    if (judgements[vantage].authoritative) return true;
    operators.insert(vantages[vantage].operator_name);
  }
  return operators.size() >= 2;
}

bool is_without_answer(const Judgement& judgement) {
  return std::any_of(judgement.drafts.begin(), judgement.drafts.end(), [](const Draft& d) { return d.inconclusive; });
}

void classify(Compared& entry, std::span<const Judgement> judgements, std::span<const dns::VantageInfo> vantages) {
  std::vector<VantageIndex> others;  // that know all they need, and did not say it
  for (VantageIndex v = 0; v < judgements.size(); ++v) {
    const bool said = std::binary_search(entry.vantages.begin(), entry.vantages.end(), v);
    if (!said && judgements[v].complete && !is_without_answer(judgements[v])) others.push_back(v);
  }
  entry.scope = others.empty() ? Scope::universal : Scope::isolated;
  if (entry.draft.inconclusive) {
    entry.certainty = Certainty::inconclusive;
    entry.unanswered_everywhere = !suffice(others, judgements, vantages);
    return;
  }
  const bool seen_at_source = std::any_of(entry.vantages.begin(), entry.vantages.end(),
                                          [&](VantageIndex v) { return judgements[v].authoritative; });
  const bool right_at_source =
      std::any_of(others.begin(), others.end(), [&](VantageIndex v) { return judgements[v].authoritative; });
  if (right_at_source && !seen_at_source) {
    entry.certainty = Certainty::transient;
    entry.clears_at = Time{};
    for (const auto v : entry.vantages) entry.clears_at = std::max(*entry.clears_at, judgements[v].expires_at);
  } else if (!suffice(entry.vantages, judgements, vantages)) {
    entry.certainty = Certainty::inconclusive;
  }
}

}  // namespace

std::vector<Compared> compare(std::span<Judgement> judgements, std::span<const dns::VantageInfo> vantages) {
  std::vector<Compared> joined;
  for (VantageIndex v = 0; v < judgements.size(); ++v) {
    for (const auto& draft : judgements[v].drafts) {
      const auto known = std::find_if(joined.begin(), joined.end(), [&](const Compared& c) { return same(c.draft, draft); });
      if (known == joined.end()) {
        joined.push_back({draft, {v}, {}, {}, {}, false});
      } else if (known->vantages.back() != v) {
        known->vantages.push_back(v);
      }
    }
  }
  for (auto& entry : joined) classify(entry, judgements, vantages);
  return joined;
}

}  // namespace rdnsgate::audit
