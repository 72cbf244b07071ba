// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>

namespace rdnsgate::cli {

/// The program's version in the first line; under it, a line each, the libraries whose behaviour shows in what the
/// program does, as they are on this machine.
std::string version_text();

}  // namespace rdnsgate::cli
