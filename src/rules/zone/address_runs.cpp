// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/zone/address_runs.h"

#include <algorithm>

#include "base/address_ranges.h"

namespace rdnsgate::rules {

std::string AddressRun::text() const { return AddressRange{first().ip, records.back().ip}.to_string(); }

std::vector<AddressRun> runs_of(std::vector<AddressRecord> records) {
  std::stable_sort(records.begin(), records.end(),
                   [](const AddressRecord& a, const AddressRecord& b) { return a.ip < b.ip; });
  std::vector<AddressRun> runs;
  for (auto& one : records) {
    if (!runs.empty() && runs.back().records.back().ip == one.ip) continue;
    const bool follows = !runs.empty() && runs.back().records.back().reverse == one.reverse &&
                         are_neighbours(runs.back().records.back().ip, one.ip);
    if (!follows) runs.emplace_back();
    runs.back().records.push_back(one);
  }
  return runs;
}

}  // namespace rdnsgate::rules
