// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "dns/facts/fact.h"

namespace rdnsgate::rules {

/// What servers with one serial answer differently, one item for each answer; empty where they agree. `apex`
/// is the answer for the SOA record of the zone, with its delegation; nullptr where nobody knows it.
std::vector<std::string> differences(const dns::Fact& fact, const dns::Fact* apex);

}  // namespace rdnsgate::rules
