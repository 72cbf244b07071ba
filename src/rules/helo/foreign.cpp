// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include "base/text.h"
#include "rules/helo/rules.h"
#include "rules/helo/subject.h"
#include "rules/helo/syntax.h"

namespace rdnsgate::rules {
namespace {

/// Whose name it is instead; empty where nothing speaks against its being ours.
std::string foreign_because(const inventory::Inventory& inventory, const dns::Name& helo) {
  for (const auto& relay : inventory.relays) {
    if (!relay.helo_pattern.empty() && glob_match(relay.helo_pattern, helo.text())) {
      return fmt::format("it is a name of the relay {} ({})", relay.name, relay.helo_pattern);
    }
  }
  if (!inventory.zones.empty() && is_host_name(helo) && inventory.zone_of(helo) == nullptr) return "it is in none of the declared zones";
  return {};
}

}  // namespace

void judge_helo_is_recipient_or_foreign(const audit::DeclaredSender& c, audit::Findings& findings) {
  for_each_helo(c, [&](const audit::DeclaredAddress& address) {
    const dns::Name& helo = address.address.helo;
    if (auto because = foreign_because(c.inventory, helo); !because.empty()) {
      findings.add(about_helo(address, {.expected = "a name of one's own", .observed = helo.text(), .detail = std::move(because)}));
    }
  });
}

}  // namespace rdnsgate::rules
