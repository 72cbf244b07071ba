// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace rdnsgate::inventory {

void for_each_in_parallel(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  std::exception_ptr failure;
  const auto run = [&] {
    try {
      for (std::size_t i = next++; i < count; i = next++) work(i);
    } catch (...) {
      next = count;  // the others finish what they are at
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
    }
  };
  const std::size_t wanted =
      std::min<std::size_t>({count, std::max(1u, std::thread::hardware_concurrency()), 16});
  {
    std::vector<std::jthread> threads;
    try {
      while (threads.size() + 1 < wanted) threads.emplace_back(run);
    } catch (const std::system_error&) {
      // No thread to be had here (a container's limit): this one does it alone.
    }
    run();
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace rdnsgate::inventory
