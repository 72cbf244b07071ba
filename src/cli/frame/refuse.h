// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "base/result.h"
#include "cli/frame/exit_code.h"
#include "cli/frame/terminal.h"
#include "run/frame/attempt.h"

namespace rdnsgate::cli {

/// Says why a command does nothing, or nothing more; what it then ends with.
int refuse(Terminal& terminal, const Error& error, int code = exit_usage);
int refuse(Terminal& terminal, const run::Failure& failure);

}  // namespace rdnsgate::cli
