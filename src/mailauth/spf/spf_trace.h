// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dns/name.h"
#include "dns/types.h"
#include "mailauth/spf/spf_result.h"

namespace rdnsgate::mailauth {

struct SpfRecordTrace;

/// A question that a mechanism asked, and what came.
struct SpfQuestionTrace {
  dns::Name name;
  dns::RrType type{};
  std::string answer;  ///< `192.0.2.1, 192.0.2.2`, `none`, or why there is none; may be foreign text
};

/// A term that was looked at.
struct SpfStepTrace {
  enum class State : std::uint8_t {
    match,        ///< it decides: `result`
    no_match,     ///< the next one is looked at
    error,        ///< it ends the evaluation: `result`
    unknown,      ///< something is not known that it depends on
    not_reached,  ///< what stands before it decided
  };
  std::string term;
  std::size_t at = 0;  ///< where it begins in the record, in octets
  std::string target;  ///< the name that it is about, macros put in; empty for terms that have none
  State state = State::not_reached;
  SpfResults results;               ///< of the match or the error
  unsigned lookups = 0, voids = 0;  ///< what it cost, with all below it
  std::vector<SpfQuestionTrace> questions;
  std::vector<SpfRecordTrace> records;  ///< of include and redirect: the record that was taken in
};

/// A domain whose record was evaluated.
struct SpfRecordTrace {
  std::string domain;
  bool found = false;
  std::string text;  ///< the record; foreign text
  SpfResults results;
  std::string problem;  ///< why there is no record, or none that can be used
  std::vector<SpfStepTrace> steps;
};

}  // namespace rdnsgate::mailauth
