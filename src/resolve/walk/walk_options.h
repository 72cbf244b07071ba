// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <vector>

#include "base/duration.h"
#include "dns/delegation/delegation.h"
#include "resolve/walk/authority_client.h"

namespace rdnsgate::resolve {

/// Bounds of a walk: what is foreign decides how much is asked, and these decide how much at most.
struct WalkOptions {
  AuthorityOptions asking;
  milliseconds deadline{60'000};   ///< for the whole walk
  milliseconds settle_step{1500};  ///< secondaries that lag are asked again after each of three such steps
  /// The system sends a lost first packet of a connection again after one and three seconds: where
  /// connections are given up sooner, it takes several of them to count as one.
  milliseconds connection_time{2000};
  std::size_t most_servers = 16;   ///< name servers of one zone that are asked
  std::size_t most_addresses = 8;  ///< of one name server
  std::size_t most_cuts = 40;      ///< in all; an IPv6 reverse name has 34 labels
  std::size_t most_aliases = 8;
  /// Which cuts are looked at from both sides. Of the others a few servers are asked: enough to get past
  /// them.
  enum class InFull { every_cut, cut_at_name, none } in_full = InFull::every_cut;
  /// Cuts above the name that an earlier walk looked at, the root among them: they are not looked at again.
  /// Empty: the walk begins with the root.
  std::vector<dns::Cut> known = {};
  /// Name servers that the zone at the name is to have: those that nobody delegates to are asked as well.
  std::vector<dns::Name> declared = {};
  /// Zones with a trust anchor of their own: their keys are asked for, whatever their parent says.
  std::vector<dns::Name> anchored = {};
};

}  // namespace rdnsgate::resolve
