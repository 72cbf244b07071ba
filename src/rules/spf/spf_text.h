// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dns/facts/fact_store.h"
#include "mailauth/spf/spf_answers.h"

namespace rdnsgate::rules {

/// What the facts say for an evaluation. What failed is not known, and neither is a denial that nobody vouches for: a
/// judgement that hangs on it is none. `failed`, where it is not null, gets each fact of that kind, once.
mailauth::SpfLookup spf_known(dns::FactDesk& desk, const dns::Name& name, dns::RrType type,
                              std::vector<const dns::Fact*>* failed = nullptr);

/// What stands at a name for receivers to evaluate.
struct SpfText {
  enum class State : std::uint8_t {
    pending,  ///< to be asked
    unknown,  ///< `fact` failed
    none,     ///< there is no SPF record
    several,  ///< more than one: an error to receivers (RFC 7208 §4.5)
    wrong,    ///< one that breaks the grammar
    good,
  };
  State state = State::pending;
  const dns::Fact* fact = nullptr;   ///< behind aliases: what has the record, or lacks it, or failed
  std::vector<std::string> texts{};  ///< the SPF records; foreign text
  mailauth::SpfRecord record{};      ///< of a good one

  bool is_good() const { return state == State::good; }
  const std::string& text() const { return texts.front(); }
};
SpfText spf_text(dns::FactDesk& desk, const dns::Name& name);

/// A foreign text as a sentence has it: its beginning, where it is long.
std::string shown(std::string_view text);

}  // namespace rdnsgate::rules
