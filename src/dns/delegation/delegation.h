// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dns/wire/authority_reply.h"

namespace rdnsgate::dns {

// Types that only the look at a zone's signatures asks for (RFC 5155 §4, RFC 7344 §3).
inline constexpr RrType type_nsec3param{51}, type_cds{59}, type_cdnskey{60};
/// A question for the whole zone (RFC 5936).
inline constexpr RrType type_axfr{252};

/// What a server does with EDNS(0) (RFC 6891).
enum class Edns : std::uint8_t {
  unknown,  ///< it never answered
  yes,      ///< its replies have an OPT record
  no,       ///< it answers as if the OPT record of the query were not there
  refused,  ///< FORMERR or the like, and an answer to the same question without EDNS (RFC 6891 §7)
  dropped,  ///< silence, and an answer to the same question without EDNS
};

/// Why there was no reply, as far as one can tell from here.
enum class Silence : std::uint8_t {
  none,       ///< there was a reply
  timeout,    ///< nothing came back
  closed,     ///< the host says that nobody listens: ICMP port unreachable, or a reset
  no_route,   ///< this machine cannot send there at all: the address says nothing about itself
  not_asked,  ///< the walk had reached one of its bounds
};

/// One question to one address, with all its tries.
struct Exchange {
  bool asked = false;
  AuthorityReply reply;
  Silence silence = Silence::none;
  Edns edns = Edns::unknown;
  bool over_tcp = false;      ///< the reply came over TCP
  bool case_changed = false;  ///< the letters of the question came back in another case (0x20)
  std::uint8_t tries = 0;
  std::uint32_t rtt_us = 0;  ///< microseconds from the last try to its reply
  /// The reply as it came, where the query wanted it kept: who verifies signatures needs all of it. No part
  /// of a snapshot.
  std::string message;

  bool replied() const { return asked && reply.kind != ReplyKind::none; }
  bool operator==(const Exchange&) const = default;
};

/// The traced question, or what an alias made of it, as one address answered it.
struct Asked {
  Name name;
  Exchange exchange;
  bool operator==(const Asked&) const = default;
};

/// What an address says of how the zone is signed; asked where any server of the zone has DNSKEY records.
struct Signing {
  Exchange nsec3param, cds, cdnskey;
  bool operator==(const Signing&) const = default;
};

/// One address of a name server, and what it said.
struct AddressReport {
  IpAddress address;
  bool from_glue = false;   ///< the parent gave it
  bool resolved = false;    ///< who holds the server's name gave it
  bool from_hints = false;  ///< it is a root server of the hints file
  Exchange soa_udp, soa_tcp, ns, dnskey;
  Exchange aaaa;       ///< of the zone's own name, which is there
  Exchange recursion;  ///< a question with RD for a name that no server holds (RFC 6761 §6.4)
  Exchange version;    ///< a question in a version of EDNS that does not exist
  Exchange transfer;   ///< a question for the whole zone: an answer is its SOA record, which comes first
  Signing signing;
  std::vector<Asked> questions;

  /// The reply to the question for the SOA, over UDP where there is one.
  const Exchange& soa() const { return soa_udp.replied() || !soa_tcp.replied() ? soa_udp : soa_tcp; }
  /// Serial of the zone, where the address is authoritative for it.
  std::optional<std::uint32_t> serial() const;
  /// It holds the zone: the SOA record with AA.
  bool is_authoritative() const { return serial().has_value(); }
  bool operator==(const AddressReport&) const = default;
};

/// How the search for a server's addresses ended.
enum class Lookup : std::uint8_t {
  not_needed,  ///< the parent's glue, or the hints, gave them
  found,
  none,     ///< who holds the name says that it has no address, or does not exist
  alias,    ///< the name is an alias, which RFC 2181 §10.3 forbids
  loop,     ///< finding the address takes the address
  no_glue,  ///< the name is in the zone itself, and the parent gives no address
  failed,   ///< it could not be determined
};

struct NameServer {
  Name name;
  bool at_parent = false, at_child = false;  ///< whose NS records name it
  Lookup lookup = Lookup::not_needed;
  std::string lookup_reason;                  ///< of `failed`
  std::vector<IpAddress> glue;                ///< sorted
  std::optional<std::vector<IpAddress>> own;  ///< a name in the zone: what the zone itself says, sorted
  std::vector<AddressReport> addresses;
  bool operator==(const NameServer&) const = default;
};

/// What one address of the parent zone says about the delegation.
struct ParentView {
  Name server;
  IpAddress address;
  Exchange ns;  ///< NS of the child: a referral, or the child's own answer where the server holds both
  Exchange ds;
  bool operator==(const ParentView&) const = default;
};

/// A zone, how its parent delegates it, and what its servers say.
struct Cut {
  Name zone, parent;  ///< both the root for the root itself
  std::vector<ParentView> parents;
  std::vector<NameServer> servers;
  /// Those that the zone is said to get and that neither side names yet: whether they hold it already.
  std::vector<NameServer> undelegated;
  std::vector<Name> foreign_glue;  ///< owners of addresses that the parent has no business to give
  std::size_t left_out = 0;        ///< servers beyond the bound, which were not asked

  bool is_root() const { return zone.is_root(); }
  bool operator==(const Cut&) const = default;
};

/// What questions to many servers say of this machine: whether a transport works at all from here.
struct Surroundings {
  bool udp[2] = {false, false}, tcp[2] = {false, false};  ///< some server answered, by family: IPv4, IPv6
  bool operator==(const Surroundings&) const = default;
};

/// A cut, as an authoritative vantage keeps it beside the SOA record of its zone.
struct Delegation {
  Cut cut;
  Surroundings surroundings;
  bool operator==(const Delegation&) const = default;
};

/// How a walk ended.
enum class WalkEnd : std::uint8_t {
  answer,
  nodata,
  nxdomain,
  stuck,  ///< no server of the last cut gave an answer that could be followed
  alias_loop,
  too_deep,  ///< more cuts or aliases than any honest name has
  bound,     ///< the limit on questions, or the deadline
};

std::string_view to_string(Edns edns);
std::string_view to_string(Silence silence);
std::string_view to_string(Lookup lookup);
std::string_view to_string(WalkEnd end);
std::optional<Edns> parse_edns(std::string_view text);
std::optional<Silence> parse_silence(std::string_view text);
std::optional<Lookup> parse_lookup(std::string_view text);

/// A name that the walk asked for in the end, and the zone whose servers answered for it.
struct Link {
  Name name, zone;
  bool operator==(const Link&) const = default;
};

/// A walk from the root to the answer.
struct Trace {
  Name name;
  RrType type{};
  std::vector<Cut> cuts;       ///< from the root down; after an alias only the cuts that are new
  std::vector<RRset> aliases;  ///< in the order in which they were met
  std::vector<Link> links;     ///< the traced name, and what aliases made of it, where a zone answered
  WalkEnd end = WalkEnd::stuck;
  Name zone;       ///< whose servers ended the walk
  Name last_name;  ///< the name asked for at the end of the aliases
  std::optional<RRset> answer;
  std::optional<Name> missing;  ///< nxdomain: the highest name that does not exist (RFC 8020 §2)
  unsigned questions = 0;       ///< packets and connections that were spent
};

}  // namespace rdnsgate::dns
