// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

namespace rdnsgate::cli {

/// The whole program: reads the command line, runs one command, returns the exit code. Throws nothing.
int run(int argc, char** argv);

}  // namespace rdnsgate::cli
