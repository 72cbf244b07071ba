// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>

#include "run/watch/watch_run.h"

namespace rdnsgate::run {

/// How a watch stands, in the text format of Prometheus. No series for a single address: that would be a million of them.
std::string metrics_text(const WatchFigures& figures);

}  // namespace rdnsgate::run
