// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/helo/rules.h"
#include "rules/helo/subject.h"

namespace rdnsgate::rules {

void judge_helo_is_recipient_or_foreign(const audit::DeclaredSender& c, audit::Findings& findings) {
  for_each_helo(c, [&](const audit::DeclaredAddress& address) {
    const dns::Name& helo = address.address.helo;
    const auto* relay = c.inventory.relay_with_helo(helo);
    if (relay == nullptr) return;
    findings.add(about_helo(
        address, {.values = {{"helo", helo}, {"relay", relay->name}, {"pattern", relay->helo_pattern}}}));
  });
}

}  // namespace rdnsgate::rules
