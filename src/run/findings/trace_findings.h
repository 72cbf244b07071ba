// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "base/timestamp.h"
#include "report/trace.h"

namespace rdnsgate::run {

/// Adds what `check` says of the zones that the walk looked at and of the answers that it met, by the same
/// rules, so that both say the same. The root and what is directly below it are looked after by others.
/// `document.verdict` is there already; its weight becomes that of the gravest finding.
void judge_by_rules(report::TraceDocument& document, Time now);

}  // namespace rdnsgate::run
