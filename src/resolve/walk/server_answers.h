// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <vector>

#include "dns/facts/fact.h"
#include "resolve/walk/zone_finder.h"

namespace rdnsgate::resolve {

/// What one server of a zone said to a question.
struct ServerSaid {
  const ZoneServer* server = nullptr;
  dns::Fact fact;
};

/// One fact out of what the servers of a zone said, which is not empty and in the order of the servers: what
/// the newest copy of the zone says and, where not all that replied say the same, what each said. A server
/// that was only silent says nothing about the zone's records. Where no server gave an answer, why each did
/// not.
dns::Fact join_answers(std::vector<ServerSaid>&& said);

}  // namespace rdnsgate::resolve
