// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "history/history.h"

namespace rdnsgate::history {

/// A run that waits to be sent, with what it saw.
struct Waiting {
  Run run;
  std::vector<Seen> seen;
};

/// One line of JSON, for this program alone.
std::string to_json(const Run& run, const std::vector<Seen>& seen);
Result<Waiting> waiting_in(std::string_view json);

}  // namespace rdnsgate::history
