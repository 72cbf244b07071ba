// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dns/facts/fact_store.h"
#include "dns/facts/vantage.h"
#include "plan/rollout/standing.h"

namespace rdnsgate::plan {

using dns::Fact;

/// What one server shows of one RRset.
struct Sighting {
  std::string server;
  bool known = false;
  MaybeVersion version;
  std::string shows;  ///< for people
};

/// The same as far as a plan goes: of an SOA only MINIMUM is the plan's.
bool same(RrType type, const MaybeVersion& a, const MaybeVersion& b);

/// What is looked for. `alias_too`: the plan knows of an alias at this owner and looks at it for itself;
/// beside one there is nothing else.
struct Wanted {
  const Name& owner;
  RrType type{};
  bool alias_too = false;
};

/// The answers of one vantage.
struct Seen {
  const dns::FactStore& facts;
  dns::VantageIndex vantage = 0;
  const dns::VantageInfo& info;
};

/// What every server shows, as far as the vantage tells them apart. Of a delegation those are the parent's,
/// and only the walk that an authoritative vantage makes asks them.
std::vector<Sighting> sightings(const Seen& seen, const Name& zone, const Wanted& wanted);

/// What is asked to see an RRset: of a delegation, the SOA record of its zone, with which the walk to it
/// comes.
RrType question_for(const Name& zone, const Name& owner, RrType type);

/// A server that is not seen to serve its zone.
struct NotServing {
  bool known = false;  ///< it is seen not to
  Straggler what;
};

/// Of the name servers that a host's step starts, those that have not taken their zone in, or of which nobody
/// knows.
std::vector<NotServing> not_serving(const Manual& manual, const Seen& seen);

/// The zone that name servers are to take in; none where the step is about something else.
std::optional<Name> zone_to_serve(const Manual& manual);

/// Asks for the servers of each zone that the phase lets somebody serve.
void read_zones(const Phase& phase, dns::FactDesk& desk);

}  // namespace rdnsgate::plan
