// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "dns/facts/fact_store.h"
#include "dns/name.h"
#include "mailauth/records/dmarc_discovery.h"

namespace rdnsgate::mailauth {

/// How a domain that SPF or DKIM authenticates stands to the domain in From (RFC 9989 §4.4, RFC 7489 §3.1).
enum class Alignment : std::uint8_t {
  same_domain,         ///< aligned, however strict
  same_organisation,   ///< aligned: relaxed, and the organisational domain is the same
  strict_differs,      ///< not aligned: strict, and not the same domain
  other_organisation,  ///< not aligned: not the same organisational domain
  unknown,             ///< a lookup failed that decides it
};
constexpr bool is_aligned(Alignment alignment) {
  return alignment == Alignment::same_domain || alignment == Alignment::same_organisation;
}
constexpr bool is_known(Alignment alignment) { return alignment != Alignment::unknown; }
/// In half a sentence: `the same organisational domain`.
std::string_view to_string(Alignment alignment);

/// What adkim= and aspf= choose.
enum class AlignmentMode : std::uint8_t { relaxed, strict };

/// By the organisational domains of the two; nullopt for one that is not known.
Alignment align(const dns::Name& from, const dns::Name& authenticated, AlignmentMode mode,
                const std::optional<dns::Name>& from_organisation,
                const std::optional<dns::Name>& authenticated_organisation);

/// By the walks from the two (RFC 9989 §4.10.2). Where a lookup failed it still is known, if it is so whatever
/// that name holds: example.com and bounce.example.com are aligned whether or not com has a record.
Alignment align_by_walks(const TreeWalk& from, const TreeWalk& authenticated, AlignmentMode mode);

/// Of one authenticated domain, by both generations of receivers.
struct Alignments {
  Alignment tree = Alignment::unknown;  ///< RFC 9989: organisational domains by the tree walk
  Alignment list = Alignment::unknown;  ///< RFC 7489: by the Public Suffix List

  bool differ() const { return is_aligned(tree) != is_aligned(list) && is_known(tree) && is_known(list); }
};
/// What is missing is noted in the desk. A walk is made only where the names do not tell by themselves.
Alignments align(dns::FactDesk& desk, const dns::Name& from, const dns::Name& authenticated,
                 AlignmentMode mode, const OrganisationalDomain& organisational);

/// What mail on one path authenticates, as far as it is declared.
struct PathIdentities {
  std::optional<dns::Name> mail_from;  ///< the domain that SPF passes for; nullopt where it passes for none
  std::vector<dns::Name> signers;      ///< d= of its signatures
};

enum class DmarcResult : std::uint8_t {
  none,  ///< no record holds for the domain in From, and nothing is judged
  pass,
  fail,
  unknown,  ///< a lookup failed that decides it
};
std::string_view to_string(DmarcResult result);

/// What receivers of one generation are going to say.
struct DmarcForecast {
  DmarcResult result = DmarcResult::unknown;
  std::optional<Alignment> spf;         ///< nullopt where SPF authenticates nothing
  std::optional<Alignment> dkim;        ///< of the signature that is aligned best; nullopt without signatures
  std::optional<DmarcPolicy> policy{};  ///< what they do with mail that fails; nullopt: nothing, or not known
};
struct DmarcForecasts {
  DmarcForecast tree;  ///< RFC 9989
  DmarcForecast list;  ///< RFC 7489
};
/// `found` is of the domain in From, and read from the same desk.
DmarcForecasts forecast_dmarc(dns::FactDesk& desk, const DmarcDiscovery& found, const PathIdentities& path,
                              const OrganisationalDomain& organisational);

}  // namespace rdnsgate::mailauth
