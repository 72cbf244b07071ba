// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "audit/findings.h"
#include "audit/subject/answers.h"

namespace rdnsgate::rules {

/// What the reference has, `records` or a `denial`, and what the `others` have in its place; of the question
/// `type` and `name`.
audit::Args differing_records(const audit::DifferenceCase& c);
/// The same of the TTLs, `ttl` in place of `records`.
audit::Args differing_times(const audit::DifferenceCase& c);
/// When the last of the others has forgotten what it has.
Time forgotten_at(const audit::DifferenceCase& c);

}  // namespace rdnsgate::rules
