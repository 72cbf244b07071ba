// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rdnsgate::dns {

/// Record types, by IANA number. Others are carried as their number.
enum class RrType : std::uint16_t {
  A = 1,
  NS = 2,
  CNAME = 5,
  SOA = 6,
  PTR = 12,
  MX = 15,
  TXT = 16,
  AAAA = 28,
  DNAME = 39,
  DS = 43,
  RRSIG = 46,
  NSEC = 47,
  DNSKEY = 48,
  NSEC3 = 50,
  TLSA = 52,
};

/// `PTR`, or `TYPE65280` (RFC 3597 §5) for a type that has no name here.
std::string to_string(RrType type);
/// The type that to_string() writes so.
std::optional<RrType> parse_type(std::string_view text);

/// How a question ended: a closed set. "There is no such record" (`nodata`, `nxdomain`) and "I could not
/// find out" (everything from `servfail` on) must never meet in one branch.
enum class Outcome : std::uint8_t {
  answer,       ///< NOERROR with at least one RRset of the type asked, after any CNAMEs
  nodata,       ///< NOERROR, the name exists, no RRset of that type (RFC 2308 §2.2)
  nxdomain,     ///< the name does not exist (RFC 2308 §2.1)
  servfail,     ///< rcode 2, or another failing rcode that has no member of its own
  refused,      ///< rcode 5, or a policy kept the zone's answer back (RFC 8914)
  timeout,      ///< no reply in time, after all tries
  unreachable,  ///< the operating system said no: no route, connection refused
  bogus,        ///< DNSSEC validation failed (RFC 4035 §5)
  malformed,    ///< a reply that cannot be parsed, or that does not answer the question
  unanswered,   ///< no answer, and the adapter cannot say which of the failures it was
};

constexpr bool is_positive(Outcome outcome) { return outcome == Outcome::answer; }
constexpr bool is_negative(Outcome outcome) {
  return outcome == Outcome::nodata || outcome == Outcome::nxdomain;
}
/// The question was answered, one way or the other.
constexpr bool is_definite(Outcome outcome) { return is_positive(outcome) || is_negative(outcome); }

std::string_view to_string(Outcome outcome);
std::optional<Outcome> parse_outcome(std::string_view text);

/// DNSSEC status of an answer, as the vantage knows it.
enum class Security : std::uint8_t {
  unknown,   ///< nobody validated
  insecure,  ///< validated: no chain of trust leads here
  secure,    ///< validated: the chain of trust holds
  bogus,     ///< validated: it does not hold
};

std::string_view to_string(Security security);
std::optional<Security> parse_security(std::string_view text);

}  // namespace rdnsgate::dns
