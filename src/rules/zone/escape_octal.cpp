// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <string>

#include "rules/zone/rules.h"

namespace rdnsgate::rules {

void judge_zone_escape_octal(const audit::ZoneTextCase& c, audit::Findings& findings) {
  for (const auto& record : c.text.records) {
    if (!record.octal) continue;
    const auto& octal = *record.octal;
    findings.add({.values = {{"escape", octal.written},
                             {"meant", std::string(1, octal.meant)},
                             {"character", std::string(1, octal.is)}},
                  .at = c.at(record, octal.at)});
  }
}

}  // namespace rdnsgate::rules
