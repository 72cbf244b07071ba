// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/findings.h"
#include "audit/subject/address.h"

namespace rdnsgate::rules {

/// What one server says of the question, without TTLs: `mx1.mail.example`, `no record`.
std::string records_of(const dns::ServerAnswer& said, const dns::Question& question);

/// A question to which the servers of the zone have different answers.
struct Dispute {
  std::vector<std::string> versions;  ///< each answer with the servers that give it, and their serials
  std::string_view why;               ///< whether a transfer puts it right: a key of dispute_wordings
  std::optional<seconds> transfer{};  ///< how long the copies that are behind may take; where that is known
  /// When the copies that are behind have been transferred; nullopt where no transfer puts it right, or the
  /// time for it is over.
  std::optional<Time> clears_at;
};

/// How the rules about servers that differ say what becomes of it.
inline constexpr std::array dispute_wordings{
    audit::Wording{.key = "no-serial",
                   .detail = "no serial is known, so whether a transfer will fix it is unknown"},
    audit::Wording{.key = "serial-missing",
                   .detail = "a serial is not known, so whether a transfer will fix it is unknown"},
    audit::Wording{.key = "none-older",
                   .detail = "no transfer puts it right, since no copy calls itself older"},
    audit::Wording{.key = "behind",
                   .detail = "the older copy has {transfer}, its refresh and retry times, to be transferred"},
    audit::Wording{.key = "overdue",
                   .detail = "the older copy has {transfer}, its refresh and retry times, to be transferred, "
                             "and they are over"},
};

/// What a judgement says of a dispute, beside the `name` that it is about.
audit::Args args_of(Dispute dispute);

/// nullopt where they agree, and at a vantage that does not ask each of them. A copy is behind where its
/// serial is older (RFC 1982 §3.2) than that of the newest; it has its own refresh and retry times (RFC 1035
/// §3.3.13) to be transferred, counted from the publication of the newest where its serial is a date (RFC
/// 1912 §2.2) or a Unix time, and else from when it was asked, since nobody knows for how long it has been.
std::optional<Dispute> dispute_about(const audit::AddressCase& c, const dns::Fact& fact);
/// The same with `apex` for the SOA record of the zone that the question is about, and nullptr where nobody
/// knows it; called only where they do not agree.
std::optional<Dispute> dispute_about(const dns::Fact& fact, const std::function<const dns::Fact*()>& apex);

}  // namespace rdnsgate::rules
