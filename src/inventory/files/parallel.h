// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <functional>

namespace rdnsgate::inventory {

/// Calls `work(0)` to `work(count - 1)`, each once, in no order, from as many threads as there are processors
/// (at most 16), and returns when all are done. What one of them throws is thrown here, once all have
/// stopped. Calls must share nothing that one of them changes.
void for_each_in_parallel(std::size_t count, const std::function<void(std::size_t)>& work);

/// How many threads that are at most.
std::size_t most_threads();

}  // namespace rdnsgate::inventory
