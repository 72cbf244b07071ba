// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <string>
#include <vector>

#include "rules/leak/rules.h"

namespace rdnsgate::rules {

void judge_leak_1918_reverse_upstream(const audit::VantageCase& c, audit::Findings& findings) {
  if (c.notes.leaks.empty()) return;
  std::vector<std::string> zones;
  for (const auto& zone : c.notes.leaks) zones.push_back(zone.text());
  findings.add({.expected = "answers of its own", .observed = fmt::format("{}", fmt::join(zones, ", "))});
}

}  // namespace rdnsgate::rules
