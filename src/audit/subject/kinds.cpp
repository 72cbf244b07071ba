// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/subject/kinds.h"

namespace rdnsgate::audit {

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
