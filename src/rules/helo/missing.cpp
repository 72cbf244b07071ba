// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>

#include "base/text.h"
#include "rules/helo/rules.h"

namespace rdnsgate::rules {

void judge_helo_missing(const audit::DeclaredSender& c, audit::Findings& findings) {
  if (!c.sender.helo_text.empty()) return;
  const auto without =
      std::count_if(c.addresses.begin(), c.addresses.end(),
                    [](const inventory::Address& address) { return address.helo.is_root(); });
  if (without == 0) return;
  findings.add({.expected = "a HELO name",
                .observed = counted(static_cast<std::size_t>(without), "address", "addresses")});
}

}  // namespace rdnsgate::rules
