// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string_view>

#include "audit/findings.h"
#include "dns/facts/fact.h"

namespace rdnsgate::rules {

using dns::is_denied;

/// Neither a record nor a proven denial: nothing follows from it.
inline bool is_unknown(const dns::Fact& fact) { return !dns::is_positive(fact.outcome) && !is_denied(fact); }

/// Says that a question was left without a usable answer, and how.
inline void say_unknown(audit::Findings& findings, const dns::Fact& fact, audit::Args args = {}) {
  findings.inconclusive(fact, std::move(args));
}

}  // namespace rdnsgate::rules
