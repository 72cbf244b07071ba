// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>

#include "base/result.h"

namespace rdnsgate::resolve {

/// Lets this process have `wanted` more sockets open than it has other files, as far as the system allows;
/// returns how many that are, at least one.
std::size_t raise_file_limit(std::size_t wanted);

/// Makes sure that `needed` more files can be opened, raising the soft limit as far as the hard one allows.
/// To be asked before libevent and libunbound are: without descriptors they end the program, or worse. Fails
/// with the number that is missing.
Result<void> need_files(std::size_t needed);

}  // namespace rdnsgate::resolve
