// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/zone/estate_rules.h"

namespace rdnsgate::rules {

void judge_zone_base_unreadable(const audit::ZoneTextsCase& c, audit::Findings& findings) {
  if (c.run.earlier_texts_failure.empty()) return;
  findings.add({.values = {{"failure", c.run.earlier_texts_failure}},
                .target = audit::Target{audit::TargetKind::inventory, c.inventory.path},
                .at = c.inventory.top});
}

}  // namespace rdnsgate::rules
