// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dns/facts/fact_store.h"
#include "run/faults/scenario.h"

namespace rdnsgate::run {

/// A zone as a name server is given it, and whether it is signed first.
struct LabZone {
  dns::Name name;
  std::vector<dns::RRset> records;
  bool is_signed = false;
  bool has_expired = false;  ///< its signatures ran out (signatures_ended_ago)
};

/// An address at which a name server runs.
struct LabHost {
  IpAddress address;
  std::vector<std::size_t> zones;  ///< that it holds, by their position
  bool drops_tcp = false;
};

/// A world as real servers can show it: declared zones with the servers that hold them, and a root that delegates to them and
/// has all that is in no declared zone itself.
struct LabWorld {
  std::vector<LabZone> zones;      ///< what is delegated stands before what delegates it: the root comes last
  std::vector<LabHost> hosts;      ///< the root's server comes first
  std::vector<std::string> notes;  ///< what is not as it was
};

/// What is known of a world, and what happens to it.
struct LabSource {
  const Ground& ground;
  const dns::FactStore& before;
  const dns::FactStore* during = nullptr;  ///< nullptr: nothing happens
  const Fault* fault = nullptr;
};

/// An error says why it cannot be played.
Result<LabWorld> make_lab_world(const LabSource& source);

}  // namespace rdnsgate::run
