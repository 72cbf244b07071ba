// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <vector>

#include "dns/delegation/delegation.h"
#include "dns/delegation/fault.h"

namespace rdnsgate::dns {

/// Adds what is wrong with one address of a name server of the cut.
void judge_address(const Cut& cut, const NameServer& server, const AddressReport& report,
                   const Surroundings& around, std::vector<Complaint>& out);

}  // namespace rdnsgate::dns
