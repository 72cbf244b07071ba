// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>

#include "audit/subject/address.h"

namespace rdnsgate::rules {

/// The declared PTR name; empty where none is.
std::string declared_text(const audit::AddressCase& c);

/// The live PTR set has the declared name, alone or beside others.
bool holds_declared(const audit::AddressCase& c);

/// A server of the zone itself answered with records of a name to which the question does not lead: what
/// ptr-answer-other-owner says. Of a resolver it is one more way to fail.
bool is_about_other_owner(const dns::Fact& fact);

/// There is a live PTR set, and it lacks the declared name. What ptr-mismatch says; rules about what becomes
/// of a name once it is the right one are silent then.
bool is_mismatch(const audit::AddressCase& c);

}  // namespace rdnsgate::rules
