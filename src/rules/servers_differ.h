// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "audit/subject/address.h"

namespace rdnsgate::rules {

/// What one server says of the question, without TTLs: `mx1.mail.example`, `no record`.
std::string records_of(const dns::ServerAnswer& said, const dns::Question& question);

/// A question to which the servers of the zone have different answers.
struct Dispute {
  std::string observed;  ///< each answer with the servers that give it, and the serials of their copies
  std::string why;       ///< whether a transfer puts it right, and why not
  /// When the copies that are behind have been transferred; nullopt where no transfer puts it right, or the
  /// time for it is over.
  std::optional<Time> clears_at;
};

/// nullopt where they agree, and at a vantage that does not ask each of them. A copy is behind where its
/// serial is older (RFC 1982 §3.2) than that of the newest; it has its own refresh and retry times (RFC 1035
/// §3.3.13) to be transferred, counted from the publication of the newest where its serial is a date (RFC
/// 1912 §2.2) or a Unix time, and else from when it was asked, since nobody knows for how long it has been.
std::optional<Dispute> dispute_about(const audit::AddressCase& c, const dns::Fact& fact);
/// The same with `apex` for the SOA record of the zone that the question is about, and nullptr where nobody
/// knows it; called only where they do not agree.
std::optional<Dispute> dispute_about(const dns::Fact& fact, const std::function<const dns::Fact*()>& apex);

}  // namespace rdnsgate::rules
