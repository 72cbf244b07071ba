// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <vector>

#include "dns/name.h"

namespace rdnsgate::resolve {

/// A zone of ours, whose delegation is looked at from both sides.
struct OwnZone {
  dns::Name name;
  std::vector<dns::Name> name_servers = {};  ///< that it is to have, delegated to or not; empty: not known
};

}  // namespace rdnsgate::resolve
