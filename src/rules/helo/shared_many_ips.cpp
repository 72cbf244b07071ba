// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "rules/helo/rules.h"
#include "rules/helo/subject.h"

namespace rdnsgate::rules {
namespace {

constexpr std::size_t most_shown = 8;

struct SharedUse {
  std::size_t count = 0;
  std::size_t first = 0;
};

}  // namespace

void judge_helo_shared_many_ips(const audit::InventoryCase& c, audit::Findings& findings) {
  const auto& addresses = c.inventory.addresses;
  std::unordered_map<std::string_view, SharedUse> uses;
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    if (addresses[i].helo.is_root()) continue;
    SharedUse& use = uses[addresses[i].helo.wire()];
    if (use.count++ == 0) use.first = i;
  }
  std::vector<SharedUse> shared;
  for (const auto& [wire, use] : uses) {
    if (use.count > most_shown) shared.push_back(use);
  }
  std::sort(shared.begin(), shared.end(),
            [](const SharedUse& a, const SharedUse& b) { return a.first < b.first; });
  for (const SharedUse& use : shared) {
    const auto& address = addresses[use.first];
    const audit::DeclaredAddress declared{c.run, c.inventory, c.inventory.sender_of(address), address};
    findings.add(about_helo(
        declared, {.values = {{"helo", address.helo}, {"limit", most_shown}, {"count", use.count}}}));
  }
}

}  // namespace rdnsgate::rules
