// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "dns/facts/fact_store.h"
#include "dns/name.h"
#include "mailauth/records/dmarc_record.h"
#include "mailauth/txt_answer.h"

namespace rdnsgate::mailauth {

/// One name of a tree walk.
struct DmarcStop {
  dns::Name domain;
  dns::Name owner;  ///< _dmarc under it
  TxtAnswer answer;
  std::optional<DmarcRecord> record;  ///< where there is exactly one that begins with its version
  std::size_t records = 0;            ///< those that do
};

/// The DNS tree walk of RFC 9989 §4.10 from a domain up: at most eight names.
struct TreeWalk {
  std::vector<DmarcStop> stops;
  /// Nullopt where a lookup failed that decides it.
  std::optional<dns::Name> organisational;
  std::optional<std::size_t> applies;  ///< the stop whose record holds for the domain (§4.10.1)
  bool decided = true;                 ///< `applies` holds whatever the lookups that failed would have said
};
/// What a walk is made for.
enum class WalkFor : std::uint8_t {
  organisation,  ///< the organisational domain as well: every name is asked for
  policy,        ///< nothing is asked above a domain that has a record of its own
};
TreeWalk walk_tree(dns::FactDesk& desk, const dns::Name& domain, WalkFor wanted = WalkFor::organisation);

/// A name of a walk, with what its record says of psd=; nullopt where it has none.
struct PsdAt {
  dns::Name domain;
  std::optional<char> psd;
};
/// The organisational domain of the first of them, which are never none (RFC 9989 §4.10.2).
dns::Name organisational_by(const std::vector<PsdAt>& walk);

/// Whether somebody else takes reports about a domain (RFC 9990 §4, RFC 7489 §7.1).
struct ReportConsent {
  dns::Name host;   ///< of the address
  dns::Name owner;  ///< where its consent is published
  TxtAnswer answer;
  bool given = false;
  Place at;  ///< of the first address there
};

/// What holds for mail of a domain, by both generations of receivers.
struct DmarcDiscovery {
  dns::Name domain;
  TreeWalk walk;
  dns::Name organisational;                ///< by the Public Suffix List (RFC 7489 §3.2)
  std::optional<dns::Name> applies_7489;   ///< whose record holds by RFC 7489 §6.6.3
  std::optional<DmarcRecord> record_7489;  ///< that record
  bool decided_7489 = true;
  std::optional<bool> exists;  ///< of the domain: nullopt where it does not matter, or is not known
  /// What receivers apply, t=y aside; nullopt where it is not known, or where they apply nothing.
  std::optional<DmarcPolicy> policy, policy_7489;
  std::vector<ReportConsent> consents;

  const DmarcStop* applying() const { return walk.applies ? &walk.stops[*walk.applies] : nullptr; }
};

/// The domain that somebody registered, by the Public Suffix List.
using OrganisationalDomain = std::function<dns::Name(const dns::Name&)>;

/// A pure function of the facts: what is missing is noted in the desk, and asked by whoever owns it.
DmarcDiscovery discover_dmarc(dns::FactDesk& desk, const dns::Name& domain,
                              const OrganisationalDomain& organisational,
                              WalkFor wanted = WalkFor::organisation);

/// Says what follows of it: nothing of the text of a record.
void judge_discovery(const DmarcDiscovery& found, Reasons& reasons);

}  // namespace rdnsgate::mailauth
