// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>

#include "plan/operation/goals.h"

namespace rdnsgate::plan {

/// Adds what leads from the name servers that zones have to those that the inventory gives them: the new ones
/// take the zone in, its own NS records name them beside the old, its parent delegates to the new ones alone,
/// the zone's own NS records follow, and the old ones are free. Name servers are touched nowhere else.
void derive_moves(const Picture& picture, Goals& goals);

/// The data of an NS record that names this server.
std::string server_rdata(const Service& server);

}  // namespace rdnsgate::plan
