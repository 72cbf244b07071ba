// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <memory>

#include "base/timestamp.h"
#include "dns/facts/vantage.h"

namespace rdnsgate::run {

/// A world that is at hand, for runs that ask it and nobody else. What opens it has what it needs; one panel at a time is
/// asked.
struct StandIn {
  std::function<std::unique_ptr<dns::Panel>()> open;
  Time taken_at{}, finished_at{};  ///< as of when it answers
};

}  // namespace rdnsgate::run
