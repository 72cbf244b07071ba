// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/resolver/rules.h"
#include "rules/vantages_differ.h"

namespace rdnsgate::rules {

void judge_resolver_vs_auth(const audit::CacheDiffersCase& c, audit::Findings& findings) {
  auto args = differing_records(c);
  args.clears_at = forgotten_at(c);
  findings.add(std::move(args));
}

void judge_resolver_disagreement(const audit::VantagesDifferCase& c, audit::Findings& findings) {
  findings.add(differing_records(c));
}

void judge_resolver_split_view(const audit::ViewDiffersCase& c, audit::Findings& findings) {
  findings.add(differing_records(c));
}

}  // namespace rdnsgate::rules
