// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>

#include "base/timestamp.h"

namespace rdnsgate::run {

/// What time it is for a run.
struct Clock {
  std::function<Time()> now;
  bool named = false;  ///< somebody named the time: what was recorded is judged as of then, not of its own
};

}  // namespace rdnsgate::run
