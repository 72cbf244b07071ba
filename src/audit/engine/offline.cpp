// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/engine/offline.h"

#include <algorithm>
#include <utility>

#include "audit/policy/enabled.h"
#include "inventory/files/parallel.h"

namespace rdnsgate::audit {
namespace {

/// So many subjects are worth a thread.
constexpr std::size_t portion = 1024;

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

/// A rule is a pure function of its case: portions are judged side by side, as many as there are threads, and what is
/// said of them is handed on in their order.
template <JudgedOffline Kind>
void judge_kind(const RunContext& run, const Policy& policy, const TakeDrafts& take) {
  const auto rules = rules_of<Kind>(policy);
  const std::size_t count = Kind::items(run).size();
  const std::size_t at_once = inventory::most_threads();
  for (std::size_t first = 0; first < count; first += at_once * portion) {
    std::vector<std::vector<Draft>> portions(std::min(at_once, (count - first + portion - 1) / portion));
    inventory::for_each_in_parallel(portions.size(), [&](std::size_t i) {
      const auto begin = first + i * portion;
      portions[i] = judge_portion<Kind>(run, rules, begin, std::min(count, begin + portion));
    });
    for (auto& drafts : portions) take(std::exchange(drafts, {}));
  }
}

}  // namespace

Portions judge_offline(const RunContext& run, const Policy& policy) {
  return [&run, &policy](const TakeDrafts& take) {
    const auto take_touched = [&](std::vector<Draft>&& drafts) {
      if (run.touched != nullptr)
        std::erase_if(drafts, [&](const Draft& draft) { return !is_touched(*run.touched, draft.target); });
      take(std::move(drafts));
    };
    for_each_kind([&]<typename Kind>() {
      if constexpr (JudgedOffline<Kind>) judge_kind<Kind>(run, policy, take_touched);
    });
  };
}

}  // namespace rdnsgate::audit
