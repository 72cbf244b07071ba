// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "audit/subject/path.h"
#include "mailauth/spf/spf_record.h"
#include "rules/spf/spf_text.h"

namespace rdnsgate::rules {

/// The mechanisms that an inventory gives for a relay, such as `include:spf.relay.example`; none of what is no term.
std::vector<mailauth::SpfTerm> terms_of(const inventory::Relay& relay);

/// Two terms that ask the same of the same name or network, whatever a match says.
bool is_same_mechanism(const mailauth::SpfTerm& a, const mailauth::SpfTerm& b);

/// What a domain's record, with all that it takes in, has of its relay's mechanisms.
struct RelayTerms {
  std::vector<std::string> missing;   ///< certain: nothing that was not known may have them
  std::vector<std::string> unknown;   ///< not found in what is known
  const dns::Fact* failed = nullptr;  ///< of the unknown
  bool is_lacking() const { return !missing.empty(); }
};
RelayTerms relay_terms(audit::PathCase& c);

}  // namespace rdnsgate::rules
