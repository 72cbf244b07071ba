// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/text.h"
#include "rules/helo/rules.h"
#include "rules/helo/subject.h"

namespace rdnsgate::rules {
namespace {

/// The relay whose names look like this one; nullptr where none does.
const inventory::Relay* relay_with(const inventory::Inventory& inventory, const dns::Name& helo) {
  for (const auto& relay : inventory.relays) {
    if (!relay.helo_pattern.empty() && glob_match(relay.helo_pattern, helo.text())) return &relay;
  }
  return nullptr;
}

}  // namespace

void judge_helo_is_recipient_or_foreign(const audit::DeclaredSender& c, audit::Findings& findings) {
  for_each_helo(c, [&](const audit::DeclaredAddress& address) {
    const dns::Name& helo = address.address.helo;
    const auto* relay = relay_with(c.inventory, helo);
    if (relay == nullptr) return;
    findings.add(about_helo(
        address, {.values = {{"helo", helo}, {"relay", relay->name}, {"pattern", relay->helo_pattern}}}));
  });
}

}  // namespace rdnsgate::rules
