// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/null_answer.h"

#include <algorithm>

namespace rdnsgate::audit {

using dns::RrType;

bool is_null(const std::string& rdata) {
  return std::all_of(rdata.begin(), rdata.end(), [](char octet) { return octet == 0; });
}

bool is_address_answer(const dns::Fact& fact) {
  const bool address = fact.question.type == RrType::A || fact.question.type == RrType::AAAA;
  return address && dns::is_positive(fact.outcome);
}

bool is_null_answer(const dns::Fact& fact) {
  if (!is_address_answer(fact) || fact.authoritative || fact.rrset() == nullptr) return false;
  const auto& rdata = fact.rrset()->rdata;
  return std::all_of(rdata.begin(), rdata.end(), is_null);
}

}  // namespace rdnsgate::audit
