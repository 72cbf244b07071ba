// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "cli/frame/loading_watch.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <system_error>
#include <thread>

#include "cli/frame/exit_code.h"
#include "cli/frame/terminal.h"

namespace rdnsgate::cli {

/// Waits beside the work, and is told when that is done.
struct LoadingWatch::Watch {
  std::mutex mutex;
  std::condition_variable changed;
  bool over = false;
  std::thread thread;

  void wait(std::chrono::steady_clock::time_point end, const std::string& text) {
    std::unique_lock lock(mutex);
    if (changed.wait_until(lock, end, [this] { return over; })) return;
    write_stderr(
        fmt::format("rdnsgate: error: the deadline of {} passed while files were read\n"
                    "    hint: give it more time with --deadline; nothing was asked and nothing judged\n",
                    text));
    _exit(exit_inconclusive);  // nothing has been opened for writing yet, and no destructor is worth waiting
                               // for
  }
};

LoadingWatch::LoadingWatch(milliseconds deadline, const std::string& given)
    : watch_(std::make_unique<Watch>()) {
  const auto end = std::chrono::steady_clock::now() + deadline;
  try {
    watch_->thread = std::thread([watch = watch_.get(), end, given] { watch->wait(end, given); });
  } catch (const std::system_error&) {
    // No thread to be had here: what asks heeds the deadline all the same.
  }
}

LoadingWatch::~LoadingWatch() { stop(); }

void LoadingWatch::stop() {
  if (!watch_->thread.joinable()) return;
  {
    const std::lock_guard lock(watch_->mutex);
    watch_->over = true;
  }
  watch_->changed.notify_all();
  watch_->thread.join();
}

}  // namespace rdnsgate::cli
