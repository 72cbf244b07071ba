// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>

#include "run/watch/watch_run.h"

namespace rdnsgate::run {

/// A service of Nagios or Icinga whose state a watch hands in.
struct PassiveService {
  std::string host, name;
};

/// `HOST/SERVICE`; of `/SERVICE` the host is `here`. Fails on what would end a field of the command.
Result<PassiveService> parse_service(const std::string& text, const std::string& here);

/// The external command that says how the watch stands, a line: what is open as `check` says it, unknown where the last look
/// came to nothing or left something open.
std::string passive_check(const WatchFigures& figures, const PassiveService& service, Time now);

}  // namespace rdnsgate::run
