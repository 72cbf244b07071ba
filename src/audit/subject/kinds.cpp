// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/subject/kinds.h"

#include "base/hash.h"

namespace rdnsgate::audit {

bool is_in_shard(const RunContext& run, const Target& target) {
  std::string text(to_string(target.kind));
  text += '\n';
  // The inventory is called by its path, which need not be the same where another shard runs.
  if (target.kind != TargetKind::inventory) text += target.id;
  return stable_hash(text) % run.shard->of == run.shard->number - 1;
}

std::size_t count_addresses(const RunContext& run) {
  const auto& all = run.inventory->addresses;
  if (!run.shard) return all.size();
  std::size_t count = 0;
  for (const auto& address : all) {
    if (is_in_shard(run, target_of<AddressKind>(address))) ++count;
  }
  return count;
}

bool is_touched(const Touched& touched, const Target& target) {
  bool found = target.kind == VantageSubjectKind::target;
  for_each_kind([&]<typename Kind>() {
    if constexpr (Changing<Kind>) {
      if (Kind::target != target.kind) return;
      if constexpr (Numerous<Kind>) {
        const auto* item = Kind::find(*touched.inventory, target.id);
        found = item == nullptr || touched.of(Kind::target)[index_in<Kind>(*touched.inventory, *item)] != 0;
      } else {
        found = touched.ids.contains(target);
      }
    }
  });
  return found;
}

}  // namespace rdnsgate::audit
