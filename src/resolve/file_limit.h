// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>

namespace rdnsgate::resolve {

/// Lets this process have `wanted` more sockets open than it has other files, as far as the system allows;
/// returns how many that are, at least one.
std::size_t raise_file_limit(std::size_t wanted);

}  // namespace rdnsgate::resolve
