// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>

#include "rules/hygiene/rules.h"

namespace rdnsgate::rules {

void judge_hygiene_waiver_expired(const audit::InventoryCase& c, audit::Findings& findings) {
  for (const auto& waiver : c.inventory.waivers) {
    if (!waiver.expires || c.run.now < *waiver.expires) continue;
    // `expires` is the first moment without it; people write the last day with it.
    findings.add({.values = {{"last_day", *waiver.expires - std::chrono::days{1}}, {"reason", waiver.reason}},
                  .target = audit::Target{audit::TargetKind::inventory,
                                          fmt::format("{} {}", waiver.rule, waiver.target)},
                  .at = waiver.expires_at});
  }
}

void judge_hygiene_waiver_expiring(const audit::InventoryCase& c, audit::Findings& findings) {
  const auto ahead = std::max<std::chrono::seconds>(std::chrono::days{14}, c.run.until_next);
  for (const auto& waiver : c.inventory.waivers) {
    if (!waiver.expires || c.run.now >= *waiver.expires || *waiver.expires - c.run.now > ahead) continue;
    findings.add({.values = {{"last_day", *waiver.expires - std::chrono::days{1}}, {"reason", waiver.reason}},
                  .target = audit::Target{audit::TargetKind::inventory,
                                          fmt::format("{} {}", waiver.rule, waiver.target)},
                  .at = waiver.expires_at});
  }
}

void judge_hygiene_waiver_mistaken(const audit::InventoryCase& c, audit::Findings& findings) {
  constexpr std::size_t longest = 200;
  for (const auto& comment : c.inventory.mistaken_waivers) {
    findings.add({.values = {{"comment", comment.text.substr(0, longest)}},
                  .target = audit::Target{audit::TargetKind::inventory, c.inventory.path},
                  .at = comment.at});
  }
}

}  // namespace rdnsgate::rules
