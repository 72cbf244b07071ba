// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "audit/subject/domain.h"
#include "rules/spf/survey.h"

namespace rdnsgate::rules {

/// Mail of the domain leaves from addresses of this family; IPv4 where nothing is said of it.
bool sends_over(const audit::DomainCase& c, bool is_v4);

/// The record, or one that it takes in, has a fault for which every evaluation that reaches it is an error. The rules
/// about domains say which.
bool is_broken(dns::FactDesk& desk, const SpfSurvey& survey, bool is_v4);

}  // namespace rdnsgate::rules
