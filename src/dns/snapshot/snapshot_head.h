// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/timestamp.h"
#include "dns/facts/vantage.h"

namespace rdnsgate::dns {

/// What a snapshot says of itself before its facts.
struct SnapshotHead {
  std::string tool_version;  ///< of the rdnsgate that wrote it
  Time taken_at{}, finished_at{};
  std::vector<VantageInfo> vantages;  ///< a fact's question names one by its position
};

}  // namespace rdnsgate::dns
