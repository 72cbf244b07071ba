// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>

#include "dns/facts/fact.h"

namespace rdnsgate::audit {

/// 0.0.0.0 or `::`.
bool is_null(const std::string& rdata);
/// Addresses, in answer to a question for them.
bool is_address_answer(const dns::Fact& fact);
/// An answer of nothing but 0.0.0.0 or `::`: what filters give without saying that they are filters.
bool is_null_answer(const dns::Fact& fact);

}  // namespace rdnsgate::audit
