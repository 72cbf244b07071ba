// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/heard/banners.h"
#include "rules/helo/rules.h"

namespace rdnsgate::rules {

void judge_helo_live_banner_mismatch(const audit::DeclaredAddress& c, audit::Findings& findings) {
  const auto* banner = c.run.banners != nullptr ? c.run.banners->find(c.address.ip) : nullptr;
  if (banner == nullptr) return;
  const auto others = audit::names_of_another(c.address, banner->names);
  if (others.empty()) return;
  findings.add(
      {.values = {
           {"helo", c.address.helo}, {"names", audit::list_of(others)}, {"asked_at", banner->asked_at}}});
}

}  // namespace rdnsgate::rules
