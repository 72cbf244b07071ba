// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/subject/blocklist.h"

#include <algorithm>
#include <tuple>

namespace rdnsgate::audit {
namespace {

bool is_same_list(const inventory::Blocklist& a, const inventory::Blocklist& b) {
  const auto same_code = [](const auto& x, const auto& y) {
    return x.block == y.block && x.meaning == y.meaning;
  };
  return std::tie(a.zone, a.of_names, a.refusals, a.test) ==
             std::tie(b.zone, b.of_names, b.refusals, b.test) &&
         std::equal(a.codes.begin(), a.codes.end(), b.codes.begin(), b.codes.end(), same_code);
}

}  // namespace

void BlocklistKind::mark(Change& change) {
  mark_changed<BlocklistKind>(change, is_same_list, [](const inventory::Blocklist&) {});
}

void BlocklistKind::spread(Change& change) {
  const auto some = [&](TargetKind kind) {
    const auto& flags = change.touched.of(kind);
    return std::any_of(flags.begin(), flags.end(), [](char flag) { return flag != 0; });
  };
  if (!some(AddressKind::target) && !some(DomainKind::target)) return;
  auto& lists = change.touched.of(target);
  std::fill(lists.begin(), lists.end(), 1);
}

}  // namespace rdnsgate::audit
