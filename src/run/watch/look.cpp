// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/watch/look.h"

namespace rdnsgate::run {

bool is_subject(const audit::Target& target) {
  using audit::TargetKind;
  return target.kind != TargetKind::vantage && target.kind != TargetKind::inventory;
}

std::set<audit::Target> left_open(const report::Document& document) {
  std::set<audit::Target> open;
  for (const auto& finding : document.findings) {
    if (finding.certainty == audit::Certainty::inconclusive && finding.blocks_verdict &&
        is_subject(finding.target))
      open.insert(finding.target);
  }
  return open;
}

}  // namespace rdnsgate::run
