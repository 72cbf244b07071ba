// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>

#include "dns/snapshot/snapshot.h"

namespace rdnsgate::resolve {

/// A panel that answers from a snapshot and asks nobody. Its vantages are those that were recorded, with
/// their kinds and operators, so that they are judged as they were; what was not asked then is `unanswered`
/// now.
std::unique_ptr<dns::Panel> make_replay(dns::Snapshot&& snapshot);

}  // namespace rdnsgate::resolve
