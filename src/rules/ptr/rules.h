// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>

#include "audit/rule.h"

namespace rdnsgate::rules {

// missing.cpp
void judge_ptr_missing(audit::AddressCase& c, audit::Findings& findings);
void judge_ptr_lookup_failed(audit::AddressCase& c, audit::Findings& findings);

/// In any order: the registry sorts.
inline constexpr std::array ptr_rules{
    audit::Rule{{.id = "ptr-missing",
                 .severity = Severity::error,
                 .summary = "the address has no PTR record",
                 .message = "{target} has no PTR record: {observed}",
                 .fix = "publish a PTR record at the reverse name of {target} with the target {expected}"},
                &judge_ptr_missing},
    audit::Rule{{.id = "ptr-lookup-failed",
                 .severity = Severity::warning,
                 .summary = "the PTR record of the address could not be looked up",
                 .message = "whether {target} has a PTR record could not be found out: {detail}",
                 .fix = "look at the name servers of the reverse zone; a receiver that meets the same "
                        "failure defers the mail"},
                &judge_ptr_lookup_failed},
};

}  // namespace rdnsgate::rules
