// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/engine/offline.h"

#include "audit/policy/enabled.h"

namespace rdnsgate::audit {
namespace {

template <JudgedOffline Kind>
void judge_kind(const RunContext& run, const Policy& policy, Findings& findings) {
  const auto rules = rules_of<Kind>(policy);
  const auto judge = [&](auto& c) { judge_all(rules.of(c), c, findings); };
  const auto items = Kind::items(run);
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!is_judged<Kind>(run, i)) continue;
    findings.begin_subject([&] { return std::pair(target_of<Kind>(items[i]), apart_of<Kind>(items[i])); }, Kind::at(items[i]));
    Kind::declared(run, items[i], judge);
  }
}

}  // namespace

std::vector<Draft> judge_offline(const RunContext& run, const Policy& policy) {
  Findings findings;
  for_each_kind([&]<typename Kind>() {
    if constexpr (JudgedOffline<Kind>) judge_kind<Kind>(run, policy, findings);
  });
  auto drafts = findings.take();
  if (run.touched != nullptr)
    std::erase_if(drafts, [&](const Draft& draft) { return !is_touched(*run.touched, draft.target); });
  return drafts;
}

}  // namespace rdnsgate::audit
