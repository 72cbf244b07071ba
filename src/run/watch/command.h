// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/duration.h"
#include "base/result.h"

namespace rdnsgate::run {

/// Runs a program with `input` on its standard input, in a process group of its own, and waits for it. What it prints
/// goes to standard error. A program that takes longer than `limit` is killed with all that it started, and so it is when
/// `stop` says so. Returns its exit code; fails where it cannot be started, is killed, or takes too long.
Result<int> run_command(const std::vector<std::string>& words, std::string_view input, milliseconds limit,
                        const std::function<bool()>& stop = {});

}  // namespace rdnsgate::run
