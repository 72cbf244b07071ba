// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "dns/delegation/delegation.h"
#include "plan/plan.h"

namespace rdnsgate::plan {

/// What one address of the parent's servers says of a delegation.
struct ParentSide {
  std::string server;  ///< `ns.test (192.0.2.53)`
  bool known = false;
  MaybeVersion version;  ///< its NS records; none where it knows no delegation
  std::string shows;     ///< what it says in place of them; foreign text
};

/// All of them but those that hold the zone itself: such a server answers from there, and nobody sees what
/// its parent has (RFC 1034 §4.3.2).
std::vector<ParentSide> parent_sides(const dns::Cut& cut);

/// What they say together: the longest of their TTLs, for caches may have asked any of them.
struct ParentState {
  MaybeVersion version;
  std::string server;   ///< one that said so
  std::string problem;  ///< why that may not be all; empty where every one said the same
};
ParentState joined_parents(const dns::Cut& cut);

enum class Holding : std::uint8_t { yes, no, unknown };

/// Whether a server serves the zone at every address, in a version that is not older than what the zone's
/// servers have. Addresses to which this machine has no route say nothing. `shows` gets what it says instead;
/// foreign text.
Holding holds_zone(const dns::Cut& cut, const Name& server, std::string* shows = nullptr);

/// The records name these servers, sorted, and no others.
bool names_just(const MaybeVersion& ns, const std::vector<Name>& servers);

/// NS record data of these servers, sorted.
std::vector<std::string> ns_rdata(const std::vector<Name>& servers);

}  // namespace rdnsgate::plan
