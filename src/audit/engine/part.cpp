// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/engine/part.h"

#include <algorithm>

namespace rdnsgate::audit {
VantageStats stats_of(Tally& tally, const std::string& name, dns::VantageKind kind) {
  const auto quantile = [&](double share) {
    if (tally.rtt_us.empty()) return 0.0;
    const auto at = tally.rtt_us.begin() +
                    static_cast<std::ptrdiff_t>(share * static_cast<double>(tally.rtt_us.size() - 1));
    std::nth_element(tally.rtt_us.begin(), at, tally.rtt_us.end());
    return *at / 1000.0;
  };
  return {name,           kind,          tally.questions - tally.from_files, tally.unanswered, quantile(0.5),
          quantile(0.99), tally.outside, std::move(tally.first_failure)};
}

}  // namespace rdnsgate::audit
