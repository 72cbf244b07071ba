// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mailauth/spf/spf_answers.h"
#include "mailauth/spf/spf_outcome.h"
#include "mailauth/spf/spf_trace.h"

namespace rdnsgate::mailauth {

/// Why a message fails, in the words of the domain (RFC 7208 §6.2).
struct SpfReason {
  std::optional<std::string> text;  ///< ASCII alone; nullopt where the domain gives none that can be used
  std::string from;                 ///< the name of its TXT record; empty where none is named
  std::string problem;              ///< why it cannot be used; foreign text
  std::vector<SpfOutcome::Missing> missing;
};

/// Who evaluates, for the macros of an explanation.
struct SpfReceiver {
  std::string name = "unknown";
  std::int64_t now = 0;  ///< seconds since 1970
};

/// check_host() of RFC 7208 §4 over facts: a pure function of what `asker` says, which is asked in the order
/// in which a receiver asks.
class SpfEvaluator {
 public:
  enum class Keep : std::uint8_t {
    nothing,  ///< another evaluation asks anew
    answers,  ///< what was answered once holds for all evaluations
  };
  explicit SpfEvaluator(SpfAsker asker, Keep keep = Keep::nothing)
      : answers_(std::move(asker)), keep_(keep) {}

  /// `trace`, where it is not null, gets what was looked at: a record, with what it takes in below it.
  SpfOutcome evaluate(const SpfIdentity& who, const SpfDomain& domain,
                      std::vector<SpfRecordTrace>* trace = nullptr);
  /// For the address and all around it that have the same outcome (SpfOutcome::same): what depends on the address
  /// itself is not asked, and not known.
  SpfOutcome evaluate_around(const SpfIdentity& who, const SpfDomain& domain);
  /// As for an address that nothing matches: every term is looked at. `results` then says what is left for
  /// those that are not let through.
  SpfOutcome exhaust(const SpfIdentity& who, const SpfDomain& domain);
  /// What the domain has to say about an evaluation that ended in `fail` just now. Its look-ups count for no limit.
  SpfReason explain(const SpfIdentity& who, const SpfOutcome& outcome, const SpfReceiver& receiver);

 private:
  SpfAnswers answers_;
  Keep keep_;
};

}  // namespace rdnsgate::mailauth
