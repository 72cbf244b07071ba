// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "audit/subject/domain.h"
#include "mailauth/records/dkim_key.h"

namespace rdnsgate::rules {

/// A selector that mail of a domain is declared to be signed with, and what is published there.
struct Selector {
  enum class State : std::uint8_t {
    unasked,
    unknown,   ///< neither a record nor a proven denial
    circling,  ///< its aliases never end
    none,      ///< no TXT record, proven
    there,     ///< `judgement` says what
  };
  std::string text;                         ///< as declared
  dns::Name owner;                          ///< SELECTOR._domainkey.SIGNER
  const inventory::Relay* relay = nullptr;  ///< who signs with it; nullptr: the domain's own senders
  Span at;                                  ///< of the domain, or of the relay in its `via`
  const dns::Fact* fact = nullptr;
  State state = State::unasked;
  std::shared_ptr<const mailauth::DkimJudgement> judgement{};  ///< of what is there

  /// Of nothing, where nothing is there.
  const mailauth::DkimJudgement& judged() const;

  /// The one key there; nullptr where there is none, or no one knows which.
  const mailauth::DkimRecord* record() const {
    const auto& records = judged().records;
    return records.size() == 1 ? &records.front() : nullptr;
  }
  /// The record has octets that do not belong into one, so that what else is wrong with it may come from them.
  bool is_spoilt() const;
};

/// Those of the domain's own senders, and of the relays in its `via`, each once. Their records are asked for, and judged once all are there.
enum class Which : std::uint8_t { used, retired };
std::vector<Selector> selectors_of(const audit::DomainCase& c, Which which = Which::used);

/// What every finding about a selector says: where it is, and whose.
audit::Args about(const Selector& selector);

/// What an interface or a file left in a record (`quotes`, `zero-width` and the like).
bool is_stray(const mailauth::Reason& reason);

}  // namespace rdnsgate::rules
