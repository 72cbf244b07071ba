// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>

#include "audit/rule.h"

namespace rdnsgate::rules {

/// What only the engine can say, because it is about the run and not about a subject. In any order: the
/// registry sorts.
inline constexpr std::array resolver_rules{
    audit::Rule{{.id = "resolver-unreachable",
                 .severity = Severity::warning,
                 .summary = "a vantage answered none of its questions",
                 .message = "{target} answered nothing: {observed}; the first: {detail}",
                 .fix = "check the network and the resolver's address, then run again; nothing was found out "
                        "about the DNS"},
                std::monostate{}},
    audit::Rule{{.id = "run-incomplete",
                 .severity = Severity::warning,
                 .summary = "the run ended before everything was judged",
                 .message = "the run ended before everything was judged: {observed}",
                 .fix = "run again with a longer --timeout, or find out what answers so slowly"},
                std::monostate{}},
};

}  // namespace rdnsgate::rules
