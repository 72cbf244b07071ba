// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>

#include "rules/helo/rules.h"

namespace rdnsgate::rules {

void judge_helo_missing(const audit::DeclaredSender& c, audit::Findings& findings) {
  if (!c.sender.helo_text.empty()) return;
  const auto without =
      std::count_if(c.addresses.begin(), c.addresses.end(),
                    [](const inventory::Address& address) { return address.helo.is_root(); });
  if (without == 0) return;
  findings.add({.values = {{"count", static_cast<std::size_t>(without)}}});
}

}  // namespace rdnsgate::rules
