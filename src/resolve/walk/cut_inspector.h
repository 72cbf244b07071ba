// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <set>
#include <vector>

#include "dns/delegation/delegation.h"
#include "dns/zone/root_hints.h"
#include "resolve/walk/address_finder.h"
#include "resolve/walk/authority_client.h"
#include "resolve/walk/walk_options.h"

namespace rdnsgate::resolve {

/// How much is asked about a cut.
enum class Effort {
  full,
  passing,  ///< a few addresses of a few servers, and whether they hold the zone: a walk goes on from there
};

/// Looks at one zone cut from both sides: what the parent's servers say of the delegation, and what every
/// address of the zone's own servers says.
class CutInspector {
 public:
  CutInspector(AuthorityClient& client, AddressFinder& finder, const WalkOptions& options)
      : client_(client), finder_(finder), options_(options) {}

  dns::Cut inspect_root(const std::vector<dns::RootServer>& hints, Effort effort);
  dns::Cut inspect(const dns::Name& zone, const dns::Cut& parent, Effort effort);
  /// Lets walks for other names begin at the zone of a cut.
  void learn(const dns::Cut& cut);

  /// Asks every address that is authoritative for the cut's zone, and notes what it says.
  void ask_all(dns::Cut& cut, const dns::Name& name, dns::RrType type);
  /// Where they do not all answer alike: whether they still have the versions of the zone that they had, and
  /// what they say now.
  void ask_again_who_differs(dns::Cut& cut, const dns::Name& name, dns::RrType type);
  /// Asks each of them for a name that nobody holds, with RD.
  void ask_recursion(dns::Cut& cut);

 private:
  void ask_parents(dns::Cut& cut, const dns::Cut& parent);
  void add_delegated(dns::Cut& cut);
  dns::NameServer* add_server(dns::Cut& cut, const dns::Name& name);
  void find_addresses(const dns::Cut& cut, dns::NameServer& server);
  void add_address(dns::NameServer& server, const IpAddress& address, bool dns::AddressReport::*source);
  void ask_servers(dns::Cut& cut);
  void add_own(dns::Cut& cut);
  void ask_own_addresses(dns::Cut& cut);
  void note_own(dns::NameServer& server, const dns::AuthorityReply& a, const dns::AuthorityReply& aaaa);
  void let_settle(dns::Cut& cut);
  void ask_keys(dns::Cut& cut, std::size_t most);
  void ask_chain(dns::Cut& cut, const dns::Cut& parent);
  void ask_declared(dns::Cut& cut);
  void ask_signing(dns::Cut& cut);
  void probe(dns::Cut& cut);

  /// A question that was met with silence or SERVFAIL.
  struct Unanswered {
    AuthorityQuery query;
    dns::Exchange* place;
    /// Over TCP: the server answers over UDP.
    bool beside_udp = false;
    /// Asked at the same time: silence counts only where this is answered. Else the line or this machine was
    /// busy, or, where it is the same server over UDP, that server.
    std::optional<AuthorityQuery> witness = std::nullopt;
    unsigned connections = 0;  ///< that counted
  };
  void insist(std::vector<Unanswered> open);
  std::vector<dns::Exchange> ask_once_more(const std::vector<Unanswered>& open);
  static void note(Unanswered& it, dns::Exchange said, unsigned connections);
  void insist_on_zone(const std::vector<dns::AddressReport*>& reports, const dns::Name& zone);
  void insist_on_edns(dns::Cut& cut);
  void insist_on_probes(dns::Cut& cut);

  AuthorityClient& client_;
  AddressFinder& finder_;
  const WalkOptions& options_;
  Effort effort_ = Effort::full;  ///< of the present cut
  std::set<dns::Name> beyond_;    ///< servers of the present cut that are too many
};

}  // namespace rdnsgate::resolve
