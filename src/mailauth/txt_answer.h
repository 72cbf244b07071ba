// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "dns/facts/fact.h"
#include "dns/rrset.h"

namespace rdnsgate::mailauth {

/// The texts at a name, as far as the DNS said what they are.
struct TxtAnswer {
  enum class State : std::uint8_t {
    unasked,  ///< it has to be asked
    known,    ///< `texts` are all: none, where there is no such record
    failed,   ///< nothing is known of them; `failure` says why
  };
  State state = State::unasked;
  std::vector<std::string> texts;  ///< the strings of each joined
  std::string failure;             ///< foreign text

  bool known() const { return state == State::known; }
};

inline TxtAnswer txt_answer(const dns::Fact* fact) {
  TxtAnswer answer;
  if (fact == nullptr) return answer;
  answer.state = TxtAnswer::State::known;
  if (is_positive(fact->outcome)) {
    if (const auto* set = fact->rrset()) {
      for (const auto& rdata : set->rdata) answer.texts.push_back(dns::txt_joined(rdata));
    }
  } else if (!is_negative(fact->outcome)) {
    answer.state = TxtAnswer::State::failed;
    answer.failure = to_string(fact->outcome);
    if (!fact->reason.empty()) answer.failure += ": " + fact->reason;
  }
  return answer;
}

}  // namespace rdnsgate::mailauth
