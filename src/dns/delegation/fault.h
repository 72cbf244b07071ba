// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/ip.h"
#include "dns/name.h"

namespace rdnsgate::dns {

/// What can be wrong with a zone cut. The words of to_string are a contract.
enum class Fault : std::uint8_t {
  // of one address
  lame_refused,            ///< answers REFUSED for the zone that was delegated to it
  lame_servfail,           ///< answers SERVFAIL, or another failing rcode
  lame_not_authoritative,  ///< answers, but does not hold the zone
  lame_upward_referral,    ///< sends the client back up the tree
  referral_loop,           ///< sends the client to the very zone that it was asked as
  malformed_reply,
  silent,         ///< no reply, over UDP or TCP
  not_listening,  ///< the host says that nobody listens, over UDP and TCP
  no_route,       ///< this machine cannot reach addresses of that family
  tcp_only,       ///< answers over TCP and not over UDP
  udp_only,       ///< answers over UDP and not over TCP
  edns_refused,
  edns_dropped,
  ds_without_dnskey,
  ds_mismatch,
  signature_missing,
  signature_expired,
  signature_not_yet_valid,
  signature_broken,    ///< by no key of the zone, or it does not fit the records
  denial_unproven,     ///< nothing proves that there is no such record
  expansion_unproven,  ///< nothing proves that a wildcard may stand for the record
  chain_broken,        ///< no key of the zone can be trusted, though its parent or a trust anchor names one
  chain_unknown,       ///< the chain of trust ends where something could not be asked
  // of one name server
  no_address,
  address_is_alias,
  address_loop,
  address_unknown,
  glue_missing,
  glue_mismatch,
  // of the cut
  no_delegation,  ///< a parent server does not know the delegation that others give
  parents_differ,
  ns_mismatch,  ///< the NS records of parent and child differ
  child_ns_differ,
  serials_differ,
  answers_differ,
  foreign_glue,
  too_many_servers,
  no_server,  ///< no server of the cut is authoritative: the delegation is broken
  no_answer,  ///< no server of the cut could be asked
  // of the walk
  alias_loop,
  too_deep,
  bound_reached,
};

std::string_view to_string(Fault fault);

/// How much a fault weighs.
enum class Weight : std::uint8_t {
  note,     ///< worth knowing, and no fault: a secondary may lag for as long as REFRESH
  unknown,  ///< it could not be determined from here: silence says nothing about a server's records
  fault,
};

std::string_view to_string(Weight weight);

struct Complaint {
  Fault fault{};
  Weight weight = Weight::fault;
  std::optional<Name> server;
  std::optional<IpAddress> address;
  std::string detail;  ///< what was seen; may hold foreign text
};

}  // namespace rdnsgate::dns
