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

/// What a response holds, section by section, before anybody judges it.
struct Sections {
  bool authoritative = false, truncated = false, authenticated = false, recursion_available = false;
  std::uint16_t rcode = 0;    ///< with the upper bits of the OPT record (RFC 6891 §6.1.3)
  std::vector<RRset> answer;  ///< in the order of first appearance; signatures only where they were asked for
  std::vector<RRset> soas;    ///< SOA records of the authority section
  bool referral_ns = false;   ///< the authority section holds NS records
  bool ttl_differs = false;   ///< records of one RRset of the answer have different TTLs
  bool ttl_out_of_range = false;  ///< a TTL of the answer has its top bit set
  bool has_opt = false;           ///< the additional section holds an OPT record
  // Only where Depth::referral is asked for:
  std::vector<RRset> signatures;  ///< RRSIG records of the answer section, unless asked for themselves
  std::vector<RRset> denials;     ///< NSEC and NSEC3 of the authority section
  std::vector<RRset> authority_signatures;  ///< RRSIG records of the authority section
  std::vector<RRset> ns, ds;                ///< of the authority section
  std::vector<RRset> addresses;  ///< A and AAAA of the additional section, of names that `ns` holds
  std::optional<std::uint16_t> ede;
  std::string ede_text;
  std::optional<std::string_view>
      cookie;  ///< of the first COOKIE option (RFC 7873 §4); a view into the message
};

/// How much of a message is read: who asks a resolver has no use for a referral, and reads 100,000 replies a
/// second.
enum class Depth { answer, referral };

/// The data of the RRSIG records among `signatures` that cover an RRset (RFC 4034 §3.1.1).
std::vector<std::string> signatures_over(const RRset& set, const std::vector<RRset>& signatures);

/// Reads a message whose header says response. Any octets are safe; `why` says what cannot be read.
bool read_sections(std::string_view message, RrType asked, Sections& out, std::string& why,
                   Depth depth = Depth::answer);

}  // namespace rdnsgate::dns
