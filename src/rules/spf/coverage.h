// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/subject/path.h"
#include "base/address_ranges.h"
#include "mailauth/spf/spf_groups.h"

namespace rdnsgate::rules {

/// How many addresses there are in these; at most 2^64-1.
std::uint64_t count_of(const std::vector<AddressRange>& ranges);

/// What SPF says of the addresses of a path, for the domain that its mail has in MAIL FROM.
struct SpfCoverage {
  bool is_pending = false;
  bool is_said = false;  ///< the domain's record is none that works: rules about the domain say so
  std::vector<AddressRange> passing, refused;
  std::vector<std::string> why;  ///< of the refused: `fail (-all)`, each once
  /// Neither is certain, since these failed: nobody knows.
  std::vector<AddressRange> open;
  std::vector<const dns::Fact*> failed;
  /// Neither is certain, since the record asks for each address or mailbox, and that was not done.
  std::vector<AddressRange> untried;

  bool passes(bool is_v4) const;  ///< every address of the family, and there are some
  bool refuses(bool is_v4) const;
};
SpfCoverage spf_coverage(audit::PathCase& c);

}  // namespace rdnsgate::rules
