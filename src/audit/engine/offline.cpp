// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/engine/offline.h"

#include <algorithm>

#include "audit/policy/enabled.h"
#include "inventory/files/parallel.h"

namespace rdnsgate::audit {
namespace {

/// So many subjects are worth a thread.
constexpr std::size_t portion = 4096;

template <JudgedOffline Kind, typename Rules>
std::vector<Draft> judge_portion(const RunContext& run, const Rules& rules, std::size_t first, std::size_t end) {
  Findings findings;
  const auto judge = [&](auto& c) { judge_all(rules.of(c), c, findings); };
  const auto items = Kind::items(run);
  for (std::size_t i = first; i < end; ++i) {
    if (!is_judged<Kind>(run, i)) continue;
    findings.begin_subject([&] { return std::pair(target_of<Kind>(items[i]), apart_of<Kind>(items[i])); }, Kind::at(items[i]));
    Kind::declared(run, items[i], judge);
  }
  return findings.take();
}

/// A rule is a pure function of its case: portions are judged side by side, and what is said of them stands in their
/// order.
template <JudgedOffline Kind>
void judge_kind(const RunContext& run, const Policy& policy, Portions& all) {
  const auto rules = rules_of<Kind>(policy);
  const std::size_t count = Kind::items(run).size();
  const auto before = all.size();
  all.resize(before + (count + portion - 1) / portion);
  inventory::for_each_in_parallel(all.size() - before, [&](std::size_t i) {
    all[before + i] = judge_portion<Kind>(run, rules, i * portion, std::min(count, (i + 1) * portion));
  });
}

}  // namespace

Portions judge_offline(const RunContext& run, const Policy& policy) {
  Portions all;
  for_each_kind([&]<typename Kind>() {
    if constexpr (JudgedOffline<Kind>) judge_kind<Kind>(run, policy, all);
  });
  if (run.touched != nullptr) {
    for (auto& drafts : all)
      std::erase_if(drafts, [&](const Draft& draft) { return !is_touched(*run.touched, draft.target); });
  }
  return all;
}

}  // namespace rdnsgate::audit
