// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dns/rrset.h"

namespace rdnsgate::dns {

/// What a name server says that was asked without RD.
enum class ReplyKind : std::uint8_t {
  none,      ///< no reply: `AuthorityReply::failure` says why
  failed,    ///< a reply that carries no data: another rcode, or one that cannot be read
  answer,    ///< the RRset asked for
  alias,     ///< a CNAME at the name asked for
  nodata,    ///< the name exists, the RRset does not
  nxdomain,  ///< the name does not exist
  referral,  ///< "ask there"
};

std::string_view to_string(ReplyKind kind);
std::optional<ReplyKind> parse_reply_kind(std::string_view text);

/// The delegation that a referral shows: one RRset of NS records, and what came with it.
struct Referral {
  struct Glue {
    Name owner;
    IpAddress address;
    bool operator==(const Glue&) const = default;
  };
  Name zone;                    ///< owner of the NS records
  std::uint32_t ttl = 0;        ///< of the NS records, in seconds
  std::vector<Name> ns;         ///< sorted
  std::vector<Glue> glue;       ///< of names in `ns` only
  std::vector<std::string> ds;  ///< rdata of the DS records
  bool operator==(const Referral&) const = default;
};

/// A reply, or that there was none, before anybody judges what it means for a zone.
struct AuthorityReply {
  ReplyKind kind = ReplyKind::none;
  Outcome failure =
      Outcome::unanswered;     ///< of `none` and `failed`: timeout, unreachable, refused, servfail, malformed
  bool authoritative = false;  ///< AA
  bool truncated = false;      ///< TC
  bool recursion_available = false;  ///< RA
  bool edns = false;                 ///< the reply has an OPT record
  /// The authority section has NSEC or NSEC3 records, each with a signature of its own (RFC 4035 §3.1.3).
  bool denial = false;
  std::uint8_t rcode = 0;
  std::uint16_t size = 0;      ///< octets of the message
  std::string reason;          ///< of a failure; may be foreign text
  std::optional<RRset> rrset;  ///< of `answer` and `alias`: at the name asked for
  /// Data of the RRSIG records over `rrset`, sorted (RFC 4035 §3.1.1).
  std::vector<std::string> signatures;
  std::optional<RRset> soa;  ///< of `nodata` and `nxdomain`: the zone that says so
  std::optional<Referral> referral;

  /// Somebody answered the question, one way or the other, or said where to ask.
  bool is_answer() const {
    return kind != ReplyKind::none && kind != ReplyKind::failed && kind != ReplyKind::referral;
  }
  bool operator==(const AuthorityReply&) const = default;
};

/// The address in an A or AAAA record's data; nullopt for an IPv4-mapped one (RFC 4291 §2.5.5.2): nothing is
/// ever sent there.
std::optional<IpAddress> server_address(const std::string& rdata);

/// Reads a message for which answers() holds. Any octets are safe. What the answer section holds beyond the
/// name asked for is left alone: who follows an alias asks the servers of its target.
AuthorityReply read_authority_reply(std::string_view message, const Name& name, RrType type);

}  // namespace rdnsgate::dns
