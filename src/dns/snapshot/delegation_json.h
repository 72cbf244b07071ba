// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "dns/delegation/delegation.h"

namespace rdnsgate::dns {

// A delegation as a snapshot keeps it (schemas/facts.schema.json), every octet of it.

nlohmann::ordered_json delegation_json(const Delegation& delegation);

/// What delegation_json() wrote. `wrong` gets the first thing that is wrong, if anything is: then what is
/// handed out means nothing. What is handed out otherwise holds all that a judge of a cut relies on, whatever
/// the octets were.
Delegation read_delegation(const nlohmann::json& json, std::string& wrong);

}  // namespace rdnsgate::dns
