// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/timestamp.h"
#include "dns/rrset.h"

namespace rdnsgate::dns {

/// Index of a vantage in the run's list of vantages.
using VantageIndex = std::uint16_t;

/// What is asked, and from where. Asked once in a run, however many rules want the answer. Class IN.
struct Question {
  VantageIndex vantage = 0;
  Name name;
  RrType type{};
  bool operator==(const Question&) const = default;
};

struct Delegation;  // dns/delegation/delegation.h

/// What one address of a name server answered.
struct ServerAnswer {
  Name server;
  IpAddress address;
  Outcome outcome = Outcome::unanswered;
  std::vector<RRset> answer;  ///< as Fact::answer
  std::optional<RRset> soa;   ///< as Fact::soa
  std::string reason;         ///< as Fact::reason; may be foreign text
  bool operator==(const ServerAnswer&) const = default;
};

/// What zone files have to do with an answer, where there are some.
enum class FromFiles : std::uint8_t {
  none,     ///< whoever was asked gave it
  part,     ///< an alias leads from the files to the world, or back
  all,
  outside,  ///< no file holds it, and nobody else was to be asked: nothing failed
};

std::string_view to_string(FromFiles from);
std::optional<FromFiles> parse_from_files(std::string_view text);

/// The answer to a question, with all that a judgement can need.
struct Fact {
  Question question;
  Outcome outcome = Outcome::unanswered;
  Security security = Security::unknown;

  /// Answer section: CNAMEs (and DNAMEs) in the order of the chain, then the RRset of the type asked.
  std::vector<RRset> answer;
  /// The SOA of the authority section of a negative answer (RFC 2308 §3); its TTL as received.
  std::optional<RRset> soa;

  bool authoritative = false;   ///< AA: the server itself holds the zone
  bool authenticated = false;   ///< AD as the server set it: a claim, not a proof
  bool truncated = false;       ///< TC was set over UDP, so that TCP was asked
  bool without_edns = false;    ///< the server refuses EDNS (RFC 6891 §7), so that it was asked without
  bool case_changed = false;    ///< the question came back in other letters (0x20), so that TCP was asked
  bool cookie_missing = false;  ///< only replies without the server's cookie came, so that TCP was asked
  bool ttl_differs =
      false;  ///< one RRset came with different TTLs, of which the lowest is kept (RFC 2181 §5.2)
  bool ttl_out_of_range = false;  ///< a TTL came with its top bit set, and counts as 0 (RFC 2181 §8)
  bool alias_beside = false;  ///< the owner of the records asked for has a CNAME record too (RFC 2181 §10.1)
  bool other_owner = false;   ///< malformed, as it holds a record of a name to which the question does not lead
  std::uint8_t tries = 1;         ///< how often the question was sent
  std::uint8_t answered_try = 0;  ///< which of the tries the reply is to, where it is not the last; else 0
  std::uint8_t rcode = 0;
  FromFiles from_files = FromFiles::none;
  std::optional<std::uint16_t> ede;  ///< extended DNS error (RFC 8914): the first, unless another says more
  std::string
      reason;  ///< why it failed or is bogus: text of the validator, of the EDE, of errno; foreign text
  std::string server;        ///< who answered: `192.0.2.53#53`; empty where the adapter cannot know
  std::uint32_t rtt_us = 0;  ///< microseconds from sending the try that was answered to its reply
  Time asked_at{};

  /// Of an authoritative vantage: what each address of the zone's servers answered, in the order of server
  /// name and address, where they do not all say the same. The fact itself is then what the newest copy of
  /// the zone says (serials compare as RFC 1982 §3.2 says).
  std::vector<ServerAnswer> servers;
  /// Of an authoritative vantage that was asked for the SOA record of a zone's apex: both sides of the zone's
  /// delegation, and what each address of its servers says. Else nullptr.
  std::shared_ptr<const Delegation> delegation;
  /// Of the same question: why the delegation could not be looked at, where it could not; foreign text.
  std::string delegation_failure;

  /// The RRset of the type asked, or nullptr.
  const RRset* rrset() const;
  /// Every alias on the way: owner and target, in order.
  struct Alias {
    Name owner, target;
    std::uint32_t ttl;
  };
  std::vector<Alias> aliases() const;
  /// Addresses of an A or AAAA answer, sorted.
  std::vector<IpAddress> addresses() const;
  /// Targets of a PTR or NS answer.
  std::vector<Name> targets() const;
  /// Negative TTL (RFC 2308 §5): the lesser of the SOA's TTL and MINIMUM; nullopt without an SOA.
  std::optional<std::uint32_t> negative_ttl() const;
  /// When a cache that gave this answer forgets it: its longest TTL after the time of asking, for a denial
  /// the negative TTL.
  Time expires_at() const;
};

/// No zone file holds what was asked for, and nobody else was to be asked.
inline bool is_outside(const Fact& fact) { return fact.from_files == FromFiles::outside; }

/// There is no such record, and an SOA record vouches for it (RFC 2308 §3).
inline bool is_denied(const Fact& fact) { return is_negative(fact.outcome) && fact.soa.has_value(); }

}  // namespace rdnsgate::dns
