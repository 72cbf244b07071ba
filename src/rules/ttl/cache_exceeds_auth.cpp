// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/ttl/rules.h"
#include "rules/vantages_differ.h"

namespace rdnsgate::rules {

void judge_ttl_cache_exceeds_auth(const audit::CacheOutlastsCase& c, audit::Findings& findings) {
  auto args = differing_times(c);
  args.clears_at = forgotten_at(c);
  findings.add(std::move(args));
}

}  // namespace rdnsgate::rules
