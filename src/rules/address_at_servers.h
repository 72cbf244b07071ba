// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "audit/findings.h"
#include "audit/subject/address.h"

namespace rdnsgate::rules {

/// Says where the servers of a zone have different addresses at a name that is to lead to the case's own. It
/// is a warning where each has that one, and they differ in others.
void say_address_disputed(const audit::AddressCase& c, const dns::Fact& fact, audit::Findings& findings);

}  // namespace rdnsgate::rules
