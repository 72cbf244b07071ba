// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "audit/subject/domain.h"

namespace rdnsgate::rules {

/// A name that a selector of the domain may be an alias of: the organisation's own, or that of a relay in its
/// `via` by the names that the relay is declared with. True as well where such a relay has none to tell by.
bool is_accounted_for(const audit::DomainCase& c, const dns::Name& name);

}  // namespace rdnsgate::rules
