// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "base/text/diagnostic.h"
#include "cli/frame/terminal.h"

namespace rdnsgate::cli {

/// The problems of files that were read, on standard error; what is no error stays away under --quiet.
void say_problems(const Diagnostics& problems, const Sources& sources, const Terminal& terminal);

}  // namespace rdnsgate::cli
