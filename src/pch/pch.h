// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// Compiled once for each component, because parsing these takes longer than compiling most files. No file
// relies on it: each includes what it uses, and the build with a second compiler goes without.
#ifndef RDNSGATE_PCH_H  // g++ 12 takes no #pragma once in a header that it precompiles
#define RDNSGATE_PCH_H

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <unordered_map>
#include <variant>
#include <vector>

#endif
