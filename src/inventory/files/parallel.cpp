// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/files/parallel.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <exception>
#include <locale>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace rdnsgate::inventory {
namespace {

/// libstdc++ keeps what std::ctype says of a character in the locale that all threads share, from the first
/// time that somebody asks (locale_facets.h), and std::regex asks whenever one is made, as the schema's
/// patterns are. Asked for all of them before there are threads, it only reads.
void fill_character_tables() {
  std::array<char, 256> all{}, out{};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<char>(i);
  const auto& facet = std::use_facet<std::ctype<char>>(std::locale());
  facet.narrow(all.data(), all.data() + all.size(), '\0', out.data());
  facet.widen(all.data(), all.data() + all.size(), out.data());
}

}  // namespace

std::size_t most_threads() {
  return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 16);
}

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
  const std::size_t wanted = std::min(count, most_threads());
  if (wanted > 1) fill_character_tables();
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
