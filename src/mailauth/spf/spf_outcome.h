// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dns/types.h"
#include "mailauth/spf/spf_record.h"
#include "mailauth/spf/spf_span.h"

namespace rdnsgate::mailauth {

/// How an evaluation went.
struct SpfOutcome {
  SpfResults results;
  unsigned lookups = 0;     ///< terms that ask the DNS, at most (RFC 7208 §4.6.4)
  unsigned voids = 0;       ///< questions that nothing came back to, at most
  bool by_address = false;  ///< what was asked depends on the address, or on the message
  bool unknown = false;     ///< something on the way is not known
  std::string why;          ///< what makes it an error, where it is one, or no result; foreign text
  /// The directive that decided; nullopt where none did, or where it is not known which.
  struct Decider {
    std::string domain;  ///< whose record it stands in; of an include: the one that has it
    std::string term;    ///< as it stands there; foreign text
    bool operator==(const Decider&) const = default;
  };
  std::optional<Decider> decider;
  SpfSpan same;           ///< every address in it has this outcome
  bool by_ip = false;     ///< something that was reached depends on the address itself
  std::size_t terms = 0;  ///< that were looked at, with the addresses that names have: what it took
  /// What has to be asked before it can be made at all: `results` says nothing while there is something.
  struct Missing {
    dns::Name name;
    dns::RrType type{};
    bool operator==(const Missing&) const = default;
  };
  std::vector<Missing> missing;
  /// Of `fail`: the domain whose record said so, and its `exp`, as long as the evaluator has the record.
  struct Explanation {
    SpfDomain domain;
    const SpfTerm* term = nullptr;
  };
  std::optional<Explanation> explanation;
};

constexpr unsigned spf_most_lookups = 10, spf_most_voids = 2;  // RFC 7208 §4.6.4

}  // namespace rdnsgate::mailauth
