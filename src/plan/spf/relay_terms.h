// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

#include "plan/world/picture.h"

namespace rdnsgate::plan {

/// What a domain's SPF record lacks of the terms of a relay.
struct LackingTerms {
  std::string terms;    ///< with spaces between; empty where nothing is lacking
  std::string unknown;  ///< a record on the way that may have them could not be looked up: which, and why
};

/// Terms that neither the record has nor another one that it takes in, as far down as that goes. A block has what
/// lies in it. `leaving`: terms that are to be taken out, and that nobody may stand on.
LackingTerms lacking_terms(const Picture& picture, const Name& domain, std::string_view terms,
                           std::string_view leaving);

/// Those of the terms that stand in this very record.
std::string terms_there(const std::vector<std::string>& rdata, std::string_view terms);

}  // namespace rdnsgate::plan
