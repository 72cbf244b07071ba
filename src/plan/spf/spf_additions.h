// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "plan/spf/spf_records.h"

namespace rdnsgate::plan {

/// Adds what lets addresses through that begin to send, and those that lose the name which does: another name in
/// the place of one that goes, else the address itself, in the record where its sender's others stand or in the
/// domain's own. Where no edit helps, a name keeps its address, and an address that would have to send
/// unauthorised is a problem.
void add_to_spf(const Picture& picture, SpfRecords& records, Goals& goals);

}  // namespace rdnsgate::plan
