// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>

#include "audit/policy/rule.h"

namespace rdnsgate::rules {

// view.cpp
void judge_internal_ptr_mismatch(audit::InternalCase& c, audit::Findings& findings);
void judge_internal_address_mismatch(audit::InternalCase& c, audit::Findings& findings);
void judge_internal_lookup_failed(audit::InternalCase& c, audit::Findings& findings);

inline constexpr std::array internal_ptr_wordings{
    audit::Wording{.key = "none", .expected = "none"},
};

/// What the inventory says under `internal:`, held against what an internal vantage shows. In any order: the
/// registry sorts.
inline constexpr std::array internal_rules{
    audit::Rule{{.id = "internal-ptr-mismatch",
                 .severity = Severity::error,
                 .summary = "an internal view does not have the declared PTR record",
                 .message = "inside, the PTR record of {target} should be {expected}, but is {observed}",
                 .fix = "correct the internal reverse zone, or `internal:` in the inventory",
                 .expected = "{ptr}",
                 .observed = "[{names}][{denial}]",
                 .wordings = internal_ptr_wordings},
                &judge_internal_ptr_mismatch,
                nullptr,
                audit::Basis::ptr},
    audit::Rule{{.id = "internal-address-mismatch",
                 .severity = Severity::error,
                 .summary = "a name does not have the declared addresses in an internal view",
                 .message = "inside, {type} at {name} of {target} should have {expected}, but has {observed}",
                 .fix = "correct the internal zone, or `internal:` in the inventory",
                 .expected = "{declared}",
                 .observed = "[{addresses}][{denial}]"},
                &judge_internal_address_mismatch},
    audit::Rule{{.id = "internal-lookup-failed",
                 .severity = Severity::warning,
                 .summary = "what an internal view has could not be looked up",
                 .message = "what {target} has inside could not be determined: {failure}",
                 .fix = "look at the internal resolver, and at the name servers of the internal zones"},
                &judge_internal_lookup_failed},
};

}  // namespace rdnsgate::rules
