// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/goals/helo_records.h"

#include <set>
#include <unordered_set>
#include <utility>

#include "mailauth/spf/spf_evaluate.h"
#include "plan/world/spf_world.h"

namespace rdnsgate::plan {

void ask_for_helo_records(const Picture& picture, const Goals& goals, const Asker& ask) {
  std::set<std::pair<Name, std::size_t>> wanted;
  std::unordered_set<Name> changing;
  for (const auto& one : goals.operations) {
    if (one.kind == Kind::start_egress || one.kind == Kind::switch_helo) {
      for (const auto path : one.paths) wanted.emplace(one.to, path);
    }
    if (one.set != none) changing.insert(picture.sets[one.set].owner);
  }
  for (std::size_t i = 0; i < picture.paths.size(); ++i) {
    const auto* now = picture.paths[i].now;
    if (now == nullptr) continue;
    inventory::for_each_name(*now, [&](const Name& name) {
      if (changing.count(name) != 0 && inventory::says_helo(*now, name)) wanted.emplace(name, i);
    });
  }
  mailauth::SpfEvaluator evaluator([&](const Name& name, RrType type) {
    const std::size_t set = picture.behind(picture.find(name, type));
    if (set == none) return spf_lookup(ask(name, type));
    if (!picture.sets[set].problem.empty()) return mailauth::SpfLookup{};
    const auto& live = picture.sets[set].live;
    return mailauth::SpfLookup{mailauth::SpfLookup::State::known,
                               {live ? live->rdata : std::vector<std::string>()}};
  });
  for (const auto& [name, path] : wanted) {
    if (!name.is_root()) evaluator.exhaust(spf_identity(picture.paths[path], name, name), name);
  }
}

}  // namespace rdnsgate::plan
